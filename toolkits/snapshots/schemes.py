"""Rating schemes and ratings as published."""

import msgspec

from evidence import ratings as scale
from evidence.models import RatingScheme
from toolkits import payloads
from toolkits.snapshots.common import centre_link, link, source
from toolkits.snapshots.ledger import build_basis, build_rules


def for_snapshot(queryset):
    """`queryset` of schemes with everything `build` touches."""
    return queryset.select_related("centre", "succeeds").prefetch_related("levels", "rules__level")


def owned_schemes():
    """All schemes, ready for `build`."""
    return for_snapshot(RatingScheme.objects.all())


def _best_first(levels):
    on_scale = sorted((level for level in levels if level.order is not None), key=lambda level: -level.order)
    return on_scale + [level for level in levels if level.order is None]


def level_name(level, levels):
    """The level's label, with its key where another level of the scheme has the same label."""
    if level.label in scale.ambiguous_labels(other.label for other in levels):
        return f"{level.label}: {level.key}"
    return level.label


def build_for_facets(scheme):
    """The payloads.Method of a working scheme as its toolkit needs it: how levels are given is on the scale's own page."""
    return msgspec.structs.replace(build(scheme), rules=[])


def build(scheme):
    """The payloads.Method of a working scheme."""
    levels = list(scheme.levels.all())
    website = scheme.centre.website if scheme.centre else ""
    return payloads.Method(
        record=scheme.pk,
        slug=scheme.slug,
        name=scheme.name,
        axis=scheme.axis,
        centre=centre_link(scheme.centre) if scheme.centre else None,
        version=scheme.version,
        unit=scheme.unit,
        what_is_graded=scheme.what_is_graded,
        measures=scheme.measures,
        numeric=scheme.numeric,
        note=scheme.note,
        source=source(scheme.source_url, website=website) if scheme.source_url else None,
        levels=[
            payloads.Level(
                key=level.key,
                label=level.label,
                name=level_name(level, levels),
                meaning=level.meaning,
                order=level.order,
                off_scale=level.off_scale,
                band=level.shared_band,
                band_reason=level.band_reason,
                label_cy=level.label_cy,
                meaning_cy=level.meaning_cy,
            )
            for level in _best_first(levels)
        ],
        succeeds=link(scheme.succeeds) if scheme.succeeds else None,
        rules=build_rules(scheme, lambda level: level_name(level, levels)),
    )


def build_rating(rating, *, website):
    """The payloads.Rating of a working rating, placed on its scale. `website` is its centre's own."""
    level, scheme = rating.level, rating.level.scheme
    levels = list(scheme.levels.all())
    on_scale = [scale.ScaleLevel(other.key, other.order, other.shared_band) for other in levels]
    rank, steps = scale.rank(on_scale, level.key)
    position, harm_steps, benefit_steps = scale.ruler(on_scale, level.key)
    label = rating.label_as_published or level.label
    return payloads.Rating(
        axis=scheme.axis,
        scheme=link(scheme),
        by_network=scheme.centre_id is None,
        version=scheme.version,
        unit=scheme.unit,
        what_is_graded=scheme.what_is_graded,
        measures=scheme.measures,
        level=level.key,
        label=label,
        name=level_name(level, levels),
        meaning=level.meaning,
        off_scale=level.off_scale,
        band=level.shared_band,
        band_reason=level.band_reason,
        rank=rank,
        steps=steps,
        position=position,
        harm_steps=harm_steps,
        benefit_steps=benefit_steps,
        value=rating.value,
        range_low=rating.range_low,
        range_high=rating.range_high,
        outcome=rating.outcome.name if rating.outcome else "",
        aspect=rating.aspect,
        reason=rating.reason,
        rated_on=rating.rated_on,
        note=scheme.note,
        source=source(rating.source, website=website) if rating.source else None,
        succeeds=scheme.succeeds_id,
        basis=build_basis(rating, lambda level: level_name(level, levels)),
        # The Welsh is of the level's own word, which the centre did not use where it has another one here.
        label_cy="" if rating.label_as_published else level.label_cy,
        meaning_cy=level.meaning_cy,
    )
