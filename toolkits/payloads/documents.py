"""The documents of every kind but syntheses."""

import datetime

from toolkits.payloads.base import Axis, CentreLink, Link, Part, Source, Term
from toolkits.payloads.bilingual import Bilingual, Welsh
from toolkits.payloads.ledger import Basis, Rule


class Rating(Part, frozen=True):
    """A rating with everything needed to show it.

    `rank` of `steps` counts levels on the scale from 1 (None: off scale). `position`, `harm_steps`
    and `benefit_steps` place it on a ruler through zero, for scales that measure size. `note` is what a
    reader has to know of the scheme, such as that not all of its levels were seen. `succeeds` is the record of
    the version whose place the scale takes; `superseded_by` is never stored, but filled in when it is read, and so are
    the languages that its label and meaning are in.
    `basis` is the synthesis that it rests on, if any.
    """

    axis: Axis
    scheme: Link
    by_network: bool
    version: str
    unit: str
    what_is_graded: str
    measures: str
    level: str
    label: str
    name: str
    meaning: str
    off_scale: str
    band: str
    band_reason: str
    rank: int | None
    steps: int
    position: int | None = None
    harm_steps: int = 0
    benefit_steps: int = 0
    value: str = ""
    range_low: str = ""
    range_high: str = ""
    outcome: str = ""
    aspect: str = ""
    reason: str = ""
    rated_on: datetime.date | None = None
    note: str = ""
    source: Source | None = None
    succeeds: int | None = None
    basis: Basis | None = None
    label_cy: str = ""
    meaning_cy: str = ""
    superseded_by: Link | None = None
    label_in: str = "en"
    meaning_in: str = "en"

    @property
    def symbol(self):
        """Which symbol shows it: off-scale, ruler, direction, pounds, blocks or words."""
        if self.off_scale:
            return "off-scale"
        if self.axis == "impact":
            return "ruler" if self.measures == "size" and self.position is not None else "direction"
        if self.axis == "cost":
            return "pounds"
        return "words" if self.axis == "cost-effectiveness" else "blocks"

    @property
    def filled(self):
        """A true for each filled step and a false for each empty one, from the left."""
        return [step < (self.rank or 0) for step in range(self.steps)]


class Absence(Part, frozen=True):
    """An axis of the toolkit on which this intervention has no rating, and what that means."""

    axis: Axis
    meaning: str


class Cost(Part, frozen=True):
    """What it costs, as published: pounds (`amount` to `amount_to`, where that is a range) for each `unit`.

    `price_year` is a financial year (2023-24) or a calendar year (2023), in whose prices it is.
    """

    label: str
    amount: str
    unit: str
    timing: str
    includes: str
    source: Source
    confidence: str
    confidence_reason: str
    amount_to: str = ""
    currency: str = "GBP"
    price_year: str = ""
    paid_by: str = ""


class Intervention(Bilingual, frozen=True):
    """An intervention's page. Lists of points are plain text; fields ending in `_html` are safe HTML."""

    record: int
    slug: str
    name: str
    summary: str
    status: str
    centre: CentreLink
    toolkit: Link
    source: Source
    language: str = "en"
    ratings: list[Rating] = []
    absences: list[Absence] = []
    key_messages: list[str] = []
    how_it_works_html: str = ""
    outcomes: list[Term] = []
    outcome_as_published: list[str] = []
    unrated_outcomes: list[Term] = []
    settings: list[Term] = []
    setting_as_published: list[str] = []
    ages: list[Term] = []
    age_as_published: list[str] = []
    studies_count: int | None = None
    headline_value: str = ""
    headline_unit: str = ""
    headline_text: str = ""
    finding_as_published: str = ""
    how_sure_html: str = ""
    for_whom_html: str = ""
    cautions: list[str] = []
    implementation: list[str] = []
    costs_html: str = ""
    gaps_html: str = ""
    authors: list[str] = []
    interests: str = ""
    other_sources: list[Source] = []
    version_or_date: str = ""
    last_searched: datetime.date | None = None
    next_review: datetime.date | None = None
    cost_figures: list[Cost] = []
    welsh: Welsh | None = None
    said_in: dict[str, str] = {}
    in_english: list[str] = []

    def on(self, axis):
        """Its ratings on `axis`, in the centre's order."""
        return [rating for rating in self.ratings if rating.axis == axis]

    @property
    def newest_ratings(self):
        """Its ratings without those given again, for the same outcome and aspect, on the next version of the scale."""
        again = {(rating.succeeds, rating.outcome, rating.aspect) for rating in self.ratings}
        return [rating for rating in self.ratings if (rating.scheme.record, rating.outcome, rating.aspect) not in again]


