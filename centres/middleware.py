"""Whoever is signed in is whom the audit trail names for what a request writes."""

from centres import audit

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
