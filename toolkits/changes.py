"""How a stored document differs from what is public, in the order of its page."""

from toolkits import payloads, policies
from toolkits.differences import differences


def _in_order(kind, row):
    """The payload of a stored row with its fields in the order of its page: the database keeps them in its own."""
    return payloads.dump(payloads.load(kind, row.schema, row.payload)) if row else {}


def between(kind, before, after):
    """The Differences between two stored rows of `kind`; `before` None: there was nothing."""
    return differences(_in_order(kind, before), _in_order(kind, after))


def from_live(kind, record, payload):
    """(the published row or None, the Differences of a payload just frozen from it)."""
    live = policies.live(record, kind)
    return live, differences(_in_order(kind, live), payload)
