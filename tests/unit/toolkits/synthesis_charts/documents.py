"""Documents of syntheses for the tests of their charts."""

import math

from toolkits import payloads

QUANTILE = 1.959963984540054
EVEN = {"logOR": math.log, "logRR": math.log, "COR-z": math.atanh}


def document(effects, *, metric="SMD", better="higher", weights=None, names=(), subgroups=None, **fields):
    """A synthesis as published, with a row for each (value, low, high) as shown; the first is the pooled effect."""
    even = EVEN.get(metric, float)
    weights = weights or [100 / len(effects)] * len(effects)
    rows = [
        payloads.StudyRow(
            study=payloads.StudyFacts(record=20001 + place, label=f"Study {place}"),
            finding=payloads.Finding(
                effect=repr(even(effect[0])),
                variance=repr(((even(effect[2]) - even(effect[1])) / 2 / QUANTILE) ** 2),
                shown=payloads.Interval(*(repr(float(number)) for number in effect)),
                weight=repr(weight),
            ),
            subgroup=names[place] if names else "",
        )
        for place, (effect, weight) in enumerate(zip(effects, weights, strict=True))
    ]
    middle = payloads.Interval(*(repr(float(number)) for number in effects[0]))
    pooled = payloads.Pooled(
        k=len(rows),
        people=None,
        people_not_recorded=len(rows),
        estimate=repr(even(effects[0][0])),
        se="1",
        p="",
        shown=middle,
        prediction=None,
        fixed=middle,
        tau2="0",
        tau2_low="",
        tau2_high="",
        i2="0",
        q="0",
        q_df=0,
        q_p="",
    )
    return payloads.Synthesis(
        record=8001,
        slug="x",
        name="X",
        question="?",
        centre=None,
        illustrative=False,
        interventions=[],
        outcome=None,
        outcome_measured="x",
        comparison="",
        metric=metric,
        unit="",
        better=better,
        method="REML",
        test="knapp_hartung",
        prediction="default",
        rows=rows,
        pooled=pooled,
        subgroups=subgroups,
        **fields,
    )
