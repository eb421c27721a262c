"""`Surrogate-Key`: the names by which whoever runs a CDN has it forget answers of ours.

What a page shows depends on the publication number of the whole network, as its entity tag does: a list, a count or the name
of a neighbour may change with any publication. So one key is true of every public answer. The other one is of the record
whose own address it is, for whoever wants that text gone at once. Pages that only mention it have the first.
"""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

HEADER, NETWORK = "Surrogate-Key", "network"


def key_of(record):
    """The key of a record's own addresses: its page and what is below it, its versions, its feed, its call of the API."""
    return f"record-{record}"


def name_keys(get_response):
    """Middleware that names the keys of what is public; not used unless WHATWORKS_SURROGATE_KEYS is on."""
    if not settings.SURROGATE_KEYS:
        raise MiddlewareNotUsed

    def named(request):
        response = get_response(request)
        if response.headers.get("Cache-Control", "").startswith("public"):
            record = _record(request)
            response.headers[HEADER] = f"{NETWORK} {key_of(record)}" if record else NETWORK
        return response

    return named


def _record(request):
    """The record that an address is of: by its page, or by its number in the address; None where it is of none."""
    match = request.resolver_match
    names = match.kwargs if match else {}
    return getattr(request, "record", None) or names.get("record") or names.get("study")
