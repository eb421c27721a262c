"""What the background runner works through: jobs that outlast a request, and mail to be sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.models import Centre


class Job(models.Model):
    """Work of more than two seconds that somebody asked for: what it is, how far it is, what came of it."""

    class Kind(models.TextChoices):
        CHECK = "check", _("Check a spreadsheet")
        IMPORT = "import", _("Import a spreadsheet")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=10, choices=Kind)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="jobs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    parameters = models.JSONField(default=dict)
    file_name = models.CharField(max_length=200, blank=True)
    file = models.BinaryField(null=True)
    done = models.PositiveIntegerField(default=0, help_text=_("Rows worked through so far."))
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(null=True, help_text=_("What came of it."))

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="waiting"), name="jobs_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], ended_at__isnull=True)
                | Q(state__in=["done", "refused", "failed"], ended_at__isnull=False),
                name="job_ended_says_when",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.file_name or self.pk}"


class ColumnMapping(models.Model):
    """What a centre's files of studies call our columns: remembered by the names in the first row of the file."""

    centre = models.ForeignKey(
        Centre, on_delete=models.CASCADE, null=True, related_name="column_mappings", help_text=_("Empty: the network.")
    )
    header = models.CharField(max_length=64, help_text=_("SHA-256 (hex) of the file's column names."))
    columns = models.JSONField(help_text=_("{our column: the file's}"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["centre", "header"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "header"], nulls_distinct=False, name="mapping_once_a_header")
        ]

    def __str__(self):
        return f"{self.centre}: {self.header[:8]}"


class Notice(models.Model):
    """Something a person is told by mail, at once or together with the day's others."""

    class Event(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted for review")
        RETURNED = "returned", _("Returned")
        PUBLISHED = "published", _("Published")
        COMMENTED = "commented", _("Commented")
        CORRECTED = "corrected", _("Corrected")
        FLAGGED = "flagged", _("Something it rests on changed")
        OVERDUE = "overdue", _("Overdue for review")
        REFUSED = "refused", _("Could not be published at its time")
        DIFFERENCE = "difference", _("Why two centres differ")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    event = models.CharField(max_length=12, choices=Event)
    title = models.CharField(max_length=300, help_text=_("The page it is about."))
    text = models.TextField()
    address = models.CharField(max_length=300, help_text=_("Where to look, from the portal's root."))
    key = models.CharField(max_length=120, help_text=_("Names the occasion: nobody is told twice of the same."))
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text=_("How often the mail server did not take it."))
    try_at = models.DateTimeField(null=True, help_text=_("When to try again."))

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(sent_at__isnull=True), name="notices_to_send"),
            models.Index(fields=["key"], condition=Q(event="overdue"), name="notices_of_overdue"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]

    def __str__(self):
        return f"{self.person}: {self.get_event_display()}, {self.title}"
