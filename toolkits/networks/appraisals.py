"""Appraisals of results between a folder and the working rows."""

from django.db.models import Case, F, Value, When

from evidence.appraisals import TOOLS
from evidence.models import Appraisal

# Domains in the order of their tools, and readings in the order in which they are made.
_DOMAINS = Case(
    *(
        When(tool=tool.code, domain=domain, then=Value(100 * place + number))
        for place, tool in enumerate(TOOLS.values())
        for number, domain in enumerate(tool.domains)
    )
)
_READINGS = Case(*(When(reading=reading, then=Value(place)) for place, reading in enumerate(Appraisal.Reading.values)))


def in_every_synthesis(appraisals):
    """`appraisals`, each once for every synthesis that its result is in (`synthesis_slug`), in the order of the file."""
    return (
        appraisals.annotate(
            synthesis_slug=F("estimate__inclusions__synthesis__slug"),
            synthesis_place=F("estimate__inclusions__position"),
            inclusion=F("estimate__inclusions"),
        )
        .filter(inclusion__isnull=False)
        .order_by("synthesis_place", "inclusion", _DOMAINS, _READINGS)
    )


def write_appraisals(judged, *, of):
    """Make the appraisals of the estimates `of` what `judged`, pairs of (Estimate, row), says of them.

    One that is there already is changed in place: which account entered it stays.
    """
    before = {_key(one): one for one in Appraisal.objects.filter(estimate__in=of).select_related("by")}
    found, changed = {}, []
    for estimate, row in judged:
        values = row.values
        key = (estimate.pk, values["tool"], values["domain"], values["reading"])
        # A result in several syntheses is judged once, and its rows say the same.
        if key in found:
            continue
        one = found[key] = before.get(key) or Appraisal(
            estimate=estimate, tool=values["tool"], domain=values["domain"], reading=values["reading"]
        )
        one.judgement, one.reason = values["judgement"], values["reason"]
        if values["reader"] != one.reader_name:
            one.reader = values["reader"]
        if one.pk:
            changed.append(one)
    Appraisal.objects.filter(pk__in=[one.pk for key, one in before.items() if key not in found]).delete()
    Appraisal.objects.bulk_create(one for key, one in found.items() if key not in before)
    Appraisal.objects.bulk_update(changed, ["judgement", "reason", "reader"], batch_size=500)


def _key(one):
    return one.estimate_id, one.tool, one.domain, one.reading
