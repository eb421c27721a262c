"""Whoever is signed in is whom the audit trail names for what a request writes, and in whose language pages are."""

from django.utils import translation

from centres import audit
from centres.accounts.gate import is_public

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def acting_person(get_response):
    """Enter what a signed-in person's request writes as done by that person.

    A request that only reads costs nothing: the session is not even looked at.
    """

    def middleware(request):
        if request.method in SAFE_METHODS or not request.user.is_authenticated:
            return get_response(request)
        with audit.speak_for(request.user):
            return get_response(request)

    return middleware


def speak_to_person(get_response):
    """Answer a signed-in person in their own language, on all pages but the public ones, whose address decides.

    What is in force around this middleware comes back when the answer is made.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not is_public(request.resolver_match) and request.user.is_authenticated:
            translation.activate(request.user.language)

    middleware.process_view = process_view
    return middleware
