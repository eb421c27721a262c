"""Answers kept whole: the layer in front of Django that gives a public page again without rendering it."""
