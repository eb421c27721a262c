"""What an effect size says about two overlapping groups: improvement index, U3 and its relations."""

import math

from evidence.effects.conversion import NORMAL, TWO_NORMAL_CURVES, Conversion, Source, finite

WWC_HANDBOOK = Source(
    "What Works Clearinghouse, Procedures and Standards Handbook, appendix F",
    "version 2.0, 2008",
    "https://webarchive.library.unt.edu/eot2008/20090326152425/http:/ies.ed.gov/ncee/wwc/references/"
    "iDocViewer/Doc.aspx?docId=19&tocId=12",
)
U3_SOURCE = Source("MetricGate, Cohen's U3", "undated", "https://metricgate.com/docs/cohens-u3")
U_SOURCE = Source(
    "Peter's statistics, Cohen's U", "undated", "https://www.peterstatistics.com/Terms/EffectSizes/CohenU.html"
)


def improvement_index(g):
    """Percentile points, from −50 to +50, that an average comparison member would move: 100 × (Φ(g) − 0.5).

    Raises CannotConvert when `g` is no number.
    """
    # erf, not Φ(g) − 0.5: two numbers near a half cancel, and a small effect would lose its digits.
    return Conversion(
        value=50 * math.erf(finite("The effect size", g) / math.sqrt(2)),
        unit="percentile points",
        rule="100 × (Φ(g) − 0.5): how far the average person of the comparison group would move, in percentiles, "
        "had they taken part.",
        assumptions=TWO_NORMAL_CURVES,
        source=WWC_HANDBOOK,
    )


def u3(g):
    """Share of the comparison group below the average participant: Φ(g). Raises CannotConvert when `g` is no number."""
    return Conversion(
        value=NORMAL.cdf(finite("The effect size", g)),
        unit="share of the comparison group",
        rule="Cohen's U3, Φ(g): the share of the comparison group that the average participant does better than.",
        assumptions=TWO_NORMAL_CURVES,
        source=U3_SOURCE,
    )


def chance_of_doing_better(g):
    """Chance that a random participant does better than a random non-participant: Φ(g/√2).

    Raises CannotConvert when `g` is no number.
    """
    return Conversion(
        value=NORMAL.cdf(finite("The effect size", g) / math.sqrt(2)),
        unit="chance",
        rule="Φ(g/√2): the chance that someone who took part does better than someone who did not, "
        "both picked at random.",
        assumptions=TWO_NORMAL_CURVES,
        source=U_SOURCE,
    )


def overlap(g):
    """Share that the two groups' curves have in common: 2Φ(−|g|/2). Raises CannotConvert when `g` is no number."""
    return Conversion(
        value=2 * NORMAL.cdf(-abs(finite("The effect size", g)) / 2),
        unit="share in common",
        rule="2Φ(−|g|/2): how much of the two groups' curves lies on top of each other.",
        assumptions=TWO_NORMAL_CURVES[:1],
        source=U_SOURCE,
    )
