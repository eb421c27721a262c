"""What makes a reader more or less sure of a synthesis, in sentences made of its published numbers."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.public.synthesis_numbers import p_value, people, rounded, side, span
from toolkits.public.synthesis_studies import risk_of_bias, uk_count

# Where the share of the differences that is more than chance is called large, and very large. The bands of the
# Cochrane Handbook (10.10.2) overlap; these are their middles.
SPREAD = (35, 60, 80)
EGGER_SAYS = 0.1
FEW_STUDIES = 10  # with fewer, a test for missing small studies says little


def how_sure(document):
    """(what is looked at, what it says) pairs, those that make a reader more or less sure."""
    pooled = document.pooled
    found = [(_("How many"), _how_many(document))]
    if pooled is not None:
        found += [(_("How far the studies differ"), _spread(document)), (_("A new place"), _new_place(document))]
        found.append((_("Missing small studies"), _small_studies(document)))
    if document.included:
        found.append((_("Risk of bias"), risk_of_bias(document)))
        found.append((_("From the UK"), uk_count([row.study for row in document.included])))
    return found


def _how_many(document):
    included, left_out, pooled = len(document.included), len(document.left_out), document.pooled
    parts = [
        ngettext("%(number)s study is included.", "%(number)s studies are included.", included) % {"number": included}
    ]
    if pooled is not None and pooled.people is not None:
        parts.append(_("They had %(people)s.") % {"people": people(pooled.people)})
    if pooled is not None and pooled.people_not_recorded:
        unknown = pooled.people_not_recorded
        parts.append(
            ngettext(
                "For %(number)s study how many people took part is not recorded.",
                "For %(number)s studies how many people took part is not recorded.",
                unknown,
            )
            % {"number": unknown}
        )
    if left_out:
        parts.append(
            ngettext("%(number)s was found and left out.", "%(number)s were found and left out.", left_out)
            % {"number": left_out}
        )
    return " ".join(parts)


def _spread(document):
    pooled = document.pooled
    if pooled.k < 2:
        return _("One study cannot differ from itself: nothing is known of how results would vary.")
    share = float(pooled.i2 or 0)
    if rounded(pooled.i2, 0) in {"", "0"}:
        words = _("Results differ no more from study to study than chance alone would make them (I² is 0 %).")
    else:
        names = (_("little"), _("somewhat"), _("a lot"), _("very much"))
        words = _(
            "Results differ %(much)s from study to study: about %(share)s %% of the variation between them is more than "
            "chance alone would make (I²)."
        ) % {"much": names[sum(share >= edge for edge in SPREAD)], "share": rounded(pooled.i2, 0)}
    return words if document.method == "FE" else f"{words} {_variance(pooled)}"


def _variance(pooled):
    tau2, low, high = (_of_variance(number) for number in (pooled.tau2, pooled.tau2_low, pooled.tau2_high))
    if not low or not high:
        return _("The variance of effects between studies (τ²) is %(tau2)s.") % {"tau2": tau2}
    said = _("The variance of effects between studies (τ²) is %(tau2)s, with a 95 %% range of %(low)s to %(high)s.") % {
        "tau2": tau2,
        "low": low,
        "high": high,
    }
    if float(pooled.tau2_low) == 0 < float(pooled.tau2_high):
        said += " " + _("That range begins at none: how far they truly differ is not known well.")
    return said


def _of_variance(text):
    """A variance with as many decimals as its size asks for."""
    if not text or float(text) == 0:
        return text and "0"
    return rounded(text, 3 if float(text) < 10 else 0)


def _new_place(document):
    prediction = document.pooled.prediction
    if prediction is None:
        return _("Too few studies to say what to expect elsewhere.")
    low, high = side(document, prediction.low), side(document, prediction.high)
    said = {"range": span(prediction)}
    if low != high:
        return (
            _(
                "In a new place like these the effect is expected from %(range)s. That takes in both sides: it could go either way."
            )
            % said
        )
    return _("In a new place like these the effect is expected from %(range)s, all on the same side.") % said


def _small_studies(document):
    bias = document.bias
    if bias is None:
        return _("Too few studies, or too much alike in size, to look for signs of it.")
    parts = [small_studies_differ(document)]
    if bias.filled:
        parts.append(filled_words(bias))
    if document.pooled.k < FEW_STUDIES:
        parts.append(_("With fewer than ten studies such a test says little."))
    return " ".join(parts)


def small_studies_differ(document):
    """Whether small studies found something else than large ones, by Egger's test, in a sentence."""
    bias = document.bias
    if not bias.egger_p:
        return _("Small and large studies lie on one line, and Egger's test is not defined.")
    said = {"p": p_value(bias.egger_p)}
    if float(bias.egger_p) >= EGGER_SAYS:
        return (
            _("No clear sign that small studies found something else than large ones (Egger's test, p = %(p)s).") % said
        )
    # The statistic's sign is that of the line of effects on standard errors.
    higher = float(bias.egger_statistic) > 0
    if document.better == "neither":
        words = (
            _("Smaller studies found higher figures than larger ones (Egger's test, p = %(p)s).")
            if higher
            else _("Smaller studies found lower figures than larger ones (Egger's test, p = %(p)s).")
        )
    elif higher == (document.better == "higher"):
        words = _("Smaller studies found better results than larger ones (Egger's test, p = %(p)s).")
    else:
        words = _("Smaller studies found worse results than larger ones (Egger's test, p = %(p)s).")
    return words % said


def filled_words(bias):
    """What trim and fill puts in and comes to, in a sentence; empty where it puts in nothing."""
    if not bias.filled:
        return ""
    return ngettext(
        "To even this out, trim and fill adds %(number)s made-up study; the average would then be %(value)s (%(range)s).",
        "To even this out, trim and fill adds %(number)s made-up studies; the average would then be %(value)s (%(range)s).",
        bias.filled,
    ) % {"number": bias.filled, "value": rounded(bias.filled_shown.value), "range": span(bias.filled_shown)}


def asymmetry_words(document):
    """What an uneven funnel plot can mean and cannot, in sentences."""
    bias, found = document.bias, []
    if bias is None:
        found.append(_("No test of it could be made with these studies."))
    elif bias.filled:
        found.append(filled_words(bias))
        if bias.filled_studies:
            found.append(_("The hollow dots stand for them. They are not studies: nobody made them."))
        else:
            found.append(_("They are not drawn."))
    else:
        found.append(_("Trim and fill adds no study."))
    found.append(
        _(
            "Where small studies with unwelcome results were never published, dots are missing on one side at the bottom. "
            "But small studies may also truly differ: other people, closer care, weaker methods, or chance. So an uneven "
            "picture is a reason to ask, no proof; and an even one does not prove that nothing is missing."
        )
    )
    if document.pooled.k < FEW_STUDIES:
        found.append(_("With fewer than ten studies, chance alone often makes it look uneven."))
    return found
