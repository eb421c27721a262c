"""The WSGI application gunicorn serves: Django, in front of it the public answers it has already given, in front of
both the limit of the API, and in front of all what is noted of requests."""

import os

from django.conf import settings
from django.core.checks import ERROR
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatworks.settings")


def refuse_unsafe_start():
    """Stop before the first request where a demonstration account could be reached by others."""
    from centres.demonstration import no_demonstration_accounts_in_public

    errors = [error for error in no_demonstration_accounts_in_public(databases=["default"]) if error.level >= ERROR]
    if errors:
        raise ImproperlyConfigured("; ".join(f"{error.msg} {error.hint}" for error in errors))


def build_application():
    """Django, set up, behind the public answers it keeps, the limit of the API, and the log of requests."""
    django = get_wsgi_application()
    if settings.SITE != "public":  # nobody signs in there, and it may not read who has an account
        refuse_unsafe_start()

    from django.urls import reverse

    from toolkits.languages import reversed_in_each
    from toolkits.public.api.limit import limit_calls
    from toolkits.public.kept.front import keep_answers
    from whatworks.requests import note_requests

    if settings.SITE == "editorial":
        return note_requests(django)

    uncached = ["healthz", "readyz"]
    if settings.SITE == "both":
        uncached += ["accounts:own", "admin:index", "editorial:queue"]
    never = [*reversed_in_each("public:follow"), *map(reverse, uncached), settings.STATIC_URL]
    kept = keep_answers(django, never=never)
    return note_requests(limit_calls(kept))


application = build_application()
