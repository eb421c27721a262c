"""Whole answers: a record, a version, a page of a list, what changed. Each says on what terms it may be reused."""

import datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from toolkits.public.api.shapes.base import Absence, Facts, LinkTo, Shape, Text, fact, told
from toolkits.public.api.shapes.interventions import Intervention
from toolkits.public.api.shapes.network import Centre, Family, Report, Scheme, Toolkit, Vocabulary
from toolkits.public.api.shapes.syntheses import Finding, Study, Synthesis

Kind = Literal["intervention", "toolkit", "centre", "report", "family", "synthesis", "method", "vocabulary"]
Document = Annotated[
    Intervention | Toolkit | Centre | Report | Family | Synthesis | Scheme | Vocabulary,
    Field(discriminator="kind", description="The document itself; its `kind` says which fields it has."),
]


class About(Shape):
    """The terms on which an answer may be reused, and the publication it was made at."""

    publication: int = told("The publication number: it rises with whatever changes what the public sees.")
    licence: str = told("On what terms this may be reused.")
    disclaimer: str = told("Whose word counts.")
    documentation: str = told("Where the API is described.")


class Change(Shape):
    """The kind of a change, and what it was."""

    kind: Literal["first", "study", "method", "correction", "wording"] = told(
        "first: first published; study: a new study; method: a new method; correction: an error was put right; "
        "wording: only words changed."
    )
    label: str = told("The same in words.")
    note: str = told("What changed, and why.")


class Correction(Shape):
    """An error that was public, and its correction."""

    version: int = told("The version that put it right.")
    at: datetime.datetime = told("When.")
    wrong: str = told("What was wrong.")
    note: str = told("What changed, and why.")
    changes_conclusion: bool = told("Whether the record concludes something else than before.")


class Record(Facts):
    """A published record as it is now."""

    record: int = told("Its permanent record number. One series for all kinds, and never used again.")
    kind: Kind = told("What kind of record it is; `method` is a rating scale, `vocabulary` a shared list.")
    title: str = told("Its title.")
    summary: Text = fact("What it is, in a sentence.", absent="does_not_apply")
    language: str = told("The language it is written in.")
    state: Literal["live", "withdrawn", "merged"] = told(
        "live; withdrawn: in no list any more, for the reason given; merged: another record has taken its place."
    )
    state_reason: Text = told("Why it is not live; null where it is.")
    merged_into: LinkTo | None = told("The record that has taken its place; else null.")
    version: int = told("The number of its newest version.")
    published_at: datetime.datetime = told("When that was published.")
    first_published_at: datetime.datetime = told("When it was first published.")
    change: Change = told("Why it last changed.")
    digest: str = told("The SHA-256 of the published document, as the portal stores it.")
    centre: LinkTo | None = fact("The centre that owns it.", absent="does_not_apply")
    corrections: list[Correction] = told("Every correction so far, the newest first.")
    permanent_address: str = told("The address of exactly this version, which never changes: cite this one.")
    address: str = told("The address of its page for people, which may move.")
    api_address: str = told("The address of this record in the API.")
    document: Document


class VersionHead(Shape):
    """A version of a record, without its document."""

    record: int = told("The permanent record number.")
    version: int = told("The number of the version, from 1.")
    kind: Kind = told("What kind of record it is.")
    title: str = told("Its title then.")
    published_at: datetime.datetime = told("When it was published.")
    change: Change = told("Why it was made.")
    minor: bool = told("Whether the change was too small for a new date.")
    restored_from: int | None = told("The earlier version whose content it repeats; else null.")
    current: bool = told("Whether it is the newest.")
    digest: str = told("The SHA-256 of the published document, as the portal stores it.")
    permanent_address: str = told("Its address, which never changes.")
    api_address: str = told("Its address in the API.")


class Version(VersionHead):
    """A version of a record, whole."""

    document: Document


class Option(Shape):
    """A value of a facet."""

    value: str = told("What to write in the address.")
    label: str = told("The value in words.")
    count: int = told("How many results it gives, with the other facets as they are chosen.")
    chosen: bool = told("Whether it is chosen.")


class Facet(Shape):
    """A facet of a list. Values of one facet mean or, facets among each other and."""

    name: str = told("The name of its parameter.")
    title: str = told("Its title.")
    note: Text = told("What has to be known of it; null where nothing has.")
    options: list[Option] = told("Its values, as the list's page for people shows them.")


