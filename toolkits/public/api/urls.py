"""The addresses of the API, to go into those of the public side."""

import re
from functools import partial

from django.urls import path, re_path

from toolkits.public.api import answers, description
from toolkits.public.api.calls import PREFIX, api
from toolkits.public.views import api as views

ROOT = "api-root"  # django-ninja's own page, which is none


def _call(pattern):
    route = f"{PREFIX}{pattern.pattern}"
    described = "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", route)
    view = answers.served(pattern.callback, partial(description.parameters_of, described))
    return path(route, view, name=pattern.name)


urlpatterns = [
    path("api/", views.page, name="api"),
    path("api/openapi.json", answers.served(views.openapi, dict), name="api_description"),
    *(_call(pattern) for pattern in api.urls[0] if pattern.name != ROOT),
    # Not a path:, which takes no line end: that would be answered as a page for people.
    re_path(r"^api/(?P<rest>[\s\S]+)\Z", answers.served(views.elsewhere, None), name="api_elsewhere"),
]
