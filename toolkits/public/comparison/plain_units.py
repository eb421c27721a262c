"""Whether effects of several interventions may be put into one plain unit, and why not where they may not.

A conversion is honest where the synthesis states how many people have the outcome anyway (its base rate), where the
converted number has a range, and where at least one other intervention has the same for the same outcome. Pure.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from toolkits.public.synthesis_plain import plain_words

UNITS = ("per-cent-reduction", "needed")


@dataclass(frozen=True)
class InPlainUnit:
    """The effect of an intervention in the shared unit, as a sentence with what it assumes; or why there is none."""

    sentence: str
    assumptions: tuple[str, ...] = ()
    why_not: str = ""


def _honest(document):
    """The numbers of a synthesis that may stand beside others, by unit."""
    if document.pooled is None or not document.base_rate or document.outcome is None:
        return {}
    return {
        number.key: number
        for number in document.plain
        if number.key in UNITS and number.value and number.low and number.high
    }


def _why_not(documents):
    if not documents:
        return _("No synthesis of its studies is published here, so there is no effect with a range to convert.")
    if not any(document.pooled for document in documents):
        return _("Its studies were not pooled, so there is no effect to convert.")
    if not any(document.base_rate for document in documents):
        return _("No base rate is stated: how many people have the outcome without it is not recorded here.")
    if not any(document.outcome for document in documents):
        return _("Which kind of outcome was measured is not recorded here.")
    if not any(_honest(document) for document in documents):
        return _("The effect cannot be converted with a range.")
    return _("No other intervention here has an effect on the same kind of outcome in such a unit.")


def in_one_unit(documents):
    """{record: InPlainUnit} for {record: its live syntheses (payloads.Synthesis)}.

    The unit and outcome that most of them share are taken; with fewer than two there is no such unit.
    """
    having = {}
    for record, syntheses in documents.items():
        for document in syntheses:
            for key, number in _honest(document).items():
                having.setdefault((key, document.outcome.slug), {}).setdefault(record, (document, number))
    shared = max(having, key=lambda unit: (len(having[unit]), -UNITS.index(unit[0])), default=None)
    chosen = having[shared] if shared and len(having[shared]) > 1 else {}
    found = {}
    for record, syntheses in documents.items():
        if record in chosen:
            document, number = chosen[record]
            base = _("Base rate stated: %(rate)s in 100 without it.") % {"rate": document.base_rate}
            words = plain_words(number)
            found[record] = InPlainUnit(f"{document.outcome.name}: {words.sentence}", (base, *words.assumptions))
        else:
            found[record] = InPlainUnit("", why_not=_why_not(syntheses))
    return found
