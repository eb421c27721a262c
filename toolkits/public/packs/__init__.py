"""A pack: exact versions of interventions, and of the syntheses that lead to them, to take to a meeting."""
