"""The pooled estimate: inverse-variance weights, with or without Knapp-Hartung."""

from dataclasses import dataclass

import numpy as np

from evidence.synthesis import errors, models
from evidence.synthesis.inference import wald
from evidence.synthesis.least_squares import fits
from evidence.synthesis.studies import checked

TESTS = ("z", "knapp_hartung", "knapp_hartung_adhoc")


@dataclass(frozen=True)
class Pooled:
    """A pooled effect, in the unit of the effects (`tau2` in its square).

    `df` is None under the normal distribution. `statistic` and `p` are None where no test is defined: a
    standard error of 0, which Knapp-Hartung gives when all effects are equal. With one study
    Knapp-Hartung has no standard error either, and everything that needs one is None.
    """

    method: str
    test: str
    level: float
    k: int
    estimate: float
    se: float | None
    statistic: float | None
    df: int | None
    p: float | None
    ci_lb: float | None
    ci_ub: float | None
    tau2: float


def pool(effects, variances, method="REML", test="knapp_hartung", level=0.95):
    """`Pooled` effect of k >= 1 studies.

    `effects`, `variances`: (k,). `method`: one of models.METHODS; FE is the inverse-variance fixed
    effect. `test`: "z" is normal-based. "knapp_hartung" scales the variance by the weighted residuals
    and uses t with k - 1 degrees of freedom; "knapp_hartung_adhoc" does so too, but never narrows.

    Knapp & Hartung (2003), Statistics in Medicine 22, 2693-2710; never narrower: Roever, Knapp & Friede
    (2015), BMC Medical Research Methodology 15, 99. Raises UnknownChoice, and what `checked` raises.
    """
    y, v = checked(effects, variances)
    if test not in TESTS:
        raise errors.UnknownChoice(f"There is no test {test!r}; there are {', '.join(TESTS)}.")
    return at_tau2(y, v, models.estimated(y, v, method), method, test, level)


def at_tau2(y, v, tau2, method, test, level):
    """`Pooled` effect at a tau2 that is known; arrays must have passed `checked`."""
    fit = fits(y, v, [tau2])
    k, estimate = len(y), float(fit.coefficients[0, 0])
    df = None if test == "z" else k - 1
    if df == 0:
        return Pooled(method, test, level, k, estimate, None, None, None, None, None, None, tau2)
    se = float(np.sqrt(fit.covariances[0, 0, 0] * dispersion(fit.q[0], df, test)))
    statistic, p, ci_lb, ci_ub = wald(estimate, se, df, level)
    return Pooled(method, test, level, k, estimate, se, statistic, df, p, ci_lb, ci_ub, tau2)


def dispersion(q, df, test):
    """What the variance of a coefficient is multiplied by under `test`; `q` is the fit's own Q."""
    if test == "z":
        return 1.0
    return max(1.0, q / df) if test == "knapp_hartung_adhoc" else q / df