class Level(Part, frozen=True):
    """A level of a scheme; `name` tells it from a namesake (`Low impact: 2`)."""

    key: str
    label: str
    name: str
    meaning: str
    order: int | None
    off_scale: str
    band: str
    band_reason: str
    label_cy: str = ""
    meaning_cy: str = ""
    label_in: str = "en"
    meaning_in: str = "en"


class Method(Part, frozen=True):
    """A rating scheme with all its levels: those on the scale from best to worst, then the off-scale ones.

    `succeeds` is the version of the scale whose place it takes; without `rules` its levels are chosen by the editor.
    """

    record: int
    slug: str
    name: str
    axis: Axis
    centre: CentreLink | None
    version: str
    unit: str
    what_is_graded: str
    measures: str
    numeric: bool
    note: str
    source: Source | None
    levels: list[Level]
    succeeds: Link | None = None
    rules: list[Rule] = []


class ToolkitAxis(Part, frozen=True):
    """An axis of a toolkit: which of its schemes rate on it, and what a missing rating means."""

    axis: Axis
    absent_means: str
    schemes: list[str]


class Toolkit(Bilingual, frozen=True):
    """A toolkit's front page. `methods` are the schemes its ratings use, whole, for facets and their words."""

    record: int
    slug: str
    name: str
    centre: CentreLink
    introduction_html: str
    axes: list[ToolkitAxis]
    methods: list[Method]
    welsh: Welsh | None = None
    said_in: dict[str, str] = {}
    in_english: list[str] = []


class MembershipSpell(Part, frozen=True):
    """A spell of membership; `started` and `ended` as known (2013-03), with their first and last day."""

    centre: Link
    tier: str
    started: str
    ended: str
    first_day: datetime.date
    last_day: datetime.date | None
    basis: str


class Ending(Part, frozen=True):
    """How a centre ended, and who carries on."""

    predecessor: Link
    successor: Link | None
    kind: str
    date: str
    note: str


class Award(Part, frozen=True):
    """A known award; `amount_gbp` in whole pounds where a figure is known."""

    funder: str
    what: str
    amount_gbp: int | None
    started: str
    ended: str
    sources: list[Source]


class Centre(Bilingual, frozen=True):
    """A centre's page."""

    record: int
    slug: str
    name: str
    short_name: str
    accent: str
    policy_area: str
    founded: str
    closed: str
    hosts: list[str]
    constitution: str
    funding_note: list[str]
    website: str
    audience: list[str]
    sources: list[Source]
    memberships: list[MembershipSpell]
    ending: Ending | None
    origins: list[Ending]
    awards: list[Award]
    welsh: Welsh | None = None
    said_in: dict[str, str] = {}
    in_english: list[str] = []


class Report(Bilingual, frozen=True):
    """A report's page."""

    record: int
    slug: str
    title: str
    title_is_descriptive: bool
    centre: CentreLink
    year: int | None
    type: str
    topic: str
    authors: list[str]
    source: Source | None
    citation: str
    finding: str
    welsh: Welsh | None = None
    said_in: dict[str, str] = {}
    in_english: list[str] = []


class Difference(Part, frozen=True):
    """Why two members of a family are rated differently, as both centres' editors agreed."""

    first: int
    second: int
    cause: str
    text: str
    agreed_on: datetime.date


class FamilyMember(Part, frozen=True):
    """An intervention of a family; what it is rated is read from its own page."""

    record: int
    relation: str


class Family(Part, frozen=True):
    """The same idea in several toolkits."""

    record: int
    slug: str
    name: str
    members: list[FamilyMember]
    differences: list[Difference] = []


class VocabularyTerm(Term, frozen=True):
    """A term with its ages in years, where the list is of age bands."""

    from_age: int | None = None
    to_age: int | None = None


class Fact(Part, frozen=True):
    """A fact about the network."""

    key: str
    value: str
    source: str


class Synonyms(Part, frozen=True):
    """Words and phrases that mean the same to a search."""

    term: str
    equivalents: list[str]


class Assessed(Part, frozen=True):
    """Something looked at and not listed; `date` as known (2013-03), `centre` None for the network itself."""

    name: str
    centre: CentreLink | None
    reason: str
    date: str
    source: Source


class Vocabulary(Part, frozen=True):
    """A shared list: terms of a vocabulary; for `network`, its facts, members by date and endings; groups
    of words for `synonyms`; for `assessed`, what was looked at and not listed."""

    record: int
    slug: str
    name: str
    terms: list[VocabularyTerm] = []
    facts: list[Fact] = []
    memberships: list[MembershipSpell] = []
    endings: list[Ending] = []
    synonyms: list[Synonyms] = []
    assessed: list[Assessed] = []
