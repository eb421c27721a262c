"""A centre's own rows as spreadsheets: read, checked, compared, written, and given out again."""
