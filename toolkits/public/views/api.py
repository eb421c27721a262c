"""The API for people: its page, its description, and what to say where there is nothing."""

from django.http import JsonResponse
from django.shortcuts import render

from toolkits import freshness, published
from toolkits.public.answers import conditional, public
from toolkits.public.api import answers, making, reading, samples
from toolkits.public.api.calls import PREFIX
from toolkits.public.api.description import bare, describe
from toolkits.public.index import snapshot_at


def _described(request, publication):
    taken = samples.take(request, PREFIX)
    return describe(making.site_of(request), snapshot_at(publication), taken), taken


@public
def page(request):
    """The description to be read: every call with its parameters, an example, and what can go wrong."""
    publication = published.publication_number()

    def respond():
        schema, taken = _described(request, publication)
        return render(request, "public/api.html", reading.context(schema, taken))

    return conditional(request, [publication, freshness.today()], respond)


def openapi(request):
    """The description for programs."""
    schema, _taken = _described(request, request.publication)
    return JsonResponse(schema, json_dumps_params={"ensure_ascii": False})


def elsewhere(request, rest):
    """Nothing is here: where to look instead."""
    return answers.elsewhere(request, rest, ["/api/openapi.json", *bare()["paths"]])
