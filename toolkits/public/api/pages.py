"""Pages of a list: how many results, from where on, and the address of the next."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from toolkits.public.api import cursors, problems

USUAL, MOST = 20, 100


class Paging(BaseModel):
    """How much of a list to give, and from where on."""

    limit: int = Field(USUAL, ge=1, le=MOST, description=f"How many results a page has, at most {MOST}.")
    cursor: str | None = Field(
        None,
        max_length=80,
        description="Where to go on: `next` of the page before has it. It is opaque; once something was published it "
        "has expired, which is said (410).",
    )


@dataclass(frozen=True)
class Span:
    """The part of a list that one page has, and what the address of the next is made of."""

    start: int
    limit: int
    question: str
    pairs: list[tuple[str, str]]
    publication: int

    @property
    def end(self):
        """The position after the last result of the page."""
        return self.start + self.limit

    def next(self, request, count):
        """The address of the next page of `count` results; None on the last."""
        if self.end >= count:
            return None
        cursor = cursors.write(self.question, self.publication, self.end)
        return address(request, self.pairs, cursor)


def address(request, pairs, cursor):
    """The whole address of the same question from a cursor on."""
    return request.build_absolute_uri(f"{request.path}?{urlencode([*pairs, ('cursor', cursor)])}")


def question_of(request, *, beside=("cursor",)):
    """(the question in one spelling, its (name, value) pairs) without what only says where to go on."""
    pairs = [(name, value) for name, values in sorted(request.GET.lists()) for value in values if name not in beside]
    asked = [pair for pair in pairs if pair[0] != "limit" and pair[1]]
    return f"{request.path}?{urlencode(asked)}", pairs


def no_such_page():
    """The Refused of what is no cursor of this question: as a page beyond the last, it is nowhere."""
    return problems.not_found(
        _("“cursor” leads nowhere in this list."),
        "cursor",
        _("Take it from `next` of the page before, with the same parameters, or leave it out to begin again."),
    )


def span_of(request, paging, publication):
    """The Span that a request asks for at a publication number; raises Refused."""
    question, pairs = question_of(request)
    start = 0
    if paging.cursor:
        try:
            start = cursors.position_at(paging.cursor, question, publication)
        except cursors.Malformed:
            raise no_such_page() from None
        except cursors.Expired as expired:
            raise _expired(expired.number, publication) from None
    return Span(start=start, limit=paging.limit, question=question, pairs=pairs, publication=publication)


def _expired(number, publication):
    detail = _(
        "The list was begun at publication %(before)s, and something was published since: this is publication %(now)s. "
        "Begin again without “cursor”, or ask /api/v1/changes/?since=%(before)s for what changed."
    ) % {"before": number, "now": publication}
    return problems.Refused("expired-cursor", detail, [problems.Mistake("cursor", detail)])
