"""Where a level lies on its scale: the arithmetic behind every rating symbol. Pure: no Django.

A scale is a sequence of levels; those with an order lie on it, off-scale ones (mixed, too little
evidence, found not effective) do not, and are never drawn or sorted as if they did.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ScaleLevel:
    """What the arithmetic needs of a level: its key, its order (None when off scale) and its band."""

    key: str
    order: int | None
    band: str


def rank(levels, key):
    """(rank, number of levels on the scale) of level `key`, counted from 1; rank None when off scale.

    Levels that share an order share a rank.
    """
    orders = sorted({level.order for level in levels if level.order is not None})
    own = next(level.order for level in levels if level.key == key)
    return (None if own is None else orders.index(own) + 1), len(orders)


def ruler(levels, key):
    """(position, harm steps, benefit steps) of `key` on a scale that measures size.

    Zero is "no effect"; harm counts down from it and benefit up, one step a level. Position is None
    when the level is off scale or its direction is not known.
    """
    on_scale = sorted((level for level in levels if level.order is not None), key=lambda level: level.order)
    harms = [level.key for level in reversed(on_scale) if level.band == "harm"]
    benefits = [level.key for level in on_scale if level.band == "benefit"]
    if key in benefits:
        position = benefits.index(key) + 1
    elif key in harms:
        position = -harms.index(key) - 1
    elif any(level.key == key and level.band == "no effect" for level in on_scale):
        position = 0
    else:
        position = None
    return position, len(harms), len(benefits)


def ambiguous_labels(labels):
    """The labels that name more than one level (EEF's "Low impact" is one and two months)."""
    labels = list(labels)
    return {label for label in labels if labels.count(label) > 1}
