"""The rating ledger as published: the rules of a scale, and what a rating rests on."""

from toolkits import payloads
from toolkits.snapshots.common import link


def build_rules(scheme, level_name):
    """The payloads.Rule rows of a working scheme; `level_name` tells what each level is called."""
    return [
        payloads.Rule(
            level=rule.level.key,
            level_name=level_name(rule.level),
            quantity=rule.quantity,
            from_value=rule.from_value,
            below=rule.below,
            edition=rule.edition,
            source=rule.source,
            note=rule.note,
        )
        for rule in scheme.rules.all()
    ]


def build_basis(rating, level_name):
    """The payloads.Basis of a working rating; None where it rests on no synthesis."""
    basis = getattr(rating, "basis", None)
    if basis is None:
        return None
    return payloads.Basis(
        synthesis=link(basis.synthesis, name=basis.synthesis.title),
        numbers=basis.numbers,
        proposed=basis.proposed.key if basis.proposed else "",
        steps=[payloads.Step(**step) for step in basis.steps],
        override_reason=basis.override_reason,
        version=basis.version,
        proposed_name=level_name(basis.proposed) if basis.proposed else "",
        proposed_value=basis.proposed_value,
        proposed_low=basis.proposed_low,
        proposed_high=basis.proposed_high,
        chosen=_chosen(basis, rating.level.scheme_id),
        rule=payloads.Rule(**basis.rule) if basis.rule else None,
    )


def _chosen(basis, scheme):
    """The key of the level that was decided on; with its scale's number where the rating is on another scale by now."""
    level = basis.chosen
    if level is None:
        return ""
    return level.key if level.scheme_id == scheme else f"{level.scheme_id}/{level.key}"


def numbers_of(document):
    """The result of a payloads.Synthesis as text by name, as a basis keeps it: all that a rule or a reader looks at."""
    pooled = document.pooled
    found = {
        "metric": document.metric,
        "unit": document.unit,
        "better": document.better,
        "base_rate": document.base_rate,
        "studies": str(len(document.included)),
    }
    if pooled is not None:
        prediction = pooled.prediction or payloads.Interval("")
        found |= {
            "value": pooled.shown.value,
            "low": pooled.shown.low,
            "high": pooled.shown.high,
            "prediction_low": prediction.low,
            "prediction_high": prediction.high,
            "people": "" if pooled.people is None else str(pooled.people),
            "i2": pooled.i2,
        }
    return {name: text for name, text in found.items() if text}
