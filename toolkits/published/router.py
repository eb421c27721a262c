"""Django's database router: what is published is read where `source` says, everything else is with the primary."""

from django.db import DEFAULT_DB_ALIAS

from toolkits.models import publishing
from toolkits.published import source


class PublicReads:
    """Published tables are read from the database that the answer is made from. Nothing is written to a replica."""

    def db_for_read(self, model, **hints):
        """Where rows of `model` are read."""
        return source.database() if model.__module__ == publishing.__name__ else DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints):
        """Where rows are written, and what is read in order to be written."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first, second, **hints):
        """Both databases hold the same rows."""
        return True

    def allow_migrate(self, database, app_label, **hints):
        """A replica gets its tables from the primary."""
        return database == DEFAULT_DB_ALIAS
