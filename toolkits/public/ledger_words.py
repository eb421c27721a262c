"""What a rating rests on, in words: the result of a synthesis as a basis keeps it, and what was decided from it."""

from types import SimpleNamespace

from django.utils.translation import gettext as _

from toolkits import payloads
from toolkits.public.synthesis_numbers import rounded, span, unit_of

SIDES = ("higher", "lower", "neither")


def number_rows(numbers):
    """(what it is, in words) of every number of a result; what there is none of is said to be none."""
    unit = unit_of(SimpleNamespace(metric=numbers["metric"], unit=numbers.get("unit", ""))) if numbers else ""
    value, none = rounded(numbers.get("value", "")), _("none")
    interval = payloads.Interval(numbers.get("value", ""), numbers.get("low", ""), numbers.get("high", ""))
    prediction = payloads.Interval(
        numbers.get("value", ""), numbers.get("prediction_low", ""), numbers.get("prediction_high", "")
    )
    people = numbers.get("people", "")
    rows = [
        (_("Average effect"), _("%(value)s (%(unit)s)") % {"value": value, "unit": unit} if value else none),
        (_("95 % range"), span(interval) or none),
        (_("In a new place"), span(prediction) or none),
        (_("Studies"), numbers.get("studies", "0")),
        (_("People"), f"{int(people):,}" if people else _("not recorded here")),
        (_("How much results differ (I²)"), f"{rounded(numbers['i2'], 0)} %" if numbers.get("i2") else none),
        (_("Which way is better"), _sides().get(numbers.get("better"), none)),
    ]
    if numbers.get("base_rate"):
        words = _("%(rate)s in a hundred have the outcome") % {"rate": numbers["base_rate"]}
        rows.append((_("Without the intervention"), words))
    return rows


def _sides():
    words = (_("a higher figure"), _("a lower figure"), _("neither"))
    return dict(zip(SIDES, words, strict=True))


def moved_rows(before, now):
    """(what it is, what it was, what it is now, whether that differs) of two results, side by side."""
    then, today = dict(number_rows(before)), dict(number_rows(now))
    names = [*then, *(name for name in today if name not in then)]
    return [(name, then.get(name, ""), today.get(name, ""), then.get(name) != today.get(name)) for name in names]


def decision(basis):
    """What the editor decided, in a sentence that says where it came from."""
    if not basis.steps:
        return _("There is no published rule for this scale: the level was chosen by the editor.")
    if not basis.proposed:
        return _("The published rule gives no level for this result: the level was chosen by the editor.")
    proposed = {"proposed": basis.proposed_name or basis.proposed}
    if basis.chosen in {"", basis.proposed}:
        return _("The rule gives: %(proposed)s. The editor accepted it.") % proposed
    return _("The rule gives: %(proposed)s. The editor chose another level.") % proposed
