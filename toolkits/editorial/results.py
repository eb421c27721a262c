"""What the studies of a synthesis come to, beside its form: the numbers of the draft, as it is being filled in."""

from toolkits import payloads
from toolkits.public.synthesis_numbers import rounded
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
