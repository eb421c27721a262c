"""The pooled result in units that people use, each with its rule and its assumptions."""

import msgspec

from evidence import effects
from toolkits import payloads
from toolkits.snapshots.numbers import text


def plain_numbers(document):
    """A payloads.Synthesis with its result in plain units: none where there is no result, or neither side is better."""
    pooled = document.pooled
    if pooled is None or document.better == "neither":
        return document
    found = [plain(key, conversion) for key, conversion in _conversions(document)]
    return msgspec.structs.replace(document, plain=found)


def _conversions(document):
    """(name, effects.Conversion) of every unit that this result can honestly be said in."""
    sign = 1 if document.better == "higher" else -1
    if document.metric == "SMD":
        g = sign * float(document.pooled.estimate)
        yield "percentile", effects.u3(g)


def plain(key, conversion):
    """The payloads.PlainNumber of an effects.Conversion."""
    return payloads.PlainNumber(
        key=key,
        value=text(conversion.value),
        unit=conversion.unit,
        low=text(conversion.low),
        high=text(conversion.high),
        rule=conversion.rule,
        assumptions=list(conversion.assumptions),
        source=payloads.Source(
            url=conversion.source.address, note=f"{conversion.source.title} ({conversion.source.dated})"
        ),
        withheld=conversion.withheld,
    )
