"""Who: centres, their people, and the record of what people did."""

from centres.models.audit import AuditEntry
from centres.models.centres import (
    Award,
    Centre,
    Membership,
    NetworkFact,
    PartialDateField,
    Succession,
    partial_date_check,
)
from centres.models.people import OF_A_CENTRE, OF_THE_NETWORK, Invitation, Person, Role, RoleName

__all__ = [
    "OF_A_CENTRE",
    "OF_THE_NETWORK",
    "AuditEntry",
    "Award",
    "Centre",
    "Invitation",
    "Membership",
    "NetworkFact",
    "PartialDateField",
    "Person",
    "Role",
    "RoleName",
    "Succession",
    "partial_date_check",
]
