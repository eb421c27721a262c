"""A shortlist is its address: the record numbers in `?i=`, in the reader's order. Nothing is stored, no cookie is set.

The numbers travel along in the links of lists and of the pages they lead to, so that a reader who collects several
keeps them without script. An address without them is answered, and kept, as if there were no shortlists.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.public.echoes import echo
from toolkits.public.packs import asking

NAME = "i"
MOST = 20
MOST_COMPARED = 5
LONGEST_NUMBER = 9  # digits; more than any record has, and no more than the database can look for


@dataclass(frozen=True)
class Asked:
    """What an address asks for: `records` as they were given first, how many came twice, and what was wrong, said."""

    records: tuple[int, ...]
    repeated: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Pick:
    """The link beside an intervention that puts it on the shortlist or takes it off; `full` where no more fit."""

    name: str
    chosen: bool
    url: str
    full: bool = False
    name_in: str = "en"


@dataclass(frozen=True)
class Bar:
    """What a page says of the shortlist that its address holds; `compare_url` is empty unless two to five are on it."""

    count: int
    url: str
    compare_url: str
    empty_url: str
    more_url: str


def read(data):
    """The Asked of a QueryDict: numbers as given, each once, the first MOST of them."""
    records, wrong, repeated = {}, [], 0
    for given in data.getlist(NAME):
        if given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER and int(given):
            repeated += int(given) in records
            records[int(given)] = None
        elif given:
            wrong.append(given)
    problems = [
        _("“%(value)s” is not the number of an intervention, so it was left out. Take it out of the address.")
        % {"value": echo(given)}
        for given in wrong[:2]
    ]
    if len(wrong) > len(problems):
        more = len(wrong) - len(problems)
        rest = ngettext("And %(count)s more value was left out.", "And %(count)s more values were left out.", more)
        problems.append(rest % {"count": more})
    if len(records) > MOST:
        problems.append(
            _("A shortlist holds %(most)s interventions at most. The first %(most)s of this address were kept.")
            % {"most": MOST}
        )
    return Asked(tuple(records)[:MOST], repeated, tuple(problems))


def pairs(records):
    """`records` as (name, value) for an address."""
    return [(NAME, str(record)) for record in records]


def with_records(path, records, others=()):
    """The address of `path` with `others` (name, value) and the shortlist `records`."""
    query = urlencode([*others, *pairs(records)])
    return f"{path}?{query}" if query else path


def pack_address(records):
    """The address of the pack of `records`; empty where there are none, or more than a pack holds."""
    return with_records(reverse("public:pack"), records) if 0 < len(records) <= asking.MOST else ""


def toggled(records, record):
    """`records` without `record` where it is among them, else with it behind."""
    return tuple(r for r in records if r != record) if record in records else (*records, record)


def pick(record, name, records, address, *, name_in="en"):
    """The Pick of an intervention; `address(records)` is the page at hand with another shortlist."""
    chosen = record in records
    full = not chosen and len(records) >= MOST
    url = "" if full else address(toggled(records, record))
    return Pick(name=name, chosen=chosen, url=url, full=full, name_in=name_in)


def pickable(rows, records, address):
    """`rows` (listing.Row), those of interventions with their Pick, and with an address that takes `records` along."""
    return [
        replace(
            row,
            pick=pick(row.page.record, row.page.title, records, address, name_in=row.page.title_in),
            url=with_records(row.page.path, records),
        )
        if row.page.kind == "intervention"
        else row
        for row in rows
    ]


def bar(records, address):
    """The Bar of a page; None where its address holds no shortlist. `address` as for `pick`."""
    if not records:
        return None
    return Bar(
        count=len(records),
        url=with_records(reverse("public:shortlist"), records),
        compare_url=with_records(reverse("public:comparison"), records) if 2 <= len(records) <= MOST_COMPARED else "",
        empty_url=address(()),
        more_url=with_records(reverse("public:interventions"), records),
    )


@dataclass(frozen=True)
class Picker:
    """What the page at `path`, whose address holds the shortlist `records`, needs to offer interventions for it."""

    path: str
    records: tuple[int, ...]

    def address(self, records):
        """This page with another shortlist."""
        return with_records(self.path, records)

    def pick(self, record, name, *, name_in="en"):
        """The Pick of an intervention on this page."""
        return pick(record, name, self.records, self.address, name_in=name_in)

    def along(self, path):
        """The address of `path`, which takes the shortlist along."""
        return with_records(path, self.records)

    @property
    def bar(self):
        """The Bar of this page."""
        return bar(self.records, self.address)


def picker(request):
    """The Picker of the page that is asked for."""
    return Picker(request.path, read(request.GET).records)
