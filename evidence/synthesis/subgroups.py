"""Do groups of studies differ from each other: the moderator test for one categorical moderator."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from evidence.synthesis import errors, models
from evidence.synthesis.inference import wald
from evidence.synthesis.least_squares import fits
from evidence.synthesis.pooling import TESTS, Pooled, dispersion, pool
from evidence.synthesis.studies import checked


@dataclass(frozen=True)
class SubgroupTest:
    """`groups`: label -> Pooled, in the order the labels first appear.

    `statistic` is chi-squared with `df` degrees of freedom where `df_residual` is None, else F with
    both. It and `p` are None where the studies of every group agree perfectly and no F is defined.
    """

    groups: dict[object, Pooled]
    shared_tau2: bool
    statistic: float | None
    df: int
    df_residual: int | None
    p: float | None


def subgroup_test(effects, variances, groups, method="REML", test="knapp_hartung", shared_tau2=True, level=0.95):
    """`SubgroupTest` of k studies in m >= 2 groups; `groups` is a label a study, (k,).

    With `shared_tau2`, one meta-regression on the groups: what is left of tau2 within them is taken to be
    the same in all, and Knapp-Hartung makes the test an F with m - 1 and k - m degrees of freedom.
    Without, each group is pooled on its own, and the pooled effects are compared as chi-squared with
    m - 1. Borenstein & Higgins (2013), Prevention Science 14, 134-143; Knapp & Hartung (2003).

    Raises NotTheSameLength, OneGroup, TooFewStudies (Knapp-Hartung: as many groups as studies, or, with
    separate tau2, a group of one), UnknownChoice, what `checked` raises, and, with separate tau2, VarianceNotPositive
    where Knapp-Hartung leaves a group of equal effects no standard error.
    """
    y, v = checked(effects, variances)
    if test not in TESTS:
        raise errors.UnknownChoice(f"There is no test {test!r}; there are {', '.join(TESTS)}.")
    if len(groups) != len(y):
        raise errors.NotTheSameLength(f"There are {len(y)} studies and {len(groups)} labels of their groups.")
    members = {label: np.array([own == label for own in groups]) for label in dict.fromkeys(groups)}
    if len(members) < 2:
        raise errors.OneGroup("All studies are in one group: there is nothing to compare.")
    compare = _with_shared_tau2 if shared_tau2 else _with_separate_tau2
    return compare(y, v, members, method, test, level)


def _with_separate_tau2(y, v, members, method, test, level):
    groups = {label: pool(y[own], v[own], method, test, level) for label, own in members.items()}
    for label, pooled in groups.items():
        if pooled.se is None:
            raise errors.TooFewStudies(f"Knapp-Hartung needs two studies in every group; {label} has one.")
    # Each group counts as one study: their Q is the test.
    estimates, variances = checked([one.estimate for one in groups.values()], [one.se**2 for one in groups.values()])
    statistic, df = float(fits(estimates, variances, [0.0]).q[0]), len(groups) - 1
    return SubgroupTest(groups, False, statistic, df, None, float(special.chdtrc(df, statistic)))


def _with_shared_tau2(y, v, members, method, test, level):
    predictors = np.column_stack(list(members.values())[1:]).astype(float)
    df, df_residual = len(members) - 1, len(y) - len(members)
    if test != "z" and not df_residual:
        raise errors.TooFewStudies("Knapp-Hartung needs more studies than groups.")
    tau2 = models.estimated(y, v, method, predictors)
    fit = fits(y, v, [tau2], predictors)
    scale = dispersion(fit.q[0], df_residual, test)
    groups = {}
    for label, own in members.items():
        one = fits(y[own], v[own], [tau2])
        estimate, se = float(one.coefficients[0, 0]), float(np.sqrt(one.covariances[0, 0, 0] * scale))
        df_group = None if test == "z" else df_residual
        statistic, p, ci_lb, ci_ub = wald(estimate, se, df_group, level)
        k = int(own.sum())
        groups[label] = Pooled(method, test, level, k, estimate, se, statistic, df_group, p, ci_lb, ci_ub, tau2)
    differences = fit.coefficients[0, 1:]
    chi2 = float(differences @ np.linalg.solve(fit.covariances[0, 1:, 1:], differences))
    if test == "z":
        return SubgroupTest(groups, True, chi2, df, None, float(special.chdtrc(df, chi2)))
    if scale == 0:
        return SubgroupTest(groups, True, None, df, df_residual, None)
    f = chi2 / df / float(scale)
    return SubgroupTest(groups, True, f, df, df_residual, float(special.fdtrc(df, df_residual, f)))
