"""The network's shared bands: a coarse common reading that stands second to each centre's own scale.

Impact is banded by direction only, because size means something else in every scale; strength by
rank; cost by where it lies on the centre's own scale. A band never replaces a centre's label and is
never averaged. Pure: no Django.
"""

BANDS = {
    "impact": ("harm", "no effect", "mixed", "benefit", "unknown"),
    "strength": ("very low", "low", "moderate", "high", "very high", "unknown"),
    "cost": ("lower", "middle", "higher"),
}

# The order in which a list of facets names them: what a reader looks for first.
FACET_ORDER = {
    "impact": ("benefit", "mixed", "no effect", "harm", "unknown"),
    "strength": ("very high", "high", "moderate", "low", "very low", "unknown"),
    "cost": ("lower", "middle", "higher"),
}

ALL_BANDS = tuple(sorted({band for bands in BANDS.values() for band in bands}))

_OPPOSED = {frozenset({"harm", "benefit"}), frozenset({"no effect", "benefit"}), frozenset({"harm", "no effect"})}


def clearly_differ(axis, ones, others):
    """Whether two sets of bands of one axis lie so far apart that a reader asks why.

    Impact: opposed directions. Strength and cost: two steps or more. Never where they share a band, as two ratings by
    outcome may, nor by what is unknown or not rated.
    """
    known = set(BANDS[axis]) - {"unknown"}
    ones, others = known.intersection(ones), known.intersection(others)
    if not ones or not others or ones & others:
        return False
    pairs = [(one, other) for one in ones for other in others]
    if axis == "impact":
        return all(frozenset(pair) in _OPPOSED for pair in pairs)
    steps = BANDS[axis].index
    return min(abs(steps(one) - steps(other)) for one, other in pairs) >= 2
