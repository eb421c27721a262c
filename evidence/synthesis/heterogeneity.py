"""Whether and how much the studies differ: Q, I2, H2, and the Q-profile interval."""

from dataclasses import dataclass

from scipy import special

from evidence.synthesis import errors
from evidence.synthesis.least_squares import fits
from evidence.synthesis.models import where_q_is
from evidence.synthesis.studies import checked


@dataclass(frozen=True)
class Cochran:
    """Cochran's test that all studies share one effect. With one study q and df are 0 and p is 1."""

    q: float
    df: int
    p: float


@dataclass(frozen=True)
class Profile:
    """Interval of tau2 (squared unit of the effects), I2 (per cent) and H2 (a ratio).

    `empty`: the studies agree better than chance would have them, so no tau2 of 0 or more is
    compatible with them at this level; the bounds are then those of 0.
    """

    tau2_lb: float
    tau2_ub: float
    i2_lb: float
    i2_ub: float
    h2_lb: float
    h2_ub: float
    empty: bool


def cochran(effects, variances):
    """`Cochran`'s Q of k >= 1 studies, chi-squared with k - 1 degrees of freedom.

    Cochran (1954), Biometrics 10, 101-129. Raises what `checked` raises.
    """
    y, v = checked(effects, variances)
    q, df = float(fits(y, v, [0.0]).q[0]), len(y) - 1
    return Cochran(q, df, float(special.chdtrc(df, q)) if df else 1.0)


def i2_h2(effects, variances, tau2=None):
    """(I2 in per cent, H2 as a ratio), or (None, None) for one study.

    With `tau2` they follow a random-effects model's own tau2 and the typical sampling variance; without
    (None), as for a fixed effect, Q: I2 is then at least 0, and H2 is Q / df. Higgins & Thompson (2002),
    Statistics in Medicine 21, 1539-1558. Raises what `checked` raises.
    """
    y, v = checked(effects, variances)
    df = len(y) - 1
    if not df:
        return None, None
    fixed = fits(y, v, [0.0])
    if tau2 is None:
        q = float(fixed.q[0])
        return (max(0.0, 100 * (q - df) / q) if q else 0.0), q / df
    return _of_tau2(tau2, df / float(fixed.trace[0]))


def q_profile(effects, variances, level=0.95):
    """The `Profile` interval of tau2 by inverting Q, for k >= 2 studies.

    Viechtbauer (2007), Statistics in Medicine 26, 37-52. Raises TooFewStudies, UnknownChoice, and what
    `checked` raises.
    """
    y, v = checked(effects, variances)
    df = len(y) - 1
    if not df:
        raise errors.TooFewStudies("One study says nothing about how much studies differ.")
    if not 0 < level < 1:
        raise errors.UnknownChoice(f"The level of an interval lies between 0 and 1, not {level!r}.")
    fixed = fits(y, v, [0.0])
    tail = (1 - level) / 2
    least, most = float(special.chdtri(df, 1 - tail)), float(special.chdtri(df, tail))
    lower, upper = where_q_is(most, y, v), where_q_is(least, y, v)
    typical = df / float(fixed.trace[0])
    (i2_lb, h2_lb), (i2_ub, h2_ub) = _of_tau2(lower, typical), _of_tau2(upper, typical)
    return Profile(lower, upper, i2_lb, i2_ub, h2_lb, h2_ub, empty=bool(fixed.q[0] < least))


def _of_tau2(tau2, typical):
    return 100 * tau2 / (typical + tau2), tau2 / typical + 1
