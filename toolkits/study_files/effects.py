"""The effect of a row, from whatever numbers it gives: which formula that is, and how it was turned. Pure."""

from dataclasses import replace
from typing import NamedTuple

from evidence import effect_sizes
from evidence.effect_sizes import CannotCompute

# Codes of files and of the database -> what the computations call them.
METRICS = {"SMD": "SMD", "logOR": "log OR", "logRR": "log RR", "COR-z": "Fisher z", "MD": "MD"}
NUMBERS = (
    *("effect", "variance", "standard_error", "lower", "upper", "events_1", "events_2", "mean_1", "mean_2"),
    *("sd_1", "sd_2", "t", "f", "p", "r"),
)
# What a computation calls a number -> the field it stands in.
FIELD_OF = {
    "standard error": "standard_error",
    "lower end of the interval": "lower",
    "upper end of the interval": "upper",
    "confidence level": "level",
    "odds ratio": "effect",
    "risk ratio": "effect",
    "number of events in arm 1": "events_1",
    "number of events in arm 2": "events_2",
    "number of people in arm 1": "n_1",
    "number of people in arm 2": "n_2",
    "mean of arm 1": "mean_1",
    "mean of arm 2": "mean_2",
    "standard deviation of arm 1": "sd_1",
    "standard deviation of arm 2": "sd_2",
    "p value": "p",
    "F": "f",
    "correlation": "r",
    "number of people": "n_total",
    "which arm was the higher": "intervention_higher",
}


class Way(NamedTuple):
    """One way to an effect: the numbers that say it is meant, and the computation."""

    tells: tuple
    compute: object


def _take(row, *names):
    return {name: row.get(name) for name in names}


def _given(metric):
    return lambda row: effect_sizes.as_given(
        METRICS[metric], row.get("effect"), variance=row.get("variance"), standard_error=row.get("standard_error")
    )


def _interval(function, middle="effect", people=True):
    def compute(row):
        numbers = {"lower": row.get("lower"), "upper": row.get("upper"), middle: row.get("effect")}
        if row.get("level") is not None:
            numbers["level"] = row["level"]
        if people:
            numbers |= _take(row, "n_1", "n_2")
        if function is effect_sizes.smd_from_interval and row.get("corrected") is not None:
            numbers["corrected"] = row["corrected"]
        return function(**numbers)

    return compute


def _from(function, *names):
    return lambda row: function(**_take(row, *names))


def _signed(function, name):
    return lambda row: function(**_take(row, name, "n_1", "n_2"), arm_1_higher=row.get("intervention_higher"))


MEANS = ("mean_1", "sd_1", "n_1", "mean_2", "sd_2", "n_2")
COUNTS = ("events_1", "n_1", "events_2", "n_2")


def _ways(metric):
    """The ways to an effect on a metric, the one that loses least first."""
    ways = [Way(("variance",), _given(metric)), Way(("standard_error",), _given(metric))]
    if metric == "SMD":
        ways += [
            Way(("mean_1", "mean_2"), _from(effect_sizes.smd_from_means, *MEANS)),
            Way(("lower", "upper"), _interval(effect_sizes.smd_from_interval)),
            Way(("t",), _from(effect_sizes.smd_from_t, "t", "n_1", "n_2")),
            Way(("f",), _signed(effect_sizes.smd_from_f, "f")),
            Way(("p",), _signed(effect_sizes.smd_from_p, "p")),
        ]
    elif metric == "MD":
        ways += [
            Way(("mean_1", "mean_2"), _from(effect_sizes.mean_difference, *MEANS)),
            Way(("lower", "upper"), _interval(effect_sizes.mean_difference_from_interval)),
        ]
    elif metric == "COR-z":
        ways.append(Way(("r",), lambda row: effect_sizes.fisher_z(r=row.get("r"), n=row.get("n_total"))))
    else:
        counts, interval = {
            "logOR": (effect_sizes.log_odds_ratio, effect_sizes.log_odds_ratio_from_interval),
            "logRR": (effect_sizes.log_risk_ratio, effect_sizes.log_risk_ratio_from_interval),
        }[metric]
        ways += [
            Way(("events_1", "events_2"), _from(counts, *COUNTS)),
            Way(("lower", "upper"), _interval(interval, "ratio", people=False)),
        ]
    return ways


def has_numbers(row):
    """Whether a row gives any number that an effect could follow from."""
    return any(row.get(name) is not None for name in NUMBERS)


def computed(metric, row):
    """The EffectSize of a row (its values by field) on `metric`. Raises CannotCompute."""
    for way in _ways(metric):
        if all(row.get(name) is not None for name in way.tells):
            return way.compute(row)
    options = "; ".join(" and ".join(way.tells) for way in _ways(metric))
    raise CannotCompute(
        "effect",
        f"No {metric} follows from the numbers of this row",
        f"Give the effect with one of these, or one of these alone: {options}",
    )


def aligned(effect, *, file_higher, better):
    """`effect` turned to the synthesis's side, where the file counts the other way; said in its conversions.

    `file_higher` is whether a higher figure of the file is the better one (None: as in the synthesis), `better` is
    what the synthesis says: higher, lower or neither. Raises CannotCompute where it says neither.
    """
    if file_higher is None:
        return effect
    if better == "neither":
        raise CannotCompute(
            "higher_is_better",
            "The synthesis says that neither side is better, so no direction can be aligned with it",
            "Say in the synthesis which is better, or leave the direction of the file as it is",
        )
    if file_higher == (better == "higher"):
        return effect
    if better == "higher":
        return effect_sizes.align(effect, higher_is_better=False)
    words = "Sign reversed: in the file a higher figure is the better one, in this synthesis a lower."
    return replace(effect, effect=0.0 - effect.effect, conversions=(*effect.conversions, words))
