"""The results of a synthesis as text: what `evidence.synthesis` computes, in the shape of the payload.

Importing this imports scipy, so it is imported where a synthesis is asked for, and not before.
"""

from dataclasses import dataclass

from evidence import synthesis
from toolkits import payloads
from toolkits.snapshots.numbers import shown, text

# These say that a quantity does not exist for the studies, not that the studies are wrong.
NOT_DEFINED = (
    synthesis.TooFewStudies,
    synthesis.EqualStandardErrors,
    synthesis.NoYears,
    synthesis.DidNotConverge,
    synthesis.OneGroup,
)


@dataclass(frozen=True)
class Included:
    """The studies to pool, one a row: on the scale of the metric, in the order of the table."""

    records: list[int]
    labels: list[str]
    years: list[int | None]
    subgroups: list[str]
    effects: list[float]
    variances: list[float]
    people: list[int | None]


def _or_none(part, *arguments):
    try:
        return part(*arguments)
    except NOT_DEFINED:
        return None


@dataclass(frozen=True)
class Results:
    """What `pooled_results` found: the parts of a payloads.Synthesis that are computed, and each study's weight."""

    weights: list[str]
    parts: dict


def pooled_results(included, *, metric, method, test, prediction):
    """Results of pooling `included`; without a pooled effect `parts["unpooled"]` says why, in a sentence."""
    if not included.effects:
        return Results([], {"unpooled": "No study is included."})
    try:
        return _results(included, metric, method, test, prediction)
    except synthesis.StudyRefused as refused:
        label = included.labels[refused.position]
        return Results([], {"unpooled": f"{label}: the {refused.quantity} {refused.reason}."})
    except synthesis.SynthesisError as error:
        return Results([], {"unpooled": str(error)})


def _results(included, metric, method, test, prediction):
    data = (included.effects, included.variances)
    pooled = synthesis.pool(*data, method, test)
    fixed = synthesis.pool(*data, "FE", "z")
    cochran = synthesis.cochran(*data)
    i2, _h2 = synthesis.i2_h2(*data, None if method == "FE" else pooled.tau2)
    profile = _or_none(synthesis.q_profile, *data) if method != "FE" else None
    predicted = synthesis.prediction_interval(pooled, prediction)
    people = [number for number in included.people if number is not None]
    parts = {
        "pooled": payloads.Pooled(
            k=pooled.k,
            people=sum(people) if people else None,
            people_not_recorded=len(included.people) - len(people),
            estimate=text(pooled.estimate),
            se=text(pooled.se),
            p=text(pooled.p),
            shown=shown(metric, pooled.estimate, pooled.ci_lb, pooled.ci_ub),
            prediction=shown(metric, pooled.estimate, *predicted) if predicted else None,
            fixed=shown(metric, fixed.estimate, fixed.ci_lb, fixed.ci_ub),
            tau2=text(pooled.tau2),
            tau2_low=text(profile and profile.tau2_lb),
            tau2_high=text(profile and profile.tau2_ub),
            i2=text(i2),
            q=text(cochran.q),
            q_df=cochran.df,
            q_p=text(cochran.p),
        ),
        "subgroups": _subgroups(included, metric, method, test),
        "leave_one_out": _leave_one_out(included, metric, method, test),
        "cumulative": _cumulative(included, metric, method, test),
        "bias": _bias(included, metric, method),
    }
    inverse = [1 / (variance + pooled.tau2) for variance in included.variances]
    return Results([text(100 * weight / sum(inverse)) for weight in inverse], parts)


def _subgroups(included, metric, method, test):
    if not all(included.subgroups):
        return None
    found = _or_none(synthesis.subgroup_test, included.effects, included.variances, included.subgroups, method, test)
    if found is None:
        return None
    groups = [
        payloads.Subgroup(name=name, k=pooled.k, shown=shown(metric, pooled.estimate, pooled.ci_lb, pooled.ci_ub))
        for name, pooled in found.groups.items()
    ]
    return payloads.Subgroups(groups=groups, statistic=text(found.statistic), p=text(found.p))


def _leave_one_out(included, metric, method, test):
    places = range(len(included.effects))
    if len(places) < 2:
        return []
    return (
        _or_none(lambda: [_step(included, metric, method, test, place, {*places} - {place}, None) for place in places])
        or []
    )


def _cumulative(included, metric, method, test):
    order = _or_none(synthesis.by_year, included.years)
    if order is None:
        return []
    return (
        _or_none(
            lambda: [
                _step(included, metric, method, test, place, order[: number + 1], included.years[place])
                for number, place in enumerate(order)
            ]
        )
        or []
    )


def _step(included, metric, method, test, place, places, year):
    """The payloads.Without that is named for the study at `place` and pools those at `places`."""
    chosen = sorted(places)
    pooled = synthesis.pool(
        [included.effects[each] for each in chosen], [included.variances[each] for each in chosen], method, test
    )
    interval = shown(metric, pooled.estimate, pooled.ci_lb, pooled.ci_ub)
    return payloads.Without(
        study=included.records[place],
        label=included.labels[place],
        shown=interval.value,
        year=year,
        low=interval.low,
        high=interval.high,
    )


def _bias(included, metric, method):
    data = (included.effects, included.variances)
    egger = _or_none(synthesis.egger, *data)
    filled = _or_none(synthesis.trim_and_fill, *data, method)
    if egger is None or filled is None:
        return None
    return payloads.Bias(
        egger_statistic=text(egger.statistic),
        egger_p=text(egger.p),
        filled=filled.k0,
        side=filled.side,
        filled_shown=shown(metric, filled.pooled.estimate, filled.pooled.ci_lb, filled.pooled.ci_ub),
        filled_studies=[
            payloads.FilledStudy(effect=text(effect), variance=text(variance))
            for effect, variance in list(zip(filled.effects, filled.variances, strict=True))[len(included.effects) :]
        ],
    )
