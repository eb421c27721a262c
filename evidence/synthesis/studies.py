"""The two columns every synthesis starts from, checked once."""

import numpy as np

from evidence.synthesis import errors

LARGEST_EFFECT = 1e30
SMALLEST_VARIANCE, LARGEST_VARIANCE = 1e-30, 1e30
# Doubles carry 16 digits; at this ratio the fewest of them are left that a result to 1e-6 needs.
LARGEST_RATIO = 1e10


def checked(effects, variances):
    """(effects, variances) as float arrays of shape (k,), k at least 1.

    `effects` are on any scale on which they may be averaged, `variances` are their squared standard
    errors on that scale. Raises NotTheSameLength, NoStudies, NotFinite, VarianceNotPositive, OutOfRange
    or VariancesTooFarApart.
    """
    y, v = _floats(effects, "effect"), _floats(variances, "variance")
    if len(y) != len(v):
        raise errors.NotTheSameLength(f"There are {len(y)} effects and {len(v)} variances.")
    if not len(y):
        raise errors.NoStudies("There are no studies to pool.")
    _refuse(errors.NotFinite, ~np.isfinite(y), "effect", "is missing or not a finite number")
    _refuse(errors.NotFinite, ~np.isfinite(v), "variance", "is missing or not a finite number")
    _refuse(errors.VarianceNotPositive, v <= 0, "variance", "is not above zero")
    _refuse(errors.OutOfRange, np.abs(y) > LARGEST_EFFECT, "effect", "is too large to calculate with")
    _refuse(errors.OutOfRange, v < SMALLEST_VARIANCE, "variance", "is too small to calculate with")
    _refuse(errors.OutOfRange, v > LARGEST_VARIANCE, "variance", "is too large to calculate with")
    if v.max() / v.min() > LARGEST_RATIO:
        raise errors.VariancesTooFarApart(
            f"The largest variance is more than {LARGEST_RATIO:.0e} times the smallest; "
            "they cannot be pooled reliably. Is one of them a standard error, or in another unit?"
        )
    return y, v


def _floats(values, quantity):
    """A float array of `values`; None becomes not-a-number, so that it is refused with its position."""
    numbers = []
    for position, value in enumerate(values):
        try:
            numbers.append(np.nan if value is None else float(value))
        except (TypeError, ValueError, OverflowError):
            raise errors.NotFinite(position, quantity, "is missing or not a finite number") from None
    return np.array(numbers, dtype=float)


def _refuse(error, wrong, quantity, reason):
    """Raise `error` for the first study for which `wrong`, an array of booleans, is true."""
    if wrong.any():
        raise error(int(np.argmax(wrong)), quantity, reason)
