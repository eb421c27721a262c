"""Where the effect of a new study, or a new place, is likely to lie."""

from math import hypot, sqrt

from evidence.synthesis import errors
from evidence.synthesis.inference import quantile

CONVENTIONS = ("default", "riley")


def prediction_interval(pooled, convention="default"):
    """(lower, upper) of a `pooling.Pooled` result, in the unit of the effects, or None where there is none.

    "default": the distribution of the pooled estimate's own interval (normal, or t with k - 1 degrees
    of freedom under Knapp-Hartung). "riley": t with k - 2, Higgins, Thompson & Spiegelhalter (2009),
    JRSS A 172, 137-159, and Riley, Higgins & Deeks (2011), BMJ 342, d549. Say which one is shown.

    None for a fixed effect (nothing varies), for one study, and for two under "riley". Raises
    UnknownChoice.
    """
    if convention not in CONVENTIONS:
        raise errors.UnknownChoice(f"There is no convention {convention!r}; there are {', '.join(CONVENTIONS)}.")
    if pooled.method == "FE" or pooled.k < (3 if convention == "riley" else 2):
        return None
    df = pooled.k - 2 if convention == "riley" else pooled.df
    reach = quantile(pooled.level, df) * hypot(pooled.se, sqrt(pooled.tau2))
    return pooled.estimate - reach, pooled.estimate + reach
