"""All that is published as tidy tables: described, made once a publication number, and given out as files."""
