"""Ratings as words and drawings for a printed page, in the language that is active.

What a centre published stays as it is; only the words around it are ours.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

AXES = {
    "impact": gettext_lazy("Impact"),
    "cost": gettext_lazy("Cost"),
    "strength": gettext_lazy("Strength of evidence"),
    "cost-effectiveness": gettext_lazy("Cost-effectiveness"),
    "mechanism": gettext_lazy("Mechanism"),
    "moderator": gettext_lazy("Moderators"),
    "implementation": gettext_lazy("Implementation"),
    "economics": gettext_lazy("Economics"),
    "study quality": gettext_lazy("Study quality"),
}
BANDS = {
    "harm": gettext_lazy("harm"),
    "no effect": gettext_lazy("no effect"),
    "mixed": gettext_lazy("mixed"),
    "benefit": gettext_lazy("benefit"),
    "unknown": gettext_lazy("unknown"),
    "very low": gettext_lazy("very low"),
    "low": gettext_lazy("low"),
    "moderate": gettext_lazy("moderate"),
    "high": gettext_lazy("high"),
    "very high": gettext_lazy("very high"),
    "lower": gettext_lazy("lower"),
    "middle": gettext_lazy("middle"),
    "higher": gettext_lazy("higher"),
}
OFF_SCALE = {
    "mixed": gettext_lazy("mixed findings"),
    "too little evidence": gettext_lazy("too little evidence"),
    "found not effective": gettext_lazy("found not effective"),
    "under review": gettext_lazy("under review"),
}
# Bands of impact that have a cell of their own on the three-cell symbol.
_CELLS = {"harm": "harm", "no effect": "none", "benefit": "benefit"}


def quantity(value, unit):
    """A figure with its unit: (33, "% fewer crimes") is "33% fewer crimes", (-2, "months") "−2 months"."""
    number = "−" + value[1:] if value.startswith("-") else value
    if unit.startswith("%"):
        return f"{number}{unit}"
    if unit.startswith("£"):
        return f"£{number} {unit[1:].strip()}".strip()
    return f"{number} {unit}".strip()


def certainty(document, *, outcome="", aspect=""):
    """How sure the centre is of a finding, in words: its own strength rating for the same outcome and
    aspect, else its rating overall, else that there is none."""
    strengths = [rating for rating in document.on("strength") if not rating.by_network]
    own = [rating for rating in strengths if (rating.outcome, rating.aspect) == (outcome, aspect)]
    overall = [rating for rating in strengths if not rating.outcome and not rating.aspect]
    labels = [ranked_label(rating) for rating in own or overall]
    return _("Certainty: {label}.").format(label="; ".join(labels)) if labels else _("Certainty not rated.")


def certainty_range(low, high):
    """The range around a figure, in words, or that it is not recorded."""
    if not low:
        return _("Range not recorded here.")
    return _("Range: {low} to {high}.").format(low=quantity(low, ""), high=quantity(high, ""))


def ranked_label(rating):
    """A label with its place on its scale: "Moderate (3 of 5)"."""
    if rating.off_scale:
        return _("{label} (off the scale)").format(label=rating.label)
    return _("{label} ({rank} of {steps})").format(label=rating.label, rank=rating.rank, steps=rating.steps)


def figure_of(rating):
    """The figure behind a level, in its unit; for a scale of thresholds the level is the figure."""
    if rating.value:
        return quantity(rating.value, rating.unit)
    return rating.level if rating.symbol == "words" else ""


def of_what(rating):
    """The outcome or aspect that a rating is limited to; empty where it is overall."""
    return ", ".join(part for part in (rating.outcome, rating.aspect) if part)


def network_notice(rating):
    """The words that keep the network's reading apart from a centre's rating."""
    return _("Our reading, not the centre’s rating") if rating.by_network else ""


def shared_band(rating, *, reason=False):
    """The network's shared band, with its reason where asked for; empty where the level has none."""
    if not rating.band:
        return ""
    band = BANDS.get(rating.band, rating.band)
    if reason and rating.band_reason:
        return _("Shared band: {band} ({reason}).").format(band=band, reason=rating.band_reason)
    return _("Shared band: {band}.").format(band=band)


def older_method(rating):
    """What it means that a newer version of the scale is public; empty where there is none."""
    if not rating.superseded_by:
        return ""
    return _("Older method: {newer} has taken the place of this scale.").format(newer=rating.superseded_by.name)


def card(rating, document):
    """A rating as the panel shows it: symbol, label, figure, and its certainty in the same place."""
    if rating.off_scale:
        words = OFF_SCALE.get(rating.off_scale, rating.off_scale)
        notes = [_("Not a point on the scale: {state}.").format(state=words)]
    elif rating.axis == "impact":
        notes = [certainty_range(rating.range_low, rating.range_high)]
    elif rating.symbol == "words":
        notes = []
    else:
        notes = [_("Step {rank} of {steps} on this scale.").format(rank=rating.rank, steps=rating.steps)]
    if rating.axis in ("impact", "cost-effectiveness"):
        notes.append(certainty(document, outcome=rating.outcome, aspect=rating.aspect))
    notes += [words for words in [older_method(rating)] if words]
    return {
        "of": of_what(rating),
        "by_network": network_notice(rating),
        "symbol": symbol(rating),
        "label": rating.label,
        "figure": figure_of(rating),
        "notes": notes,
        "band": shared_band(rating),
    }


def symbol(rating):
    """What to draw for a rating, with the words that stand for it; None where words say it best.

    A ruler counts levels, which need not be equally wide, so that a range is written and not drawn on it.
    """
    kind = rating.symbol
    if kind == "off-scale":
        colour = "mixed" if rating.off_scale == "mixed" else "none"
        return _drawing("off-scale", ranked_label(rating), colour=colour)
    if kind == "ruler":
        return _drawing(
            "ruler",
            _ruler_words(rating),
            position=rating.position,
            harm=rating.harm_steps,
            benefit=rating.benefit_steps,
            harm_word=_("harm"),
            benefit_word=_("benefit"),
        )
    if kind == "direction":
        return _direction(rating)
    if kind in ("blocks", "pounds"):
        return _drawing(kind, ranked_label(rating), rank=rating.rank, steps=rating.steps)
    return None


def _drawing(kind, alt, **rest):
    return {"kind": "symbol", "drawing": kind, "alt": alt, **rest}


def _direction(rating):
    """The three cells; None where the band is none of them, as no cell would be the true one."""
    if rating.band not in _CELLS:
        return None
    cells = [{"key": key, "word": str(BANDS[band])} for band, key in _CELLS.items()]
    alt = _("{label}: {band}, of harm, no effect and benefit").format(label=rating.label, band=BANDS[rating.band])
    return _drawing("direction", alt, cells=cells, on=_CELLS[rating.band])


def _ruler_words(rating):
    if rating.position > 0:
        words = ngettext(
            "{label}: {count} of {steps} step from no effect towards benefit",
            "{label}: {count} of {steps} steps from no effect towards benefit",
            rating.benefit_steps,
        )
        return words.format(label=rating.label, count=rating.position, steps=rating.benefit_steps)
    if rating.position < 0:
        words = ngettext(
            "{label}: {count} of {steps} step from no effect towards harm",
            "{label}: {count} of {steps} steps from no effect towards harm",
            rating.harm_steps,
        )
        return words.format(label=rating.label, count=-rating.position, steps=rating.harm_steps)
    return _("{label}: at zero, no effect").format(label=rating.label)
