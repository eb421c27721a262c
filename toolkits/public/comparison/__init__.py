"""Interventions side by side: what an address asks for, the facts that differ, effects that may be compared, local fit."""
