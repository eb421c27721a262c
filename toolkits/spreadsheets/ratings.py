"""Ratings: what a sheet of them would change, and the writing of it.

A scheme says one thing of an intervention, outcome and aspect: a row with another level changes that rating.
"""

from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils import timezone

from centres import permissions
from evidence.models import Intervention, Outcome, Rating, RatingScheme
from toolkits.networks.problems import did_you_mean, listed
from toolkits.networks.rules import range_fault
from toolkits.scheme_versions import superseded
from toolkits.spreadsheets import interventions
from toolkits.spreadsheets.plans import (
    Fate,
    Plan,
    check_needed,
    check_terms,
    first_of_its_kind,
    known_terms,
    with_usual_line_ends,
)
from toolkits.spreadsheets.tables import RATINGS
from toolkits.spreadsheets.writing import update


def rows_of(centre, *, by):
    """The ratings of a centre's interventions, by intervention; the network's own reading only for its editors."""
    found = Rating.objects.filter(_visible_to(by), intervention__centre=centre)
    related = found.select_related("intervention__entry__toolkit", "level__scheme", "outcome")
    return related.order_by("intervention", "position", "pk")


def schemes_of(centre, by):
    """The rating schemes that `by` may rate the centre's interventions by."""
    own = Q(centre=centre)
    if permissions.works_for_network(by):
        own |= Q(centre__isnull=True)
    return RatingScheme.objects.filter(own).prefetch_related("levels")


def _visible_to(person):
    return Q() if permissions.works_for_network(person) else Q(level__scheme__centre__isnull=False)


def _named(sheet):
    numbers = {row.values.get("id") for row in sheet.rows} - {None}
    slugs = {row.values.get("intervention") for row in sheet.rows} - {None, ""}
    return Q(pk__in=numbers) | Q(entry__slug__in=slugs)


def records(sheet, centre):
    """The permanent numbers of the interventions whose ratings a sheet may change."""
    return list(Intervention.objects.filter(_named(sheet), centre=centre).values_list("pk", flat=True))


@dataclass
class Known:
    """What the rows of a sheet are held against."""

    interventions: object
    ratings: dict
    schemes: dict
    superseded: dict
    outcomes: dict


def _known(sheet, centre, by):
    found = list(Intervention.objects.filter(_named(sheet), centre=centre).select_related("entry__toolkit"))
    ratings = {}
    for rating in rows_of(centre, by=by).filter(intervention__in=found):
        aspect = with_usual_line_ends(rating.aspect)
        key = rating.intervention_id, rating.level.scheme.slug, rating.outcome_id or "", aspect
        ratings.setdefault(key, []).append(rating)
    return Known(
        interventions=interventions.Known(
            centre=centre,
            by_number={intervention.pk: intervention for intervention in found},
            by_place={interventions.place_of(intervention): intervention for intervention in found},
            toolkits={},
            taken={},
        ),
        ratings=ratings,
        schemes={scheme.slug: scheme for scheme in schemes_of(centre, by)},
        superseded=superseded(),
        outcomes=Outcome.objects.in_bulk(),
    )


def plan(sheet, centre, *, by, problems):
    """The Plan of a sheet of ratings; `problems` are those of its cells."""
    found = Plan(RATINGS, sheet.header, problems)
    known, terms = _known(sheet, centre, by), known_terms()
    seen, any_new = {}, False
    for row in sheet.rows:
        check_terms(found, row, terms)
        says, intervention = interventions.find(found, row, known.interventions, slug="intervention")
        if not says or not _agrees(found, row, intervention, known.interventions):
            continue
        if not {"scheme", "outcome", "aspect"} & set(row.cells) <= set(row.values) or "scheme" not in row.values:
            continue
        aspect = with_usual_line_ends(row.values.get("aspect", ""))
        key = intervention.pk, row.values["scheme"], row.values.get("outcome", ""), aspect
        there = known.ratings.get(key, [])
        if len(there) > 1:
            hint = "Mend them in the form of the intervention first."
            found.wrong(row, "scheme", "there are several such ratings here, and one is meant", hint)
            continue
        target = there[0] if there else None
        if target is None:
            any_new = True
            check_needed(found, row)
        level = _level(found, row, target, known, centre)
        _check_range(found, row, target)
        if first_of_its_kind(found, row, key, "scheme", seen):
            found.add(
                row,
                target,
                intervention=intervention,
                level=level,
                outcome=known.outcomes.get(row.values.get("outcome")),
            )
    found.check_whole(any_new)
    return found


def _agrees(found, row, intervention, known):
    """Whether there is such an intervention, and all that names it names the same; what is wrong is noted."""
    if intervention is None:
        hint = "Take both from an export, or write its id."
        found.wrong(row, "intervention", f"{known.centre} has no such intervention in such a toolkit", hint)
        return False
    for name, here in zip(("toolkit", "intervention"), interventions.place_of(intervention), strict=True):
        if row.values.get(name) and row.values[name] != here:
            found.wrong(row, name, f"{intervention.pk} has another {name}: {here}", "Mend it, or the id.")
            return False
    return True


def _level(found, row, target, known, centre):
    """The level that a row names, of a scheme that may be used; None where there is none, which is noted."""
    scheme = known.schemes.get(row.values["scheme"])
    if target and row.values.get("level", target.level.key) == target.level.key:
        # What is rated already stays so, by whatever scheme.
        return target.level
    if scheme is None:
        hint = did_you_mean(row.values["scheme"], sorted(known.schemes))
        found.wrong(row, "scheme", f"{centre} has no such scheme", hint)
        return None
    if scheme.pk in known.superseded and target is None:
        newer = sorted(other.slug for other in known.schemes.values() if other.pk in known.superseded[scheme.pk])
        found.wrong(
            row, "scheme", f"{scheme.slug} rates nothing new: a newer version is public", f"Rate by {listed(newer)}."
        )
        return None
    if not row.values.get("level"):
        return None
    levels = {level.key: level for level in scheme.levels.all()}
    level = levels.get(row.values["level"])
    if level is None:
        found.wrong(row, "level", f"{scheme.slug} has no such level", did_you_mean(row.values["level"], list(levels)))
    return level


def _check_range(found, row, target):
    """Note a range that has one end, or ends before it starts, together with what is here already."""
    ends = [row.values.get(name, getattr(target, name, "")) for name in ("range_low", "range_high")]
    fault = range_fault(*ends)
    if fault:
        name, message, hint = fault
        found.wrong(row, name, message, hint if name in row.cells else f"Add the column {name}.")


def write(plan, centre, *, by):
    """Write the new and changed rows of a plan, and return the numbers of the interventions that they rate."""
    new, changed = plan.of(Fate.NEW), plan.of(Fate.CHANGED)
    numbers = list(dict.fromkeys(planned.found["intervention"].pk for planned in (*new, *changed)))
    positions = Rating.objects.filter(intervention__in=numbers).order_by().values_list("intervention")
    last = dict(positions.annotate(Max("position")))
    for planned in new:
        intervention = planned.found["intervention"].pk
        last[intervention] = last.get(intervention, 0) + 1
        planned.target = Rating(
            intervention_id=intervention,
            level=planned.found["level"],
            outcome=planned.found["outcome"],
            position=last[intervention],
            **RATINGS.plain(planned.row),
        )
    Rating.objects.bulk_create(planned.target for planned in new)
    for planned in changed:
        planned.target.level = planned.found["level"]
    update(changed, RATINGS, also=["level"])
    Intervention.objects.filter(pk__in=numbers).update(updated_at=timezone.now())
    return numbers
