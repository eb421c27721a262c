"""Static files without the Sass they are compiled from."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class CompiledOnly(StaticFilesConfig):
    """Django's own app, told to leave our sources out of what is served."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "scss"]
