"""The WSGI application gunicorn serves."""

import os

from django.core.checks import ERROR
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatworks.settings")

application = get_wsgi_application()


def refuse_unsafe_start():
    """Stop before the first request where a demonstration account could be reached by others."""
    from centres.demonstration import no_demonstration_accounts_in_public

    errors = [error for error in no_demonstration_accounts_in_public(databases=["default"]) if error.level >= ERROR]
    if errors:
        raise ImproperlyConfigured("; ".join(f"{error.msg} {error.hint}" for error in errors))


refuse_unsafe_start()
