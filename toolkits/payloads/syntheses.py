"""A synthesis of studies as published: every study, the pooled result, and what it hangs on.

Numbers are text (`evidence.synthesis` made them): on the scale they are pooled on where nothing else is said,
and as readers see them in what is called `shown`.
"""

import datetime

from toolkits.payloads.base import CentreLink, Link, Part, Source, Term


class Appraisal(Part, frozen=True):
    """A judgement on one domain: `level` is low, some, high or unknown; `readers` are 1 or 2, two having agreed."""

    tool: str
    domain: str
    judgement: str
    level: str
    reason: str = ""
    readers: int = 1


class StudyFacts(Part, frozen=True):
    """What is recorded of a study, whichever synthesis uses it; what is empty is not recorded.

    `copies` are the numbers of its second copies, which were merged into it: their addresses lead here.
    """

    record: int
    label: str
    title: str = ""
    citation: str = ""
    year: int | None = None
    country: str = ""
    uk_nation: str = ""
    design: str = ""
    setting: str = ""
    ages: str = ""
    participants: str = ""
    missing_people: str = ""
    registration: str = ""
    doi: str = ""
    funder: str = ""
    interests: str = ""
    protocol: str = ""
    centre: CentreLink | None = None
    copies: list[int] = []


class Interval(Part, frozen=True):
    """A number with its range, as readers see them (ratios as ratios)."""

    value: str
    low: str = ""
    high: str = ""


class Finding(Part, frozen=True):
    """What a study found: on the pooled scale, as shown, its weight in per cent, and how it was computed."""

    effect: str
    variance: str
    shown: Interval
    weight: str
    outcome_reported: str = ""
    follow_up: str = ""
    n_1: int | None = None
    n_2: int | None = None
    n_total: int | None = None
    given: dict[str, str] = {}
    formula: str = ""
    assumptions: list[str] = []
    conversions: list[str] = []
    appraisals: list[Appraisal] = []

    @property
    def people(self):
        """How many people it is about; None where that is not recorded."""
        if self.n_total is not None:
            return self.n_total
        return None if self.n_1 is None or self.n_2 is None else self.n_1 + self.n_2


class StudyRow(Part, frozen=True):
    """A study's part in a synthesis: included with its finding, or left out for a reason."""

    study: StudyFacts
    finding: Finding | None = None
    reason: str = ""
    subgroup: str = ""

    @property
    def included(self):
        """Whether it is among those that are pooled."""
        return self.finding is not None


class Pooled(Part, frozen=True):
    """The pooled result. `prediction` is None where there is none; `p` and the ranges are empty where not defined."""

    k: int
    people: int | None
    people_not_recorded: int
    estimate: str
    se: str
    p: str
    shown: Interval
    prediction: Interval | None
    fixed: Interval
    tau2: str
    tau2_low: str
    tau2_high: str
    i2: str
    q: str
    q_df: int
    q_p: str


class Without(Part, frozen=True):
    """The pooled effect, as shown, without one study (or after the studies up to this one, in order of year)."""

    study: int
    label: str
    shown: str
    year: int | None = None
    low: str = ""
    high: str = ""

    @property
    def interval(self):
        """The effect with its range."""
        return Interval(self.shown, self.low, self.high)


class FilledStudy(Part, frozen=True):
    """A study that trim and fill puts in, on the scale that studies are pooled on. Nobody made it."""

    effect: str
    variance: str


class Bias(Part, frozen=True):
    """Signs that small studies with other results are missing: Egger's test, and trim and fill."""

    egger_statistic: str
    egger_p: str
    filled: int
    side: str
    filled_shown: Interval
    filled_studies: list[FilledStudy] = []


class Subgroup(Part, frozen=True):
    """The pooled effect, as shown, of the studies of one subgroup."""

    name: str
    k: int
    shown: Interval


class Subgroups(Part, frozen=True):
    """Subgroups, and the test whether they differ (`p` empty where it is not defined)."""

    groups: list[Subgroup]
    statistic: str
    p: str


class PlainNumber(Part, frozen=True):
    """The result in a unit that people use, with everything a reader needs to know of how it was made.

    `value` is empty where the rule has no answer; `withheld` then says why.
    """

    key: str
    value: str
    unit: str
    low: str
    high: str
    rule: str
    assumptions: list[str]
    source: Source
    withheld: str = ""


class Synthesis(Part, frozen=True):
    """A synthesis's page. `centre` None: the network's own; `pooled` None: `unpooled` says why there is no result."""

    record: int
    slug: str
    name: str
    question: str
    centre: CentreLink | None
    illustrative: bool
    interventions: list[Link]
    outcome: Term | None
    outcome_measured: str
    comparison: str
    metric: str
    unit: str
    better: str
    method: str
    test: str
    prediction: str
    rows: list[StudyRow]
    pooled: Pooled | None = None
    unpooled: str = ""
    subgroups: Subgroups | None = None
    leave_one_out: list[Without] = []
    cumulative: list[Without] = []
    bias: Bias | None = None
    plain: list[PlainNumber] = []
    base_rate: str = ""
    base_rate_source: str = ""
    criteria: list[str] = []
    last_searched: datetime.date | None = None
    note_html: str = ""
    citation: str = ""
    source: Source | None = None

    @property
    def included(self):
        """The rows that are pooled, in order."""
        return [row for row in self.rows if row.included]

    @property
    def left_out(self):
        """The rows that are not."""
        return [row for row in self.rows if not row.included]
