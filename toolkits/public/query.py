"""What a reader asked of a list, read from the address and checked; and addresses that ask for something else.

A wrong value is left out, and said: what, where, and how to mend it. It never stops the page.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.public import shortlists
from toolkits.public.echoes import echo

# A chart shows the whole choice, up to what can be read (and one more, to know that there are more).
# A grouped view is one page of groups, each with its first rows.
PAGE_SIZES = {"list": 20, "table": 50, "chart": 121, "by-outcome": 1_000_000, "by-family": 1_000_000}
RELEVANCE = "relevance"
MOST_PROBLEMS = 5
FORMATS = ("csv", "xlsx", "json", "pdf", "atom")
MOST_DIGITS = 6


def wrong_value(name, value, title):
    """The sentence for a value that a facet or field does not have."""
    return _(
        "“%(value)s” is not a value of “%(title)s”, so it was left out. Choose again on this page, or take "
        "“%(name)s” out of the address."
    ) % {"value": echo(value), "title": title, "name": name}


def _one_of(data, name, allowed, default, problems):
    given = data.get(name, "")
    if not given:
        return default
    if given in allowed:
        return given
    problems.append(
        _("“%(value)s” is not possible for “%(name)s” here. Use one of these: %(allowed)s.")
        % {"value": echo(given), "name": name, "allowed": ", ".join(value for value in allowed if value)}
    )
    return default


def _page_number(data, problems):
    given = data.get("page", "")
    if not given:
        return 1
    if given.isascii() and given.isdigit() and given.strip("0"):
        # Longer than any list can be: the exact number no longer matters, and would be slow to read.
        return int(given) if len(given) <= MOST_DIGITS else 10**MOST_DIGITS
    problems.append(
        _("“%(value)s” is not a page number. This is the first page; write a whole number from 1.")
        % {"value": echo(given)}
    )
    return 1


@dataclass(frozen=True)
class Query:
    """A checked query. `chosen` holds the values of each facet, `fields` the single values (years), `q` the words.

    `usual_order` is how the list is sorted where nothing is looked for. `shortlist` are the records that the reader
    has picked so far: they narrow nothing, and travel along to other views of the list.
    """

    path: str
    chosen: dict[str, list[str]]
    fields: dict[str, int | None]
    order: str
    default_order: str
    view: str = "list"
    number: int = 1
    format: str = ""
    problems: tuple[str, ...] = ()
    q: str = ""
    usual_order: str = ""
    shortlist: tuple[int, ...] = ()

    @property
    def page_size(self):
        """How many rows a page of this view has."""
        return PAGE_SIZES[self.view]

    @property
    def settings(self):
        """(name, value) of order and view where they are not the usual ones."""
        found = []
        if self.order != self.default_order:
            found.append(("sort", self.order))
        if self.view != "list":
            found.append(("view", self.view))
        return found

    def pairs(self):
        """The query in its one canonical spelling, as (name, value), without page, format and shortlist."""
        chosen = [(name, value) for name, values in self.chosen.items() for value in values]
        fields = [(name, str(value)) for name, value in self.fields.items() if value is not None]
        return [("q", self.q)] * bool(self.q) + chosen + fields + self.settings

    def address(self, *, number=1, format="", **changes):
        """The address of this query with `changes` to its attributes, on the first page unless told."""
        asked = replace(self, **changes)
        pairs = asked.pairs()
        if number > 1:
            pairs.append(("page", str(number)))
        if format:
            pairs.append(("format", format))
        else:
            pairs += shortlists.pairs(asked.shortlist)
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def without(self, name, value):
        """The address of this query without one chosen value."""
        left = [other for other in self.chosen[name] if other != value]
        return self.address(chosen={**self.chosen, name: left})

    def without_words(self):
        """The address of this query without its words."""
        order = self.usual_order if self.order == RELEVANCE else self.order
        return self.address(q="", order=order, default_order=self.usual_order)


def _say(problems):
    """The first problems, and how many more there are: a thousand wrong values make no longer page."""
    more = len(problems) - MOST_PROBLEMS
    if more <= 0:
        return tuple(problems)
    rest = ngettext("And %(count)s more value was left out.", "And %(count)s more values were left out.", more)
    return (*problems[:MOST_PROBLEMS], rest % {"count": more})


def read(data, *, path, filters, titles, orders, default_order, views=("list", "table"), formats=FORMATS, q=""):
    """The Query in `data` (a QueryDict), checked by `filters` (a ListFilters made of the same data).

    `titles` gives each filter's name in words, `orders` the names it may be sorted by; `q` are the words that
    are looked for, and then relevance is the usual order.
    """
    chosen, fields, wrong = filters.read()
    problems = [wrong_value(name, value, titles[name]) for name, values in wrong.items() for value in values]
    first, last = fields.get("year_from"), fields.get("year_to")
    if first is not None and last is not None and first > last:
        problems.append(_("The first year is after the last one, and nothing lies between them. Swap the two years."))
    usual_order = default_order
    if q:
        default_order = RELEVANCE
    elif data.get("sort") == RELEVANCE:
        data = data.copy()
        data.pop("sort")
    order = _one_of(data, "sort", orders, default_order, problems)
    view = _one_of(data, "view", views, views[0], problems)
    wanted = _one_of(data, "format", ("html", *formats), "", problems)
    number = _page_number(data, problems)
    picked = shortlists.read(data)
    problems += picked.problems
    return Query(
        path=path,
        chosen=chosen,
        fields=fields,
        order=order,
        default_order=default_order,
        view=view,
        number=number,
        format="" if wanted == "html" else wanted,
        problems=_say(problems),
        q=q,
        usual_order=usual_order,
        shortlist=picked.records,
    )
