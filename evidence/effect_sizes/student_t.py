"""Student's t distribution: two-sided p values, and the t that has one.

Written out instead of taken from SciPy, which would be a 100 MB dependency of the editors' process for
one function. The tail area is the regularised incomplete beta function I_x(df/2, 1/2) at
x = df/(df + t²), by its continued fraction (Lentz's method, DLMF 8.17.22), which converges on the
side of x chosen here; the inverse is a bisection on ln t, which cannot miss because the tail only falls.
Both hold 11 digits or more against the closed forms of df 1 and 2, down to p = 1e-300.
"""

import math
from statistics import NormalDist

LEAST_P = 1e-300
# From here on the fraction is slow, and the expansion about the normal quantile is exact to as many digits.
MANY_DEGREES = 100_000


def log_gamma_step(a):
    """ln Γ(a + ½) − ln Γ(a) for a > 0, without the digits that two large logarithms lose in cancelling."""
    if a < 50:
        return math.lgamma(a + 0.5) - math.lgamma(a)
    # The asymptotic series (DLMF 5.11.13 with a and a + ½); its next term is below 1e-13 at a = 50.
    return 0.5 * math.log(a) - 1 / (8 * a) + 1 / (192 * a**3) - 1 / (640 * a**5)


def two_sided_p(t, df):
    """Chance that |T| exceeds |t| at `df` degrees of freedom (df from 2 to MANY_DEGREES)."""
    a, ratio = df / 2, abs(t) / math.sqrt(df)
    if ratio == 0:
        return 1.0
    # ln x and ln(1 − x), where x = 1/(1 + t²/df).
    log_x = -math.log1p(ratio * ratio)
    log_rest = log_x + 2 * math.log(ratio)
    front = math.exp(a * log_x + 0.5 * log_rest + log_gamma_step(a) - 0.5 * math.log(math.pi))
    x = math.exp(log_x)
    if x < (a + 1) / (a + 2.5):
        return front * beta_fraction(a, 0.5, x) / a
    return 1 - front * beta_fraction(0.5, a, math.exp(log_rest)) / 0.5


def t_for_two_sided_p(p, df):
    """The t (at least 0) whose two-sided p value at `df` degrees of freedom (from 2) is `p`, LEAST_P to 1."""
    if p == 1:
        return 0.0
    if df > MANY_DEGREES:
        return expansion(-NormalDist().inv_cdf(p / 2), df)
    low, high = -745.0, 705.0  # ln of the smallest and the largest float, nearly
    for _ in range(70):  # halves the bracket below the spacing of its floats
        middle = (low + high) / 2
        if two_sided_p(math.exp(middle), df) > p:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)


def beta_fraction(a, b, x):
    """The continued fraction of I_x(a, b), for x below (a + 1)/(a + b + 2)."""
    tiny = 1e-300
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or tiny)
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / (1 + step * d or tiny)
            c = 1 + step / c or tiny
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def expansion(z, df):
    """The t quantile about the normal quantile `z` (Abramowitz and Stegun 26.7.5, four terms)."""
    z2 = z * z
    terms = (
        (z2 + 1) / 4,
        ((5 * z2 + 16) * z2 + 3) / 96,
        (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
        ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160,
    )
    return z * (1 + sum(term / df**power for power, term in enumerate(terms, start=1)))
