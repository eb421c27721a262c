"""What the studies of a synthesis come to: beside its form as it is filled in, and before and after a study changed."""

from django.utils.translation import gettext as _

from evidence.metrics import METRICS
from toolkits import payloads
from toolkits.models import Flag
from toolkits.public.synthesis_numbers import rounded, span
from toolkits.public.synthesis_words import outcome_row


def result_of(payload):
    """The result of a payloads.Synthesis in words and numbers; None for any other kind of page, and for a form in
    which nobody has chosen the metric yet."""
    if not isinstance(payload, payloads.Synthesis) or not payload.metric:
        return None
    pooled = payload.pooled
    return outcome_row(payload) | {
        "unpooled": payload.unpooled,
        "tau2": rounded(pooled.tau2, 3) if pooled else "",
        "i2": rounded(pooled.i2, 0) if pooled else "",
        "left_out": len(payload.left_out),
    }


def _range(result):
    return span(payloads.Interval(value=result["value"], low=result["low"], high=result["high"]))


def in_a_line(result):
    """A result that a flag keeps, as `0.24 (0.10 to 0.37), 5 studies`; None: that nothing is public."""
    if result is None:
        return _("nothing public")
    if "value" not in result:
        return _("no result")
    said = _("%(value)s (%(range)s), k %(k)s") if _range(result) else _("%(value)s, k %(k)s")
    return said % {"value": rounded(result["value"]), "range": _range(result), "k": result["k"]}


def _cells(result):
    if result is None:
        return [_("nothing is public"), "", "", "", ""]
    scale = str(METRICS[result["metric"]].name)
    if "value" not in result:
        return [result["unpooled"] or _("no result"), "", "", "", scale]
    i2 = f"{rounded(result['i2'], 0)} %" if result["i2"] else _("not defined")
    return [rounded(result["value"]), _range(result) or _("not defined"), str(result["k"]), i2, scale]


def side_by_side(flag):
    """What a flag shows where studies changed: `rows` of (what, public, as the studies stand, whether they differ),
    and the `studies` with what of each changed; empty for any other flag."""
    if flag.why != Flag.Why.STUDIES:
        return {}
    names = [_("Pooled effect"), _("95% range"), _("Studies pooled (k)"), _("I² (how much they differ)"), _("Scale")]
    pairs = zip(names, _cells(flag.was), _cells(flag.now), strict=True)
    changed = {}
    for number, label, what in flag.studies:
        changed.setdefault((number, label), []).append(Flag.StudyChange(what).label)
    return {
        "rows": [(name, was, now, was != now) for name, was, now in pairs],
        "studies": [(label, number, "; ".join(map(str, what))) for (number, label), what in changed.items()],
    }
