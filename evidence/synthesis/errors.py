"""What can be wrong with a set of studies, by name. All are `SynthesisError`, with a sentence for a person."""


class SynthesisError(ValueError):
    """These studies have no such synthesis; the text says why."""


class NoStudies(SynthesisError):
    """There is nothing to pool."""


class TooFewStudies(SynthesisError):
    """The quantity asked for is not defined for so few studies."""


class NotTheSameLength(SynthesisError):
    """Effects, variances and what goes with them do not match one to one."""


class StudyRefused(SynthesisError):
    """One study's numbers cannot be used. `position` counts from 0; `quantity` is "effect" or "variance"."""

    def __init__(self, position, quantity, reason):
        super().__init__(f"Study {position + 1}: the {quantity} {reason}.")
        self.position = position
        self.quantity = quantity
        self.reason = reason


class NotFinite(StudyRefused):
    """An effect or a variance is missing, infinite or not a number."""


class VarianceNotPositive(StudyRefused):
    """A variance is zero or below: a study would count for everything, or against itself."""


class OutOfRange(StudyRefused):
    """A number so large or so small that its square leaves what a computer can hold."""


class VariancesTooFarApart(SynthesisError):
    """The most and the least precise study differ so much that rounding would decide the answer."""


class EqualStandardErrors(SynthesisError):
    """No line can be drawn through one point: asymmetry needs studies of different precision."""


class NoYears(SynthesisError):
    """No study has a year, so there is no order to add them in."""


class OneGroup(SynthesisError):
    """A comparison of subgroups needs two of them."""


class DidNotConverge(SynthesisError):
    """An iterative procedure went round in a circle."""


class UnknownChoice(SynthesisError):
    """A method, test, form, estimator or level that this package does not have."""
