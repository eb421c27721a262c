"""Everything that changes what the public sees, one function a verb: keyword-only, atomic, `by=`.

Admin, views, commands and the runner all come through here. Each function checks first (`policies` raises a
Refusal that says why), then writes everything or nothing, and records an event.
"""

from toolkits.actions.appointments import appoint, cancel_appointment, keep_next_appointment
from toolkits.actions.appraisals import appraise, reconcile
from toolkits.actions.common import loader_account, raise_publication_number
from toolkits.actions.family_differences import (
    agree_to_difference,
    propose_difference,
    reword_difference,
    withdraw_difference,
)
from toolkits.actions.flags import settle_flag
from toolkits.actions.ledger import rate_from_synthesis, rate_without_synthesis
from toolkits.actions.merging import merge_studies
from toolkits.actions.publishing import publish, publish_in_emergency, publish_together
from toolkits.actions.review import comment, decide, decide_together, submit, submit_together
from toolkits.actions.standing import merge, remove, restore, withdraw

__all__ = [
    "agree_to_difference",
    "appoint",
    "appraise",
    "cancel_appointment",
    "comment",
    "decide",
    "decide_together",
    "keep_next_appointment",
    "loader_account",
    "merge",
    "merge_studies",
    "propose_difference",
    "publish",
    "publish_in_emergency",
    "publish_together",
    "raise_publication_number",
    "rate_from_synthesis",
    "rate_without_synthesis",
    "reconcile",
    "remove",
    "restore",
    "reword_difference",
    "settle_flag",
    "submit",
    "submit_together",
    "withdraw",
    "withdraw_difference",
]
