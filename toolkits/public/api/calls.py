"""django-ninja's register of the calls, and how it says what goes wrong."""

import msgspec
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer

from toolkits.public.api import problems
from toolkits.public.echoes import echo

VERSION = "1.0"
PREFIX = "api/v1/"
TAGS = {
    "Lists": "Everything that is live, with the facets, words and orders that the pages for people have.",
    "Records": "Whatever was published, by its permanent number, and every version of it.",
    "Studies": "The evidence trail: from an intervention to its studies.",
    "Changes": "What happened since last time.",
}


class Encoded(BaseRenderer):
    """JSON by msgspec: UTF-8, moments in UTC."""

    media_type = "application/json"

    def render(self, request, data, *, response_status):
        """The bytes of an answer."""
        return msgspec.json.encode(data)


api = NinjaAPI(
    title="What Works API",
    version=VERSION,
    description=(
        "Everything that the portal publishes, to be read and reused: no key, no cookie, nothing stored about who "
        "reads. Only what was published is here, with its version and permanent address. Numbers that were measured "
        "are text, as they were published, with their unit; counts and years are numbers. A fact that is not there is "
        "null, and `absences` beside it says why."
    ),
    urls_namespace="what-works-api",
    openapi_url=None,
    docs_url=None,
    renderer=Encoded(),
)
# Without a debugging answer of its own: `answers.served` takes what is left over.
api.exception_handler(Exception)(lambda request, exception: _raise(exception))
api.exception_handler(problems.Refused)(lambda request, refused: _raise(refused))


def _raise(exception):
    raise exception


def _mend(error):
    kind, bounds = error["type"], error.get("ctx", {})
    if kind == "int_parsing":
        return _("Write a whole number.")
    if "ge" in bounds:
        return _("Write a whole number from %(least)s on.") % {"least": bounds["ge"]}
    if "le" in bounds:
        return _("Write a whole number, at most %(most)s.") % {"most": bounds["le"]}
    if "max_length" in bounds:
        return _("Write at most %(most)s characters.") % {"most": bounds["max_length"]}
    if "expected" in bounds:
        return _("Write one of these: %(values)s.") % {"values": bounds["expected"]}
    return f"{error['msg']}."


@api.exception_handler(ValidationError)
def _wrong(request, invalid):
    mistakes = []
    for error in invalid.errors:
        name = str(error["loc"][-1])
        given = request.GET.get(name, "")
        what = _("“%(value)s” is not possible for “%(name)s”.") % {"value": echo(given), "name": name}
        mistakes.append(problems.Mistake(name, what, _mend(error)))
    raise problems.wrong_values(mistakes)
