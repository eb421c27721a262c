"""The bare Django page every ratio is taken to: so many bytes from memory, no middleware, no template, no query.

Served by the same gunicorn configuration: `gunicorn -c whatworks/gunicorn.py tests.bench.bare`. `/40000/` is
40,000 bytes.
"""

from functools import cache

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["localhost"], DEBUG=False, MIDDLEWARE=[], ROOT_URLCONF=__name__, SECRET_KEY="nothing is signed"
)


@cache
def _body(size):
    return (b"<!doctype html><title>A bare page</title>" + b"x" * size)[:size]


def page(request, size):
    # Without its length, which only a middleware would add, gunicorn would send it in chunks.
    return HttpResponse(_body(size), headers={"Content-Length": size})


urlpatterns = [path("<int:size>/", page)]
application = get_wsgi_application()
