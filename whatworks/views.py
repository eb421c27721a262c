"""What belongs to the portal as a whole: is it alive, is it ready, and the pages for when something is wrong."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from toolkits import published

PLAIN = "text/plain; charset=utf-8"


@require_safe
@never_cache
def healthz(request):
    """Whether this process answers at all; asks no database, so that a slow one restarts nothing."""
    return HttpResponse("ok\n", content_type=PLAIN)


def _not_ready():
    """Why the portal cannot serve yet, in a line; empty when it can."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        # A process for visitors may not read which migrations were applied; the editorial side's says it.
        executor = MigrationExecutor(connection) if settings.SITE != "public" else None
        if executor and executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations have not been applied: run manage.py migrate"
        if not published.anything_published():
            return "no network is loaded: run manage.py load_network"
    except DatabaseError:
        return "the database does not answer"
    return ""


@require_safe
@never_cache
def readyz(request):
    """Whether this process can serve pages: database, migrations, network."""
    problem = _not_ready()
    return HttpResponse(
        f"not ready: {problem}\n" if problem else "ready\n", content_type=PLAIN, status=503 if problem else 200
    )


def bad_request(request, exception):
    """400: the request itself is malformed, so nothing of it is read or shown."""
    return HttpResponseBadRequest(loader.render_to_string("400.html"))


def permission_denied(request, exception):
    """403: signed in, but not for this."""
    return render(request, "403.html", status=403)


def page_not_found(request, exception):
    """404: nothing was ever published here."""
    return render(request, "404.html", status=404)


def server_error(request):
    """500: rendered without request, database or context processors, any of which may be what failed."""
    return HttpResponseServerError(loader.render_to_string("500.html"))
