"""Interventions: what a sheet of them would change, and the writing of it."""

from dataclasses import dataclass

from django.db.models import Max, Q

from centres.records import claim_several
from evidence.models import Intervention
from toolkits.models import Toolkit, ToolkitEntry
from toolkits.networks.cells import References
from toolkits.networks.problems import did_you_mean
from toolkits.networks.stored import MANY
from toolkits.spreadsheets.plans import Fate, Plan, check_needed, check_terms, first_of_its_kind, known_terms
from toolkits.spreadsheets.tables import INTERVENTIONS
from toolkits.spreadsheets.writing import replace, update, write_terms


def rows_of(centre, *, by):
    """The interventions of a centre, in the order of their numbers, with all that their cells need."""
    found = Intervention.objects.filter(centre=centre).select_related("entry__toolkit").order_by("pk")
    return found.prefetch_related(*MANY["interventions"])


def named(sheet, centre):
    """Those of a centre's interventions that a sheet may mean, as a Q."""
    numbers = {row.values.get("id") for row in sheet.rows} - {None}
    slugs = {row.values.get("slug") for row in sheet.rows} - {None, ""}
    return Q(pk__in=numbers) | Q(entry__slug__in=slugs)


def records(sheet, centre):
    """The permanent numbers of what a sheet may change."""
    return list(Intervention.objects.filter(named(sheet, centre), centre=centre).values_list("pk", flat=True))


@dataclass
class Known:
    """What the rows of a sheet are held against."""

    centre: object
    by_number: dict
    by_place: dict
    toolkits: dict
    taken: dict


def _known(sheet, centre, by):
    """The Known of a sheet and a centre."""
    found = list(rows_of(centre, by=by).filter(named(sheet, centre)))
    toolkits = {toolkit.slug: toolkit for toolkit in Toolkit.objects.filter(centre=centre)}
    slugs = {row.values.get("slug") for row in sheet.rows} - {None, ""}
    taken = ToolkitEntry.objects.filter(Q(toolkit__centre=centre) | Q(intervention__centre=centre), slug__in=slugs)
    return Known(
        centre=centre,
        by_number={intervention.pk: intervention for intervention in found},
        by_place={place_of(intervention): intervention for intervention in found},
        toolkits=toolkits,
        taken={(toolkit, slug): pk for toolkit, slug, pk in taken.values_list("toolkit__slug", "slug", "intervention")},
    )


def place_of(intervention):
    """(toolkit, slug) of an intervention; two empty texts where it has no place yet."""
    entry = getattr(intervention, "entry", None)
    return (entry.toolkit.slug, entry.slug) if entry else ("", "")


def plan(sheet, centre, *, by, problems):
    """The Plan of a sheet of interventions; `problems` are those of its cells."""
    found = Plan(INTERVENTIONS, sheet.header, problems)
    known, terms = _known(sheet, centre, by), known_terms()
    records_seen, places_seen, any_new = {}, {}, False
    for row in sheet.rows:
        check_terms(found, row, terms)
        is_known, target = find(found, row, known)
        if not is_known:
            continue
        place = _place(found, row, target, known)
        if target is None:
            any_new = True
            check_needed(found, row)
        elif not first_of_its_kind(found, row, target.pk, "id" if row.values.get("id") else "slug", records_seen):
            continue
        if place and first_of_its_kind(found, row, place, "slug", places_seen):
            found.add(row, target, toolkit=known.toolkits.get(place[0]))
    found.check_whole(any_new)
    return found


def find(found, row, known, *, slug="slug"):
    """(whether the row says which intervention it means, that intervention); (True, None) for one to be made."""
    if any(row.cells.get(name) and name not in row.values for name in ("id", "toolkit", slug)):
        return False, None
    number = row.values.get("id")
    place = row.values.get("toolkit", ""), row.values.get(slug, "")
    if number:
        target = known.by_number.get(number)
        if target is None:
            found.wrong(
                row,
                "id",
                f"{known.centre} has no intervention with this number",
                f"Take the number from an export, or name the intervention by toolkit and {slug}.",
            )
        return target is not None, target
    if not any(place) and {"toolkit", slug} <= set(row.cells):
        found.wrong(
            row, slug, "the row does not say which intervention it means", f"Write its id, or toolkit and {slug}."
        )
        return False, None
    if "toolkit" not in row.cells or slug not in row.cells:
        # Named by number alone, and this row has none: which column is missing is said of the file.
        if "id" in row.cells:
            found.wrong(
                row,
                "id",
                "the cell is empty, and nothing else says what is meant",
                f"Write it, or add toolkit and {slug}.",
            )
        return False, None
    return True, known.by_place.get(place)


def _place(found, row, target, known):
    """(toolkit, slug) that a row would have; None where that is no place, which is noted."""
    before = place_of(target) if target else ("", "")
    place = row.values.get("toolkit", before[0]), row.values.get("slug", before[1])
    if place == before:
        return place if any(place) else (target.pk,)
    if not all(place):
        if target:
            name = "slug" if place[0] else "toolkit"
            found.wrong(row, name, "the intervention would have no place in a toolkit", "Write both, toolkit and slug.")
        return None
    if place[0] != before[0] and place[0] not in known.toolkits:
        found.wrong(
            row, "toolkit", f"{known.centre} has no such toolkit", did_you_mean(place[0], sorted(known.toolkits))
        )
        return None
    if known.taken.get(place, target and target.pk) != (target and target.pk):
        found.wrong(row, "slug", f"the slug is in use in {place[0]}", "Choose another.")
        return None
    return place


def write(plan, centre, *, by):
    """Write the new and changed rows of a plan, and return the numbers of their records."""
    new, changed = plan.of(Fate.NEW), plan.of(Fate.CHANGED)
    for planned, number in zip(
        new, claim_several(Intervention.KIND, first=Intervention.FIRST_NUMBER, count=len(new)), strict=True
    ):
        planned.target = Intervention(record=number, centre=centre, **INTERVENTIONS.plain(planned.row))
    Intervention.objects.bulk_create(planned.target for planned in new)
    update(changed, INTERVENTIONS, also=["updated_at"])
    _write_places([*new, *(planned for planned in changed if planned.changed & {"toolkit", "slug"})])
    for column in INTERVENTIONS.columns:
        if isinstance(column, References):
            write_terms(column, [planned for planned in (*new, *changed) if column.name in planned.changed])
    return [planned.target.pk for planned in (*new, *changed)]


def _write_places(rows):
    """Put the targets of rows into their toolkits, each at the end of one that is new to it."""
    last = dict(ToolkitEntry.objects.order_by().values_list("toolkit").annotate(Max("position")))
    made, moved = [], []
    for planned in rows:
        before = None if planned.fate == Fate.NEW else getattr(planned.target, "entry", None)
        entry = before or ToolkitEntry(intervention=planned.target)
        toolkit = planned.found["toolkit"]
        if toolkit and toolkit.pk != entry.toolkit_id:
            last[toolkit.pk] = last.get(toolkit.pk, 0) + 1
            entry.toolkit, entry.position = toolkit, last[toolkit.pk]
        entry.slug = planned.row.values.get("slug", entry.slug)
        (moved if entry.pk else made).append(entry)
    ToolkitEntry.objects.bulk_create(made)
    replace(moved, {"toolkit", "slug", "position"})
