"""Search: what a reader asked for, what is found, why, and what to say where nothing is."""
