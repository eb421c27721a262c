"""How much true effects differ between studies: estimators of tau2, their variance."""

import numpy as np
from scipy.optimize import brentq

from evidence.synthesis import errors
from evidence.synthesis.least_squares import fits, residual_sum
from evidence.synthesis.studies import checked

METHODS = ("FE", "REML", "DL", "PM")
POINTS_PER_DECADE = 16


def tau2(effects, variances, method="REML", predictors=None):
    """tau2 by `method`, in the squared unit of the effects; never below 0.

    `effects`, `variances`: (k,); `predictors`: (k, p - 1) moderators or None. FE (one common effect) is
    0 by definition, and so is every method where k studies leave no degree of freedom (k <= p).

    REML: restricted maximum likelihood, Viechtbauer (2005). DL: DerSimonian & Laird (1986), Controlled
    Clinical Trials 7, 177-188. PM: Paule & Mandel (1982), Journal of Research of the NBS 87, 377-385.
    Raises UnknownChoice, and what `studies.checked` raises.
    """
    return estimated(*checked(effects, variances), method, predictors)


def estimated(y, v, method, predictors=None):
    """`tau2` of arrays that have passed `checked`, or were made from such (mirrored studies reach further)."""
    if method not in METHODS:
        raise errors.UnknownChoice(f"There is no method {method!r}; there are {', '.join(METHODS)}.")
    coefficients = 1 if predictors is None else 1 + np.shape(predictors)[1]
    df = len(y) - coefficients
    if method == "FE" or df <= 0:
        return 0.0
    return {"REML": _reml, "DL": _dersimonian_laird, "PM": _paule_mandel}[method](y, v, df, predictors)


def where_q_is(value, y, v, predictors=None):
    """The tau2 at which the generalised Q statistic has fallen to `value` (above 0), or 0 if it starts below.

    Q falls steadily with tau2. Used with df (Paule-Mandel) and with chi-squared quantiles (Q-profile).
    """
    if fits(y, v, [0.0], predictors).q[0] <= value:
        return 0.0
    # Q is at most (residual sum) / (smallest variance + tau2), which is below `value` here; the margin is for rounding.
    upper = residual_sum(y, predictors) / value * 1.001
    return _root(lambda t: fits(y, v, [t], predictors).q[0] - value, 0.0, upper, v)


def _dersimonian_laird(y, v, df, predictors):
    fixed = fits(y, v, [0.0], predictors)
    return max(0.0, float((fixed.q[0] - df) / fixed.trace[0]))


def _paule_mandel(y, v, df, predictors):
    return where_q_is(df, y, v, predictors)


def _reml(y, v, df, predictors):
    """The highest of all maxima of the restricted likelihood, 0 included.

    The likelihood can have several. The score is looked at on a grid that is fine on the logarithmic
    scale, on which nothing about it is narrower than a factor of about two; a fall through zero brackets
    a maximum. A maximum missed within one cell lies on a stretch that is all but level beside its
    neighbours, so it cannot be the highest by more than rounding.
    """
    share = residual_sum(y, predictors) / df
    # The score is negative from here on: each weight is between 1/(vmax + t) and 1/(vmin + t).
    upper = (share / 2 + np.sqrt(share**2 / 4 + share * v.max())) * 1.001
    lowest = v.min() * 1e-3
    if upper <= lowest:
        grid = np.array([0.0, lowest])
    else:
        points = int(np.ceil(POINTS_PER_DECADE * np.log10(upper / lowest))) + 2
        grid = np.concatenate([[0.0], np.geomspace(lowest, upper, points)])
    score = fits(y, v, grid, predictors).score
    falls = np.flatnonzero((score[:-1] > 0) & (score[1:] <= 0))
    maxima = [0.0] + [
        _root(lambda t: fits(y, v, [t], predictors).score[0], grid[cell], grid[cell + 1], v) for cell in falls
    ]
    return float(maxima[int(np.argmax(fits(y, v, maxima, predictors).log_likelihood))])


def _root(function, lower, upper, v):
    """Where `function` falls through zero between two values of tau2."""
    # Rounding can put the change of sign on a bound itself.
    if function(lower) <= 0:
        return float(lower)
    if function(upper) >= 0:
        return float(upper)
    # A tau2 below 1e-15 of the smallest variance changes no weight.
    return float(brentq(function, lower, upper, xtol=1e-15 * v.min(), rtol=8.9e-16, maxiter=1000))
