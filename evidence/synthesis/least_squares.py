"""Weighted least squares at a given tau2: the one computation under every model here.

A study's weight is 1 / (variance + tau2). Without predictors the fit is the weighted mean; with them,
a meta-regression with an intercept. Formulas: Viechtbauer (2005), Journal of Educational and
Behavioral Statistics 30(3), 261-293; Raudenbush (2009) in The Handbook of Research Synthesis, ch. 16.
"""

from typing import NamedTuple

import numpy as np


class Fits(NamedTuple):
    """Fits at g values of tau2 to k studies with p coefficients, the intercept first."""

    coefficients: np.ndarray  # (g, p)
    covariances: np.ndarray  # (g, p, p), of the coefficients, where the weights are right
    q: np.ndarray  # (g,) the weighted sum of squared residuals
    trace: np.ndarray  # (g,) of P = W - W X (X'WX)^-1 X'W
    score: np.ndarray  # (g,) derivative of the restricted log-likelihood with respect to tau2
    log_likelihood: np.ndarray  # (g,) restricted, less a constant


def fits(y, v, tau2, predictors=None):
    """`Fits` to effects `y` and variances `v`, both (k,), at every value of `tau2`, (g,).

    `predictors`: (k, p - 1), or None for the weighted mean; with the intercept they must be independent.
    """
    # Measured from the most precise study: its own residual, tiny beside a large weight, keeps its digits.
    most_precise = int(np.argmin(v))
    origin = y[most_precise]
    y = y - origin
    w = 1 / (v + np.asarray(tau2, dtype=float)[:, None])
    solved = _mean(y, w, most_precise) if predictors is None else _regression(y, w, predictors)
    coefficients, covariances, residuals, not_leverage, log_det = solved
    q = np.sum(w * residuals**2, axis=1)
    trace = np.sum(w * not_leverage, axis=1)
    return Fits(
        coefficients=coefficients + np.eye(1, coefficients.shape[1]) * origin,
        covariances=covariances,
        q=q,
        trace=trace,
        score=(np.sum((w * residuals) ** 2, axis=1) - trace) / 2,
        log_likelihood=(np.sum(np.log(w), axis=1) - log_det - q) / 2,
    )


def residual_sum(y, predictors=None):
    """The unweighted sum of squared residuals: what bounds every root from above."""
    return float(fits(y, np.ones_like(y), [0.0], predictors).q[0])


def _mean(y, w, most_precise):
    total = w.sum(axis=1)
    mean = w @ y / total
    # total - w loses all digits where one study has nearly all the weight: that one is summed without itself.
    others = total[:, None] - w
    others[:, most_precise] = np.delete(w, most_precise, axis=1).sum(axis=1)
    return mean[:, None], 1 / total[:, None, None], y - mean[:, None], others / total[:, None], np.log(total)


def _regression(y, w, predictors):
    design = np.column_stack([np.ones_like(y), predictors])
    root = np.sqrt(w)
    q, r = np.linalg.qr(root[:, :, None] * design)
    inverse = np.linalg.inv(r)
    coefficients = np.einsum("gij,gkj,gk->gi", inverse, q, root * y)
    covariances = inverse @ np.swapaxes(inverse, 1, 2)
    log_det = 2 * np.sum(np.log(np.abs(np.diagonal(r, axis1=1, axis2=2))), axis=1)
    return coefficients, covariances, y - coefficients @ design.T, 1 - np.sum(q**2, axis=2), log_det
