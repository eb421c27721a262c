"""Signing in, and a person's own pages: everything below /accounts/. django-allauth does the work; what is ours is here."""
