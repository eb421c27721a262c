"""The scales that effects are pooled on, by the codes that data files use. Pure: plain Python."""

import math
from dataclasses import dataclass

LARGEST_LOGARITHM = 700  # a float holds no exponential of more than 709


@dataclass(frozen=True)
class Metric:
    """A scale: its code in files, its name, what its numbers are shown as, and whether they are logarithms of ratios."""

    code: str
    name: str
    shown_as: str
    ratio: bool = False

    @property
    def nothing(self):
        """The value, as shown, that means no difference: 1 for a ratio, 0 otherwise."""
        return 1.0 if self.ratio else 0.0

    def display(self, value):
        """`value`, on the scale it is pooled on, as readers see it: ratios by exp, correlations by tanh."""
        if self.ratio:
            return math.exp(min(value, LARGEST_LOGARITHM))
        return math.tanh(value) if self.code == "COR-z" else value


METRICS = {
    metric.code: metric
    for metric in (
        Metric("SMD", "Standardised mean difference", "standard deviations"),
        Metric("logOR", "Log odds ratio", "odds ratio", ratio=True),
        Metric("logRR", "Log risk ratio", "risk ratio", ratio=True),
        Metric("COR-z", "Fisher's z of a correlation", "correlation"),
        Metric("MD", "Mean difference", "the outcome's own unit"),
    )
}
