"""How the API answers: read by anybody from anywhere, 304 before anything is made, and every mistake explained."""

import logging
from functools import wraps

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from toolkits import freshness, published
from toolkits.public import away
from toolkits.public.answers import CACHE_CONTROL, conditional, without_body
from toolkits.public.api import problems
from toolkits.public.echoes import echo

logger = logging.getLogger(__name__)

METHODS = "GET, HEAD, OPTIONS"
# Any page may read what everybody may read; nothing is sent that would say who asks.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def _with_headers(response, headers):
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _preflight():
    return _with_headers(HttpResponse(status=204), {"Allow": METHODS, **PREFLIGHT})


def _refused_method(request):
    what = _("%(method)s is not possible here.") % {"method": echo(request.method)}
    refused = problems.Refused("method", f"{what} {problems.kinds()['method'].about}")
    return _with_headers(problems.answer(refused), {"Allow": METHODS})


def check_parameters(query, known):
    """Raise Refused where `query` (a QueryDict) has a parameter that is not `known`, or one several times.

    `known` is {name: whether it may be repeated}.
    """
    unknown = [name for name in query if name not in known]
    if unknown:
        raise problems.unknown_parameters(unknown, known)
    mistakes = [
        problems.Mistake(
            name,
            _("“%(name)s” is given %(n)s times.") % {"name": name, "n": len(values)},
            _("Give it once."),
        )
        for name, values in query.lists()
        if len(values) > 1 and not known[name]
    ]
    if mistakes:
        raise problems.wrong_values(mistakes)


def _away():
    response = problems.answer(problems.Refused("unavailable", problems.kinds()["unavailable"].about))
    response.headers["Retry-After"] = str(away.AGAIN)
    return response


def served(view, parameters=None):
    """`view` as the API serves it; `parameters()` is {name: whether it may be repeated} of those it takes, and
    without it they are not looked at.

    The view finds the publication number in `request.publication`, read before anything else, so that no answer is
    ever called newer than it is.
    """

    def answer(request, names):
        if request.method == "OPTIONS":
            return _preflight()
        if request.method != "GET":
            return _refused_method(request)
        try:
            if parameters is not None:
                check_parameters(request.GET, parameters())
            if away.is_noted(request):
                return _away()
            request.publication = published.publication_number()
            return conditional(request, [request.publication, freshness.today()], lambda: view(request, **names))
        except problems.Refused as refused:
            return problems.answer(refused)
        except Exception as error:
            logger.exception("The API failed at %s", request.path)
            if away.is_fault_of_database(error):
                away.note(request)
                return _away()
            return problems.answer(problems.Refused("error", problems.kinds()["error"].about))

    @csrf_exempt
    @wraps(view)
    def safe(request, **names):
        only_head = request.method == "HEAD"
        if only_head:
            request.method = "GET"  # django-ninja knows no HEAD
        response = _with_headers(answer(request, names), CORS)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL if response.status_code < 400 else "no-store")
        return without_body(response) if only_head else response

    return safe


def elsewhere(request, rest, paths):
    """An address below /api/ that is none: 301 where only the slash at its end is missing, else a Refused.

    `paths` are those that there are, to name the nearest.
    """
    try:
        match = resolve(f"{request.path_info}/")
    except Resolver404:
        match = None
    if match is not None and match.url_name != "api_elsewhere":
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{request.path}/?{query}" if query else f"{request.path}/")
    near = problems.nearest(request.path, paths)
    hint = _("Did you mean %(path)s?") % {"path": near} if near else _("See /api/ for what there is.")
    raise problems.not_found(_("There is nothing at %(path)s.") % {"path": echo(request.path)} + f" {hint}")
