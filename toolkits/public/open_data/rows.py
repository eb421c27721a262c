"""The rows of every table, one at a time, each with the table it belongs to: nothing is held but numbers of records."""

from toolkits import published
from toolkits.public.open_data import tables
from toolkits.public.open_data.columns import At, level_id

LISTS = ("outcomes", "settings", "age-bands")


def all_rows(base):
    """(Table, At) of every row of every table, as it is published at this moment; `base`: the portal's address.

    To be called inside `published.one_moment`, so that links between tables hold.
    """
    known, levels = published.live_records(), set()

    def at(page, inside=None):
        return At(page, page and page.document, known, levels, base, inside)

    # Scales first: ratings link to their levels.
    for page in published.every_page("method"):
        levels.update(level_id(page.record, level.key) for level in page.document.levels)
        yield from _method(at(page))
    for kind, rows in KINDS.items():
        for page in published.every_page(kind):
            yield from rows(at(page))
    yield from _studies(at)
    for name, found in sorted(published.vocabularies().items()):
        if name in LISTS:
            yield from _parts(tables.TERMS, at(None, name), found.terms)
    yield from _parts(tables.CHANGES, at(None), published.every_event())


def _parts(table, at, parts):
    return ((table, at.of(part, place)) for place, part in enumerate(parts, start=1))


def _method(at):
    yield tables.SCHEMES, at
    yield from _parts(tables.LEVELS, at, at.document.levels)


def _intervention(at):
    document = at.document
    yield tables.INTERVENTIONS, at
    yield from _parts(tables.RATINGS, at, document.ratings)
    yield from _parts(tables.NOT_RATED, at, document.absences)
    yield from _parts(tables.COSTS, at, document.cost_figures)
    outcomes = [(term, True) for term in document.outcomes] + [(term, False) for term in document.unrated_outcomes]
    for name, terms in (
        ("outcomes", outcomes),
        ("settings", [(term, True) for term in document.settings]),
        ("age-bands", [(term, True) for term in document.ages]),
    ):
        yield from _parts(tables.INTERVENTION_TERMS, at.within(name), terms)


def _family(at):
    interventions = at.known["intervention"]
    yield tables.FAMILIES, at
    members = [member for member in at.document.members if member.record in interventions]
    yield from _parts(tables.FAMILY_MEMBERS, at, members)
    between = [reason for reason in at.document.differences if {reason.first, reason.second} <= interventions]
    yield from _parts(tables.FAMILY_DIFFERENCES, at, between)


def _centre(at):
    yield tables.CENTRES, at
    yield from _parts(tables.MEMBERSHIPS, at, at.document.memberships)
    yield from _parts(tables.AWARDS, at, at.document.awards)


def _synthesis(at):
    yield tables.SYNTHESES, at
    linked = [link for link in at.document.interventions if at.link("intervention", link)]
    yield from _parts(tables.SYNTHESIS_INTERVENTIONS, at, linked)
    yield from _parts(tables.STUDY_RESULTS, at, at.document.rows)
    for place, row in enumerate(at.document.rows, start=1):
        if row.included:
            yield from _parts(tables.APPRAISALS, at.within((place, row)), row.finding.appraisals)


def _studies(at):
    """Each study once, as the synthesis that was published last has it."""
    seen = set()
    for page in published.every_page("synthesis", newest_first=True):
        for row in page.document.rows:
            if row.study.record not in seen:
                seen.add(row.study.record)
                yield tables.STUDIES, at(page).of(row.study, 0)


KINDS = {
    "intervention": _intervention,
    "toolkit": lambda at: [(tables.TOOLKITS, at)],
    "family": _family,
    "report": lambda at: [(tables.REPORTS, at)],
    "centre": _centre,
    "synthesis": _synthesis,
}
