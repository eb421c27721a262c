"""The chart view of a toolkit: its rows as numbered items, and the scales they are drawn on."""

from collections import Counter
from dataclasses import dataclass, replace

from toolkits.public import charts
from toolkits.public.query import PAGE_SIZES

# A chart with more could not be read; the page asks to narrow the list instead.
MOST_ON_A_CHART = PAGE_SIZES["chart"] - 1


@dataclass(frozen=True)
class ChartView:
    """The drawing (None where nothing has a place), every item in the list's order, and those without a place."""

    chart: charts.Chart | None
    items: list[charts.Item]
    beside: list[charts.Item]
    too_many: bool = False


def _own(document, axis):
    """The centre's own ratings of a document on an axis, each once: by the newest method it has."""
    return [rating for rating in document.newest_ratings if rating.axis == axis and not rating.by_network]


def _items(rows):
    """An item for each row; one for each aspect where a centre rates impact by aspect."""
    for number, row in enumerate(rows, start=1):
        document = row.document
        cost, strength = (next(iter(_own(document, axis)), None) for axis in ("cost", "strength"))
        for impact in _own(document, "impact") or [None]:
            aspect = f" ({impact.aspect})" if impact is not None and impact.aspect else ""
            yield charts.Item(
                number=number,
                name=f"{document.name}{aspect}",
                path=row.page.path,
                impact=impact,
                cost=cost,
                strength=strength,
            )


def _version(rating):
    """The older version of a scale that a rating stands on; None where it stands on what is in force."""
    return rating.scheme.record if rating.superseded_by else None


def _comparable(items):
    """`items`, marked where they are rated on another version of a scale than most: their ranks have no common place."""
    for axis in ("impact", "cost"):
        versions = [rating and (_version(rating),) for rating in (getattr(item, axis) for item in items)]
        counted = Counter(version for version in versions if version)
        if len(counted) > 1:
            drawn = counted.most_common(1)[0][0]
            items = [
                replace(item, comparable=item.comparable and version in {None, drawn})
                for item, version in zip(items, versions, strict=True)
            ]
    return items


def scale(methods, axis, used):
    """{rank: (name, whether it means no effect)} of the scale of an axis whose levels are in use."""
    method = next((m for m in methods if m.axis == axis and m.slug in used), None)
    if method is None:
        return {}
    orders = sorted({level.order for level in method.levels if level.order is not None})
    return {
        orders.index(level.order) + 1: (level.name, level.band == "no effect")
        for level in method.levels
        if level.order is not None
    }


def chart_view(rows, methods):
    """The ChartView of a toolkit's rows; `methods` are the schemes of its front page."""
    if len(rows) > MOST_ON_A_CHART:
        return ChartView(chart=None, items=[], beside=[], too_many=True)
    items = _comparable(list(_items(rows)))
    used = {
        rating.scheme.slug
        for item in items
        if item.comparable
        for rating in (item.impact, item.cost)
        if rating is not None
    }
    chart = charts.draw(items, impact_levels=scale(methods, "impact", used), cost_levels=scale(methods, "cost", used))
    return ChartView(chart=chart, items=items, beside=charts.off_chart(items))
