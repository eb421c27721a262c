"""Who did what, when, from what to what. Triggers write it and refuse to have it changed (`centres.audit`)."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from centres.models.centres import Centre


class AuditEntry(models.Model):
    """One thing that somebody, or the portal itself, did. Append-only.

    Without database keys to what it tells of: the entry stays true whatever becomes of the row.
    """

    at = models.DateTimeField(db_default=Now(), db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        help_text=_("Empty: the portal itself, or somebody who was not signed in."),
    )
    action = models.CharField(max_length=40, db_index=True, help_text=_("added, changed, deleted, signed in…"))
    kind = models.CharField(max_length=60, blank=True, help_text=_("The table, such as evidence_rating."))
    key = models.CharField(max_length=100, blank=True)
    record = models.PositiveIntegerField(null=True, db_index=True, help_text=_("The permanent number it concerns."))
    centre = models.ForeignKey(Centre, on_delete=models.DO_NOTHING, related_name="+", null=True, db_constraint=False)
    before = models.JSONField(null=True, help_text=_("What changed, as it was."))
    after = models.JSONField(null=True, help_text=_("What changed, as it became."))
    note = models.TextField(blank=True)
    transaction = models.BigIntegerField(help_text=_("Entries of one transaction share it."))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = _("audit entries")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.kind} {self.key}"
