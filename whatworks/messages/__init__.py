"""The words of the interface in Welsh: gathered from the code, kept in one catalogue, compiled by the set-up."""
