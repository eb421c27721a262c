"""What a rule of readiness is, and the ones that every kind of document uses."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MUST = "must"
ADVICE = "advice"


@dataclass(frozen=True)
class Unlike:
    """Two members of a family (records, the lower first) whose public ratings clearly differ on some axes."""

    first: int
    second: int
    names: tuple[str, str]
    axes: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What a document cannot say of itself: the day, which of the addresses it links to lead nowhere, what the
    syntheses that its ratings rest on come to now ({record: result as text by name}; those that are gone are left out),
    and which members of a family are rated differently.
    """

    today: datetime.date = field(default_factory=datetime.date.today)
    broken: frozenset[str] = frozenset()
    results: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    unlike: tuple[Unlike, ...] = ()


@dataclass(frozen=True)
class Lack:
    """One thing that is missing.

    `subject` is what it is missing of, and equal for two documents of which the one is no worse than the other:
    the address of a broken link, a rating with its level and value.
    """

    text: str
    field: str = ""
    subject: Hashable = None
    item: int | str | None = None


@dataclass(frozen=True)
class Rule:
    """Something asked of a document: `find` gives what it lacks, `met` says in words that it lacks nothing."""

    code: str
    level: str
    met: Callable[[], str]
    find: Callable[[Any, Facts], Iterable[Lack]]


def filled(code, level, name, *, met, lacks, field=None):
    """The rule that the document's field `name` holds something. `met` and `lacks` are lazy texts."""

    def find(document, facts):
        if not getattr(document, name):
            yield Lack(str(lacks), field or name)

    return Rule(code, level, lambda: str(met), find)


def rule(code, level, met):
    """Make a generator of Lacks a Rule: `met` is the lazy text for when there are none."""

    def made(find):
        return Rule(code, level, lambda: str(met), find)

    return made
