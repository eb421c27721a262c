"""Are small studies missing? Egger's test and trim and fill. Neither proves that any is."""

from dataclasses import dataclass

import numpy as np

from evidence.synthesis import errors, models
from evidence.synthesis.inference import wald
from evidence.synthesis.least_squares import fits
from evidence.synthesis.pooling import Pooled, at_tau2, dispersion
from evidence.synthesis.studies import checked

# Form: what it is, the estimator of tau2, the test.
EGGER_FORMS = {
    "reml_z": ("mixed-effects meta-regression, REML, z", "REML", "z"),
    "reml_knapp_hartung_t": ("mixed-effects meta-regression, REML, knha", "REML", "knapp_hartung"),
    "dl_z": ("mixed-effects meta-regression, DL, z", "DL", "z"),
    # Dispersion by which ordinary weighted regression multiplies is what Knapp-Hartung does at tau2 = 0.
    "classic_t": ("weighted least squares, multiplicative dispersion", "FE", "knapp_hartung"),
}
MISSING_ESTIMATORS = ("L0", "R0")


@dataclass(frozen=True)
class Egger:
    """A test whether effects go with their standard errors.

    `limit_*`: the effect predicted at a standard error of 0 and its interval, in the unit of the
    effects. `statistic` and `p` are None where the line fits perfectly and no test is defined.
    """

    test: str
    statistic: float | None
    df: int | None
    p: float | None
    limit_estimate: float
    limit_ci_lb: float
    limit_ci_ub: float


@dataclass(frozen=True)
class TrimAndFill:
    """The pooled effect with `k0` mirror studies added on `side`; `effects` and `variances` have k + k0."""

    side: str
    k0: int
    pooled: Pooled
    effects: np.ndarray
    variances: np.ndarray


def egger(effects, variances, form="reml_knapp_hartung_t", level=0.95):
    """`Egger`'s regression on the standard error, in one of the EGGER_FORMS, for k >= 3 studies.

    Egger et al. (1997), BMJ 315, 629-634; mixed-effects forms: Sterne & Egger (2005) in Publication
    Bias in Meta-Analysis, ch. 6. Raises UnknownChoice, TooFewStudies, EqualStandardErrors, and what
    `checked` raises.
    """
    y, v = checked(effects, variances)
    if form not in EGGER_FORMS:
        raise errors.UnknownChoice(f"There is no form {form!r}; there are {', '.join(EGGER_FORMS)}.")
    if len(y) < 3:
        raise errors.TooFewStudies("A line through two studies fits them whatever they are: Egger's test needs three.")
    if _standard_errors_equal(v):
        raise errors.EqualStandardErrors("All studies are equally precise: there is no small-study effect to look for.")
    test_name, method, test = EGGER_FORMS[form]
    predictors = np.sqrt(v)[:, None]
    fit = fits(y, v, [models.estimated(y, v, method, predictors)], predictors)
    df = len(y) - 2
    scale = dispersion(fit.q[0], df, test)
    limit_se, slope_se = (float(se) for se in np.sqrt(np.diagonal(fit.covariances[0]) * scale))
    limit, slope = (float(coefficient) for coefficient in fit.coefficients[0])
    df = None if test == "z" else df
    statistic, p, _, _ = wald(slope, slope_se, df, level)
    _, _, ci_lb, ci_ub = wald(limit, limit_se, df, level)
    return Egger(test_name, statistic, df, p, limit, ci_lb, ci_ub)


def trim_and_fill(effects, variances, method="REML", estimator="L0", side=None, level=0.95):
    """`TrimAndFill` of k >= 1 studies, pooled by `method` with a normal-based interval.

    `estimator` of the number missing: L0 or R0, Duval & Tweedie (2000), Biometrics 56, 455-463. `side`
    on which they are missing: "left" or "right"; None chooses the one towards which imprecise studies
    are sparse, by the slope on the standard error under the same method (left where it has none).

    Equal distances from the centre are ranked in the order of the sorted effects, and equal effects in
    the order given. Raises UnknownChoice, DidNotConverge, and what `checked` raises.
    """
    y, v = checked(effects, variances)
    if estimator not in MISSING_ESTIMATORS:
        raise errors.UnknownChoice(f"There is no estimator {estimator!r}; there are L0 and R0.")
    if side not in (None, "left", "right"):
        raise errors.UnknownChoice(f"There is no side {side!r}; there are left and right.")
    side = side or _sparse_side(y, v, method)
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    sorted_y, sorted_v = (sign * y)[order], v[order]
    k0, centre = _missing(sorted_y, sorted_v, method, estimator)
    mirrored = slice(len(y) - k0, None)
    filled_y = np.concatenate([y, sign * (2 * centre - sorted_y[mirrored])])
    filled_v = np.concatenate([v, sorted_v[mirrored]])
    pooled = at_tau2(filled_y, filled_v, models.estimated(filled_y, filled_v, method), method, "z", level)
    return TrimAndFill(side, k0, pooled, filled_y, filled_v)


def _missing(y, v, method, estimator):
    """(number of studies missing on the left, centre) for effects sorted upwards."""
    k, k0, seen = len(y), 0, []
    while True:
        seen.append(k0)
        kept_y, kept_v = y[: k - k0], v[: k - k0]
        centre = float(fits(kept_y, kept_v, [models.estimated(kept_y, kept_v, method)]).coefficients[0, 0])
        k0 = _number_missing(y - centre, estimator)
        if k0 == seen[-1]:
            return k0, centre
        if k0 in seen:
            raise errors.DidNotConverge(
                "Trim and fill went round in a circle: the number of missing studies has no value."
            )


def _number_missing(distances, estimator):
    k = len(distances)
    ranks = np.empty(k)
    ranks[np.argsort(np.abs(distances), kind="stable")] = np.arange(1, k + 1)
    if estimator == "L0":
        number = (4 * ranks[distances > 0].sum() - k * (k + 1)) / (2 * k - 1)
    elif (distances < 0).any():
        number = k - ranks[distances < 0].max() - 1
    else:
        number = 0  # all effects are equal: nothing lies on either side
    return min(max(0, round(number)), k - 1)


def _sparse_side(y, v, method):
    if len(y) < 2 or _standard_errors_equal(v):
        return "left"
    predictors = np.sqrt(v)[:, None]
    slope = fits(y, v, [models.estimated(y, v, method, predictors)], predictors).coefficients[0, 1]
    return "right" if slope < 0 else "left"


def _standard_errors_equal(v):
    return np.sqrt(v.max()) - np.sqrt(v.min()) <= 1e-8 * np.sqrt(v.max())