class TrailRow(Facts):
    """A study's part in one synthesis of an intervention."""

    study: Study = told("The study.")
    synthesis: LinkTo = told("The synthesis.")
    synthesis_version: int = told("The version of the synthesis that says so.")
    permanent_address: str = told("The address of exactly that version.")
    illustrative: bool = told("True where the synthesis only shows the numbers, and is no centre's work.")
    included: bool = told("Whether it is pooled there.")
    finding: Finding | None = fact("What it found.", absent="withheld")
    reason_left_out: Text = told("Why it was left out; null where it was not.")
    subgroup: Text = told("The subgroup it is in; null where there are none.")
    outcome_measured: str = told("The outcome as the synthesis measures it.")
    risk_of_bias: Literal["low", "some", "high", "unknown"] = told("How it was judged overall; unknown: not judged.")


class StudyRecord(Shape):
    """A study, and everywhere it is used."""

    study: Study = told("What is recorded of it, as the newest synthesis says.")
    uses: list[TrailRow] = told("Its part in each live synthesis.")


class Event(Facts):
    """Something that happened to a record in public."""

    event: int = told("Its own number, which never changes.")
    publication: int = told("The publication number it came with.")
    at: datetime.datetime = told("When.")
    record: int = told("The permanent record number.")
    kind: Kind = told("What kind of record it is.")
    verb: Literal["published", "restored", "withdrawn", "removed", "merged"] = told("What happened.")
    version: int | None = fact("The version that was made, or that it happened to.", absent="does_not_apply")
    title: str = told("The record's title then.")
    centre: Text = fact("The slug of the centre that owns it.", absent="does_not_apply")
    change: Literal["first", "study", "method", "correction", "wording"] | None = fact(
        "The kind of change, where a version was published.", absent="does_not_apply"
    )
    reason: Text = fact("What changed, and why, in words.")
    imported_from: Text = fact("Where it was imported from.", absent="does_not_apply")
    permanent_address: str = told("The permanent address: of the version where one was made, else of the record.")
    compare_address: Text = told("Where the version is shown beside the one before; null where there is none before.")
    api_address: str = told("The address in the API.")


class Service(Shape):
    """The network in numbers, and what the API has."""

    name: str = told("Its name.")
    version: str = told("The version of the API.")
    counts: dict[str, int] = told("How many live records of each kind there are, and ratings.")
    addresses: dict[str, str] = told("The addresses of its lists, by name.")
    description: str = told("Its OpenAPI description.")


Item = TypeVar("Item")


class One(Shape, Generic[Item]):
    """One thing."""

    about: About = told("On what terms, and as of when.")
    data: Item = told("The thing itself.")


class Many(Shape, Generic[Item]):
    """A page of a list."""

    about: About = told("On what terms, and as of when.")
    count: int = told("How many results there are, on all pages.")
    total: int = told("How many there would be with nothing chosen.")
    next: Text = told("The address of the next page; null on the last one.")
    data: list[Item] = told("The results on this page.")


class Searched(Many[Item], Generic[Item]):
    """A page of a list with facets."""

    facets: list[Facet] = told("What can be chosen, and how many results each choice gives.")
    sort: str = told("How it is sorted.")
    sort_note: str = told("What that means, in words.")
    searched: Text = told("What was looked for instead, where no word of `q` was found as written; else null.")
    found_by: Literal["nothing", "all", "corrected", "some"] = told(
        "nothing: no words were given; all: results have all words; corrected: they have the words of `searched`; some: "
        "nothing has all words, so they have some of them."
    )


class ServiceAnswer(One[Service]):
    """What the API has."""


class RecordAnswer(One[Record]):
    """A record."""


class VersionAnswer(One[Version]):
    """A version of a record."""


class StudyAnswer(One[StudyRecord]):
    """A study."""


class RecordList(Many[Record]):
    """A page of a list of records."""


class VersionList(Many[VersionHead]):
    """A page of the versions of a record."""


class FoundRecords(Searched[Record]):
    """A page of a list of records with facets."""


class Trail(Many[TrailRow]):
    """A page of the studies behind an intervention."""

    absence: Absence | None = told("Why there are no studies at all, where there are none; else null.")


class Changes(Shape):
    """Public events, the earliest first."""

    about: About = told("On what terms, and as of when.")
    data: list[Event] = told("The events on this page.")
    next: Text = told("The address of the next page; null where this is the end for now.")
    later: str = told(
        "The address to ask next time: it gives what happened after the last event here, and never expires."
    )


class ProblemPlace(Shape):
    """What is wrong in one place."""

    where: str = told("A parameter's name, or `path`.")
    what: str = told("What is wrong.")
    mend: str = told("What to write instead; may be empty.")


class Problem(Shape):
    """What went wrong (RFC 9457), of media type application/problem+json."""

    type: str = told("Where this kind of problem is described.")
    title: str = told("The kind of problem in words.")
    status: int = told("The HTTP status.")
    detail: str = told("What went wrong this time, and how to mend it.")
    errors: list[ProblemPlace] = told("The same for each place.")
