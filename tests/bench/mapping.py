"""Workload W as the documents of a network: 14 centres, a toolkit and three rating scales each.

* an owner of W is a centre with one toolkit, whose slugs are both the owner's code;
* a rating of W is a rating on its centre's own five-step scale for that axis: 1 to 5 are its levels. Lists of all
  toolkits filter by the network's shared bands instead, which BANDS gives; impact runs from one step of harm
  through zero to three of benefit;
* outcomes and ages are terms of the shared vocabularies; there are no settings;
* the summary is the summary, the body goes into "How it works", the year into how the source dates itself, and
  `published` is when the page was published;
* nothing is set that W does not have: no family, no study count, no report, no synonym.
"""

import datetime
import hashlib
from html import escape

import msgspec

from tests.bench import workload
from toolkits import payloads

BANDS = {
    "impact": ("harm", "no effect", "benefit", "benefit", "benefit"),
    "strength": ("very low", "low", "moderate", "high", "very high"),
    "cost": ("lower", "lower", "middle", "higher", "higher"),
}
RATED_AS = {"impact": "impact", "strength": "evidence", "cost": "cost"}  # what W calls each axis
LEVELS = {
    "impact": ("Harmful", "No effect", "Small benefit", "Moderate benefit", "Large benefit"),
    "strength": ("Very limited", "Limited", "Moderate", "Extensive", "Very extensive"),
    "cost": ("Very low", "Low", "Moderate", "High", "Very high"),
}
OWNERS = {code: place for place, (code, _name, _weight) in enumerate(workload.OWNERS)}
FIRST_INTERVENTION = 1_000  # record numbers: vocabularies, centres, toolkits and scales come before


def _centre_link(code):
    place = OWNERS[code]
    name = workload.OWNERS[place][1]
    return payloads.CentreLink(
        record=100 + place, slug=code, name=name, short_name=name.removeprefix("Centre for "), accent="#1d5b8f"
    )


def _toolkit_link(code):
    return payloads.Link(record=200 + OWNERS[code], slug=code, name=f"{_centre_link(code).short_name} toolkit")


def _scheme_link(code, axis):
    place = list(BANDS).index(axis)
    return payloads.Link(
        record=300 + 3 * OWNERS[code] + place,
        slug=f"{code}-{axis}",
        name=f"{_centre_link(code).short_name}: {axis}",
    )


def _source(code):
    return payloads.Source(url=f"https://{code}.example.org/")


def method(code, axis):
    """The payloads.Method of a centre's scale."""
    link = _scheme_link(code, axis)
    return payloads.Method(
        record=link.record,
        slug=link.slug,
        name=link.name,
        axis=axis,
        centre=_centre_link(code),
        version="",
        unit="",
        what_is_graded="approach",
        measures="size" if axis == "impact" else axis,
        numeric=False,
        note="",
        source=_source(code),
        levels=[
            payloads.Level(
                key=str(level),
                label=name,
                name=name,
                meaning=f"Level {level} of 5.",
                order=level,
                off_scale="",
                band=BANDS[axis][level - 1],
                band_reason="",
            )
            for level, name in enumerate(LEVELS[axis], start=1)
        ],
    )


def _rating(code, axis, level):
    on_ruler = {"position": level - 2, "harm_steps": 1, "benefit_steps": 3} if axis == "impact" else {}
    return payloads.Rating(
        axis=axis,
        scheme=_scheme_link(code, axis),
        by_network=False,
        version="",
        unit="",
        what_is_graded="approach",
        measures="size" if axis == "impact" else axis,
        level=str(level),
        label=LEVELS[axis][level - 1],
        name=LEVELS[axis][level - 1],
        meaning=f"Level {level} of 5.",
        off_scale="",
        band=BANDS[axis][level - 1],
        band_reason="",
        rank=level,
        steps=5,
        **on_ruler,
    )


def _centre(code):
    link = _centre_link(code)
    return payloads.Centre(
        record=link.record,
        slug=code,
        name=link.name,
        short_name=link.short_name,
        accent=link.accent,
        policy_area=link.short_name,
        founded="2011",
        closed="",
        hosts=[],
        constitution="",
        funding_note=[],
        website=_source(code).url,
        audience=[],
        sources=[_source(code)],
        memberships=[_membership(code)],
        ending=None,
        origins=[],
        awards=[],
    )


def _membership(code):
    link = _centre_link(code)
    return payloads.MembershipSpell(
        centre=payloads.Link(record=link.record, slug=link.slug, name=link.name),
        tier="centre",
        started="2013-03",
        ended="",
        first_day=datetime.date(2013, 3, 1),
        last_day=None,
        basis="",
    )


def _toolkit(code):
    link = _toolkit_link(code)
    return payloads.Toolkit(
        record=link.record,
        slug=link.slug,
        name=link.name,
        centre=_centre_link(code),
        introduction_html="",
        axes=[
            payloads.ToolkitAxis(axis=axis, absent_means="not rated", schemes=[_scheme_link(code, axis).slug])
            for axis in BANDS
        ],
        methods=[method(code, axis) for axis in BANDS],
    )


def _vocabularies():
    def terms(table):
        return [payloads.VocabularyTerm(slug=code, name=name) for code, name, _chance in table]

    yield payloads.Vocabulary(record=1, slug="outcomes", name="Outcomes", terms=terms(workload.OUTCOMES))
    yield payloads.Vocabulary(record=2, slug="settings", name="Settings")
    yield payloads.Vocabulary(record=3, slug="age-bands", name="Ages", terms=terms(workload.AGES))
    yield payloads.Vocabulary(
        record=4, slug="network", name="Network", memberships=[_membership(code) for code in OWNERS]
    )


def network():
    """(kind, document) of everything that is no intervention."""
    yield from (("vocabulary", document) for document in _vocabularies())
    for code in OWNERS:
        yield "centre", _centre(code)
        yield "toolkit", _toolkit(code)
        yield from (("method", method(code, axis)) for axis in BANDS)


def _terms(codes, table):
    names = {code: name for code, name, _chance in table}
    return [payloads.Term(slug=code, name=names[code]) for code in codes]


def intervention(record):
    """The payloads.Intervention of a record of W."""
    code = record["owner"]
    return payloads.Intervention(
        record=FIRST_INTERVENTION + record["id"],
        slug=record["slug"],
        name=record["title"],
        summary=record["summary"],
        status="current",
        centre=_centre_link(code),
        toolkit=_toolkit_link(code),
        source=_source(code),
        ratings=[_rating(code, axis, record[name]) for axis, name in RATED_AS.items()],
        how_it_works_html="".join(f"<p>{escape(part)}</p>" for part in record["body"].split("\n\n")),
        outcomes=_terms(record["outcomes"], workload.OUTCOMES),
        ages=_terms(record["ages"], workload.AGES),
        version_or_date=str(record["year"]),
    )


def digest(document):
    """A digest of a document, as every published page has one."""
    return hashlib.sha256(msgspec.json.encode(document, order="deterministic")).hexdigest()


def facet_values(record):
    """{facet: values} by which the list of all interventions filters a record."""
    banded = {axis: {BANDS[axis][record[name] - 1]} for axis, name in RATED_AS.items()}
    return banded | {
        "outcome": set(record["outcomes"]),
        "age": set(record["ages"]),
        "centre": {record["owner"]},
        "toolkit": {record["owner"]},
    }
