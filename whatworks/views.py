"""What belongs to the portal as a whole: is it alive, is it ready, and the pages for when something is wrong."""

import datetime
import sys
from urllib.parse import urljoin

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from toolkits import published
from toolkits.public import away
from toolkits.published import source

PLAIN = "text/plain; charset=utf-8"


@require_safe
@never_cache
def healthz(request):
    """Whether this process answers at all; asks no database, so that a slow one restarts nothing."""
    return HttpResponse("ok\n", content_type=PLAIN)


def _answers(database):
    """Whether a database (an alias) answers."""
    try:
        with connections[database].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _not_ready(database):
    """Why the portal cannot serve from a database (an alias) yet, in a line; empty when it can."""
    try:
        # A process for visitors may not read which migrations were applied; the editorial side's says it.
        executor = MigrationExecutor(connection) if settings.SITE != "public" else None
        if executor and executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations have not been applied: run manage.py migrate"
        with source.reading_from(database):
            if not published.anything_published():
                return "no network is loaded: run manage.py load_network"
    except DatabaseError:
        return "the database does not answer"
    return ""


NAMES = {DEFAULT_DB_ALIAS: "the primary database", "replica": "the replica"}


@require_safe
@never_cache
def readyz(request):
    """Whether this process can serve pages: a database, migrations, network. Of two databases one is enough."""
    there = [database for database in reversed(settings.DATABASES) if _answers(database)]
    problem = _not_ready(there[0]) if there else "the database does not answer"
    if problem:
        return HttpResponse(f"not ready: {problem}\n", content_type=PLAIN, status=503)
    missing = [f"{NAMES[database]} does not answer\n" for database in settings.DATABASES if database not in there]
    return HttpResponse("".join(["ready\n", *missing]), content_type=PLAIN)


def _half_a_year_on(day):
    """The first of the month about six months after `day`, so that the file changes once a month."""
    months = day.year * 12 + day.month - 1 + 6
    return datetime.date(months // 12, months % 12 + 1, 1)


@require_safe
def security_txt(request):
    """Whom to tell of a hole (RFC 9116). Without WHATWORKS_SECURITY_CONTACT there is nobody, and no such file.

    It never expires while the portal runs: what expires is a copy of it.
    """
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {_half_a_year_on(timezone.now().date())}T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {urljoin(settings.ADDRESS, request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN, headers={"Cache-Control": "max-age=86400"})


def bad_request(request, exception):
    """400: the request itself is malformed, so nothing of it is read or shown."""
    return HttpResponseBadRequest(loader.render_to_string("400.html"))


def permission_denied(request, exception):
    """403: signed in, but not for this."""
    return render(request, "403.html", status=403)


def page_not_found(request, exception):
    """404: nothing was ever published here. That may change, so no cache on the way is to hold it."""
    response = render(request, "404.html", status=404)
    response.headers["Cache-Control"] = "no-store"
    return response


def server_error(request):
    """500: rendered without request, database or context processors, any of which may be what failed.

    503 where it was the database that did not answer, which is not for long.
    """
    if away.is_fault_of_database(sys.exception()):
        away.note(request)
        return unavailable()
    return HttpResponseServerError(loader.render_to_string("500.html"))


def unavailable():
    """503: no database answers, so come again soon."""
    response = HttpResponse(loader.render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(away.AGAIN)
    response.headers["Cache-Control"] = "no-store"
    return response


def say_when_away(get_response):
    """Middleware: answer 503 at once where the layer in front found no database, instead of waiting for one.

    The API says so in its own form; what needs no database is answered as always.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if away.is_noted(request) and not away.speaks_for_itself(request.resolver_match.view_name):
            return unavailable()
        return None

    middleware.process_view = process_view
    return middleware
