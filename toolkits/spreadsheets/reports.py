"""Reports: what a sheet of them would change, and the writing of it."""

from django.db.models import Q

from centres.records import claim_several
from evidence.models import Report
from toolkits.spreadsheets.plans import Fate, Plan, check_needed, first_of_its_kind
from toolkits.spreadsheets.tables import REPORTS
from toolkits.spreadsheets.writing import update


def rows_of(centre, *, by):
    """The reports of a centre, in the order of their numbers."""
    return Report.objects.filter(centre=centre).order_by("pk")


def _named(sheet):
    numbers = {row.values.get("id") for row in sheet.rows} - {None}
    return Q(pk__in=numbers) | Q(slug__in=_slugs(sheet))


def _slugs(sheet):
    return {row.values.get("slug") for row in sheet.rows} - {None, ""}


def records(sheet, centre):
    """The permanent numbers of what a sheet may change."""
    return list(Report.objects.filter(_named(sheet), centre=centre).values_list("pk", flat=True))


def plan(sheet, centre, *, by, problems):
    """The Plan of a sheet of reports; `problems` are those of its cells."""
    found = Plan(REPORTS, sheet.header, problems)
    reports = list(rows_of(centre, by=by).filter(_named(sheet)))
    by_number, by_slug = {report.pk: report for report in reports}, {report.slug: report for report in reports}
    taken = dict(Report.objects.filter(slug__in=_slugs(sheet)).values_list("slug", "pk"))
    records_seen, slugs_seen, any_new = {}, {}, False
    for row in sheet.rows:
        if any(row.cells.get(name) and name not in row.values for name in ("id", "slug")):
            continue
        number, slug = row.values.get("id"), row.values.get("slug", "")
        target = by_number.get(number) if number else by_slug.get(slug)
        if number and target is None:
            hint = "Take the number from an export, or name the report by its slug."
            found.wrong(row, "id", f"{centre} has no report with this number", hint)
            continue
        if not number and not slug:
            name = "slug" if "slug" in row.cells else "id"
            found.wrong(row, name, "the row does not say which report it means", "Write its id, or its slug.")
            continue
        if target is None:
            any_new = True
            check_needed(found, row)
        elif not slug and "slug" in row.cells:
            found.wrong(
                row, "slug", "the cell is empty, and a report has its address", f"Write {target.slug}, or another."
            )
            continue
        elif not first_of_its_kind(found, row, target.pk, "id" if number else "slug", records_seen):
            continue
        slug = slug or target.slug
        if taken.get(slug, target and target.pk) != (target and target.pk):
            found.wrong(row, "slug", "the slug is in use", "Choose another.")
        elif first_of_its_kind(found, row, slug, "slug", slugs_seen):
            found.add(row, target)
    found.check_whole(any_new)
    return found


def write(plan, centre, *, by):
    """Write the new and changed rows of a plan, and return the numbers of their records."""
    new, changed = plan.of(Fate.NEW), plan.of(Fate.CHANGED)
    numbers = claim_several(Report.KIND, first=Report.FIRST_NUMBER, count=len(new))
    for planned, number in zip(new, numbers, strict=True):
        planned.target = Report(record=number, centre=centre, **REPORTS.plain(planned.row))
    Report.objects.bulk_create(planned.target for planned in new)
    update(changed, REPORTS, also=["updated_at"])
    return [planned.target.pk for planned in (*new, *changed)]
