"""Cost against impact of a few interventions, by the network's shared bands, which is all that different scales share."""

import msgspec
from django.utils.translation import gettext as _

from toolkits.languages import spoken
from toolkits.public import charts
from toolkits.public.chart_view import ChartView
from toolkits.public.comparison.marks import own

# Bands with a place on a line. Mixed and unknown have none, and are never drawn as a low score.
IMPACT = ("harm", "no effect", "benefit")
COST = ("lower", "middle", "higher")


def _labels():
    return {
        "harm": _("Harm"),
        "no effect": _("No effect"),
        "benefit": _("Benefit"),
        "lower": _("Lower"),
        "middle": _("Middle"),
        "higher": _("Higher"),
        "mixed": _("Mixed"),
        "unknown": _("Unknown"),
    }


def _as_band(rating, bands):
    """`rating` as its shared band alone; None where it has none."""
    if rating is None or not rating.band:
        return None
    rank = bands.index(rating.band) + 1 if rating.band in bands else None
    name = _labels().get(rating.band, rating.band)
    ours = {"name": name, "label_in": spoken(), "value": "", "superseded_by": None}
    return msgspec.structs.replace(rating, rank=rank, steps=len(bands), **ours)


def chart_of(pages):
    """The ChartView of interventions, numbered in the reader's order; None unless two of them have a place."""
    items = []
    for number, page in enumerate(pages, start=1):
        document = page.document
        cost, strength = (next(iter(own(document, axis)), None) for axis in ("cost", "strength"))
        for impact in own(document, "impact") or [None]:
            about = ", ".join(filter(None, [impact.outcome, impact.aspect])) if impact else ""
            items.append(
                charts.Item(
                    number=number,
                    name=f"{document.name} ({about})" if about else document.name,
                    path=page.path,
                    impact=_as_band(impact, IMPACT),
                    cost=_as_band(cost, COST),
                    strength=strength,
                )
            )
    beside = charts.off_chart(items)
    if len({item.number for item in items if item not in beside}) < 2:
        return None
    labels = _labels()
    chart = charts.draw(
        items,
        impact_levels={rank: (labels[band], band == "no effect") for rank, band in enumerate(IMPACT, start=1)},
        cost_levels={rank: (labels[band], False) for rank, band in enumerate(COST, start=1)},
    )
    return ChartView(chart=chart, items=items, beside=beside)
