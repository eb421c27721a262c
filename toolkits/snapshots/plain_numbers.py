"""The pooled result in units that people use, each with its rule and its assumptions."""

from dataclasses import replace

import msgspec

from evidence import effects
from toolkits import payloads
from toolkits.snapshots.numbers import text

ATTAINMENT = "attainment"  # the outcome that months of progress are about
NO_BASE_RATE = "No number is given: how many people have the outcome without the intervention is not stated."
NO_RANGE = "No number is given: the result has no range, so it may be no difference at all."
ANY_SHARE = 0.5  # to ask for a rule where no number will be given


def plain_numbers(document):
    """A payloads.Synthesis with its result in plain units: none where there is no result, or neither side is better."""
    pooled = document.pooled
    if pooled is None or document.better == "neither":
        return document
    found = [plain(key, conversion) for key, conversion in _conversions(document)]
    return msgspec.structs.replace(document, plain=found)


def _conversions(document):
    """(name, effects.Conversion) of every unit that this result can honestly be said in.

    A result too far out for a conversion has none: it would say more than the studies do.
    """
    makers = {"SMD": _of_smd, "logOR": _of_odds_ratio, "logRR": _of_risk_ratio}
    for key, make in makers.get(document.metric, lambda _document: [])(document):
        try:
            yield key, make()
        except effects.CannotConvert:
            continue


def _ends(shown):
    """(value, low, high) of a shown interval as numbers; the ends are None where there is no range."""
    low, high = (float(end) if end else None for end in (shown.low, shown.high))
    return float(shown.value), low, high


def _share(document):
    """The share (0 to 1) of people with the outcome without the intervention; None where it is not stated."""
    share = float(document.base_rate) / 100 if document.base_rate else None
    return share if share is not None and 0 < share < 1 else None


def _ranged(convert, value, low, high):
    """`convert(value)` with both ends of the range converted the same way, where there is a range."""
    found = convert(value)
    if low is None:
        return found
    ends = [convert(low).value, convert(high).value]
    if None in (found.value, *ends):
        return found
    return replace(found, low=min(ends), high=max(ends))


def _withheld(conversion, reason):
    return replace(conversion, value=None, low=None, high=None, assumptions=(), withheld=reason)


def _of_smd(document):
    value, low, high = _ends(document.pooled.shown)
    if document.better == "lower":
        # From here on above zero is better.
        value, low, high = -value, None if high is None else -high, None if low is None else -low
    ends = (value, low, high)
    if document.outcome and document.outcome.slug == ATTAINMENT:
        for edition in effects.MONTHS_EDITIONS:
            yield (
                f"months-{edition}",
                lambda edition=edition: _ranged(lambda g: effects.months_progress(g, edition), *ends),
            )
    yield "percentile", lambda: _ranged(effects.u3, *ends)
    yield "improvement", lambda: _ranged(effects.improvement_index, *ends)
    yield "odds-ratio", lambda: _ranged(effects.odds_ratio_from_smd, *ends)
    share = _share(document)
    if document.better == "lower":
        yield "per-cent-reduction", lambda: _at_base_rate(effects.per_cent_reduction, ends, share)
    # The rule asks for the share with the good outcome; the stated one is of the outcome that was measured.
    good = None if share is None else 1 - share if document.better == "lower" else share
    yield "needed", lambda: _needed(effects.number_needed_to_treat, ends, good)


def _of_odds_ratio(document):
    value, low, high = _ends(document.pooled.shown)
    ends, share = (value, low, high), _share(document)
    better = ends if document.better == "higher" else _upside_down(ends)
    yield "smd", lambda: _ranged(effects.smd_from_odds_ratio, *better)
    if document.better == "lower":
        yield (
            "per-cent-reduction",
            lambda: _at_base_rate(effects.per_cent_reduction_from_odds_ratio, ends, share),
        )
    unwanted = ends if document.better == "lower" else _upside_down(ends)
    without = None if share is None else share if document.better == "lower" else 1 - share

    def needed():
        at = ANY_SHARE if without is None else without
        risks = [None if odds is None else effects.risk_ratio_from_odds_ratio(odds, at) for odds in unwanted]
        ratios = [None if risk is None else risk.value for risk in risks]
        found = _needed(effects.number_needed_to_treat_from_risk_ratio, ratios, without)
        return replace(found, rule=f"{risks[0].rule} Then {found.rule}")

    yield "needed", needed


def _of_risk_ratio(document):
    if document.better == "lower":
        ends, share = _ends(document.pooled.shown), _share(document)
        yield "needed", lambda: _needed(effects.number_needed_to_treat_from_risk_ratio, ends, share)


def _upside_down(ends):
    """The odds ratio of the opposite outcome, with its range."""
    value, low, high = ends
    return 1 / value, None if high is None else 1 / high, None if low is None else 1 / low


def _at_base_rate(convert, ends, share):
    if share is None:
        return _withheld(convert(ends[0], ANY_SHARE), NO_BASE_RATE)
    return _ranged(lambda effect: convert(effect, share), *ends)


def _needed(convert, ends, share):
    value, low, high = ends
    if low is None:
        return _withheld(convert(value, value, value, ANY_SHARE), NO_RANGE)
    if share is None:
        # A range that takes in no difference is the better reason: no base rate would mend it.
        found = convert(value, low, high, ANY_SHARE)
        return replace(found, assumptions=()) if found.withheld else _withheld(found, NO_BASE_RATE)
    return convert(value, low, high, share)


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
