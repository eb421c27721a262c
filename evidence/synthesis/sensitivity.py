"""Does the answer hang on one study, and when did it settle?"""

import numpy as np

from evidence.synthesis import errors, models
from evidence.synthesis.least_squares import fits
from evidence.synthesis.studies import checked


def leave_one_out(effects, variances, method="REML"):
    """The pooled estimate without each of k >= 2 studies: k floats, in the order given.

    Each time tau2 is estimated anew by `method`. Raises TooFewStudies, and what `models.tau2` raises.
    """
    y, v = checked(effects, variances)
    if len(y) < 2:
        raise errors.TooFewStudies("Without its only study a synthesis has none.")
    return [_estimate(np.delete(y, study), np.delete(v, study), method) for study in range(len(y))]


def by_year(years):
    """Positions (k ints) in the order of `years` (ints or None): ties as given, missing years last.

    Raises NoYears where no study has one.
    """
    if all(year is None for year in years):
        raise errors.NoYears("No study has a year, so there is no order to add them in.")
    return sorted(range(len(years)), key=lambda study: (years[study] is None, years[study] or 0))


def cumulative(effects, variances, order, method="REML"):
    """The pooled estimate of the first 1, 2 ... k studies of `order`, a permutation of their positions.

    Each time tau2 is estimated anew by `method`. Raises NotTheSameLength, and what `models.tau2` raises.
    """
    y, v = checked(effects, variances)
    if sorted(order) != list(range(len(y))):
        raise errors.NotTheSameLength(f"The order does not name each of the {len(y)} studies once.")
    order = list(order)
    return [_estimate(y[order[:n]], v[order[:n]], method) for n in range(1, len(y) + 1)]


def _estimate(y, v, method):
    return float(fits(y, v, [models.estimated(y, v, method)]).coefficients[0, 0])
