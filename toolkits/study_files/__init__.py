"""Studies of a synthesis from a file: read, mapped, computed, compared with what is here, and written at once."""
