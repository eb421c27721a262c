"""What goes wrong in the API, as problem details (RFC 9457): what, where, and how to mend it."""

import difflib
from dataclasses import dataclass, field

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _

from toolkits.public.echoes import echo

MOST_NAMED = 20  # values or names in one sentence
# What other APIs call the parameters of ours.
ELSEWHERE = {"page": "cursor", "offset": "cursor", "per_page": "limit", "page_size": "limit"}
ELSEWHERE |= {"query": "q", "search": "q", "order": "sort", "ordering": "sort"}
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Mistake:
    """What is wrong in one place: `where` is a parameter's name or `path`; `mend` says what to write instead."""

    where: str
    what: str
    mend: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its stable name, the status it is answered with, its title, and when it comes about."""

    name: str
    status: int
    title: str
    about: str

    @property
    def type(self):
        """Where it is described."""
        return f"/api/#problem-{self.name}"


def kinds():
    """Every kind of problem by its name."""
    found = [
        Kind(
            "unknown-parameter", 400, _("Unknown parameter"), _("The address has a parameter that this call does not.")
        ),
        Kind("wrong-value", 400, _("Wrong value"), _("A parameter has a value that is not possible.")),
        Kind(
            "not-found",
            404,
            _("Not found"),
            _("Nothing was ever published at this address, or this list has no such page or value."),
        ),
        Kind("method", 405, _("Reading only"), _("The API is read with GET, HEAD and OPTIONS, and changes nothing.")),
        Kind("removed", 410, _("Removed"), _("The record was public and was removed; the reason is given.")),
        Kind(
            "expired-cursor",
            410,
            _("The cursor has expired"),
            _("Something was published since the list was begun, so its pages no longer fit together."),
        ),
        Kind(
            "too-many-requests",
            429,
            _("Too many requests"),
            _("This address asks more often than the API answers. The header Retry-After says how long to wait."),
        ),
        Kind("error", 500, _("Something went wrong here"), _("A fault of ours, which has been noted.")),
        Kind(
            "unavailable",
            503,
            _("Back in a moment"),
            _("The database does not answer just now. The header Retry-After says how long to wait."),
        ),
    ]
    return {kind.name: kind for kind in found}


@dataclass
class Refused(Exception):
    """Stops a call: the name of its Kind, what is wrong in a sentence, and in which places."""

    kind: str
    detail: str
    mistakes: list[Mistake] = field(default_factory=list)


def answer(refused):
    """A Refused as an HttpResponse."""
    kind = kinds()[refused.kind]
    content = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": refused.detail,
        "errors": [{"where": it.where, "what": it.what, "mend": it.mend} for it in refused.mistakes],
    }
    return HttpResponse(msgspec.json.encode(content), content_type=MEDIA_TYPE, status=kind.status)


def nearest(word, known):
    """What of `known` somebody who wrote `word` may have meant; empty where nothing is like it."""
    return next(iter(difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)), "")


def wrong_values(mistakes):
    """The Refused of some Mistakes in values."""
    said = " ".join(f"{it.what} {it.mend}".strip() for it in mistakes[:3])
    return Refused("wrong-value", said, mistakes[:MOST_NAMED])


def nowhere(mistakes):
    """The Refused of values that are written as they should be, of which this list has none."""
    return Refused("not-found", wrong_values(mistakes).detail, mistakes[:MOST_NAMED])


def not_one_of(name, value, possible):
    """The Mistake of a value that a parameter does not have, with what may have been meant."""
    meant = nearest(value, possible)
    if meant:
        mend = _("Did you mean “%(value)s”?") % {"value": meant}
    else:
        more = "" if len(possible) <= MOST_NAMED else " …"
        named = ", ".join(value for value in list(possible)[:MOST_NAMED] if value)
        mend = _("It has these: %(values)s.") % {"values": named + more}
    return Mistake(name, _("“%(value)s” is no value of “%(name)s”.") % {"value": echo(value), "name": name}, mend)


def unknown_parameters(names, known):
    """The Refused of parameters that a call does not have; each with what may have been meant."""
    mistakes = []
    for name in names:
        other = ELSEWHERE.get(name)
        meant = other if other in known else nearest(name, known)
        if meant:
            mend = _("Did you mean “%(name)s”?") % {"name": meant}
        elif known:
            mend = _("It has these: %(names)s.") % {"names": ", ".join(sorted(known))}
        else:
            mend = _("It has none.")
        mistakes.append(Mistake(echo(name), _("This call has no parameter “%(name)s”.") % {"name": echo(name)}, mend))
    return Refused("unknown-parameter", " ".join(f"{it.what} {it.mend}" for it in mistakes[:3]), mistakes[:MOST_NAMED])


def not_found(what, where="path", mend=""):
    """The Refused of something that there is not."""
    return Refused("not-found", f"{what} {mend}".strip(), [Mistake(where, what, mend)])
