"""Worked examples that the tests of effect sizes share."""

# Borenstein et al. chapter 4: means 103 and 100, SDs 5.5 and 4.5, 50 people in each arm.
ARMS = {"mean_1": 103, "sd_1": 5.5, "n_1": 50, "mean_2": 100, "sd_2": 4.5, "n_2": 50}
# Chapter 5: 5 of 100 died against 10 of 100.
COUNTS = {"events_1": 5, "n_1": 100, "events_2": 10, "n_2": 100}
# The trial of Ferguson and Simes: 6 of 306 vaccinated and 29 of 303 others had tuberculosis.
BCG = {"events_1": 6, "n_1": 306, "events_2": 29, "n_2": 303}
