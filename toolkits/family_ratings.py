"""Which members of a family are rated so differently, as the public reads them, that somebody should say why."""

from itertools import combinations

from evidence.bands import clearly_differ
from toolkits import payloads
from toolkits.models import PublishedPage
from toolkits.readiness import Unlike


def _bands(page, axis):
    return {band for named, _colon, band in (entry.partition(":") for entry in page.bands) if named == axis}


def unlike(document):
    """An Unlike for each two live members of a payloads.Family that clearly differ; none for any other document."""
    if not isinstance(document, payloads.Family):
        return ()
    live = PublishedPage.objects.filter(
        record__in=[member.record for member in document.members], state=PublishedPage.State.LIVE
    ).only("record", "title", "centre", "bands")
    found = []
    for first, second in combinations(live.order_by("record"), 2):
        axes = tuple(
            axis for axis in payloads.MAIN_AXES if clearly_differ(axis, _bands(first, axis), _bands(second, axis))
        )
        if axes:
            names = tuple(f"{page.title} ({page.centre})" for page in (first, second))
            found.append(Unlike(first.record, second.record, names, axes))
    return tuple(found)
