"""What was submitted, said and decided on the way to the public. Private: nothing public imports this.

Revisions, comments and decisions are append-only: triggers refuse every UPDATE and DELETE.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.records import RecordNumber
from toolkits.models.publishing import Change, Conclusion, Kind


class ChangeSet(models.Model):
    """Pages that go out together, all or none."""

    title = models.CharField(max_length=200, help_text=_("What these pages have in common."))
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="change_sets")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title


class Revision(models.Model):
    """A complete payload, frozen when its editor submitted it. Append-only."""

    record = models.ForeignKey(RecordNumber, on_delete=models.PROTECT, related_name="revisions")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveIntegerField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="revisions")
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=300, blank=True)
    schema = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    change = models.CharField(max_length=20, choices=Change)
    minor = models.BooleanField(default=False)
    note = models.TextField(blank=True, help_text=_("What changed and why, in words for the public."))
    wrong = models.TextField(blank=True, help_text=_("For a correction: what was wrong, in words for the public."))
    conclusion = models.CharField(max_length=10, choices=Conclusion, blank=True)
    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, null=True, related_name="revisions")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="revision_number_once_a_record"),
            models.CheckConstraint(condition=~Q(note="") | Q(minor=True), name="revision_says_what_changed"),
            models.CheckConstraint(condition=Q(minor=False) | Q(change="wording"), name="only_wording_is_minor"),
            models.CheckConstraint(
                condition=Q(wrong="", conclusion="")
                | (Q(change="correction", conclusion__in=["same", "different"]) & ~Q(wrong="")),
                name="revision_correction_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.title}, revision {self.number}"


class Decision(models.Model):
    """What another person decided on a revision. Append-only; four eyes are a constraint."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")
        EMERGENCY = "emergency", _("Emergency")
        IMPORTED = "imported", _("Imported")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "verdict"], name="decision_once_a_verdict"),
            models.CheckConstraint(
                condition=Q(verdict__in=["emergency", "imported"]) | ~Q(decided_by=F("submitted_by")),
                name="decision_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["approved", "returned", "emergency", "imported"]), name="decision_verdict"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["approved", "imported"]) | ~Q(note=""), name="decision_gives_its_reason"
            ),
        ]

    def __str__(self):
        return f"{self.revision}: {self.get_verdict_display()}"


class Comment(models.Model):
    """Something said about a submission, for the people who work on it. Append-only."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]

    def __str__(self):
        return f"{self.by}, {self.at:%Y-%m-%d %H:%M}"


class Appointment(models.Model):
    """A time at which an approved revision, or a whole change set, goes out. The runner keeps it, once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        KEPT = "kept", _("Published")
        CANCELLED = "cancelled", _("Cancelled")
        REFUSED = "refused", _("Could not be published")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="appointments")
    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, null=True, related_name="appointments")
    at = models.DateTimeField(help_text=_("Stored in universal time, shown as London's."))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True, help_text=_("Why it could not be published."))

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], condition=Q(state="waiting"), name="appointments_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False, change_set__isnull=True)
                | Q(revision__isnull=True, change_set__isnull=False),
                name="appointment_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["revision", "change_set"],
                condition=Q(state="waiting"),
                nulls_distinct=False,
                name="one_waiting_appointment",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True) | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="appointment_ended_says_when",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(outcome=""), name="refused_appointment_says_why"),
        ]

    def __str__(self):
        return f"{self.revision or self.change_set}: {self.at:%Y-%m-%d %H:%M}"


class Flag(models.Model):
    """A live page rests on something that changed since: somebody should look whether it still holds.

    Where studies changed, `cause` is their synthesis and `cause_version` the version of it that is public (0: none);
    `studies` says which of them, as [number, label, StudyChange]; `was` and `now` are the results that are public and
    that the studies give as they stand (text by name).
    """

    class Why(models.TextChoices):
        PUBLISHED = "published", _("Something it cites was published")
        STUDIES = "studies", _("Studies that it rests on changed")

    class StudyChange(models.TextChoices):
        FACTS = "facts", _("what is recorded of it")
        RESULTS = "results", _("what it found")
        APPRAISALS = "appraisals", _("how it was appraised")
        PLACE = "place", _("whether and how it is included")
        MERGED = "merged", _("a second copy of it was merged into it")

    why = models.CharField(max_length=10, choices=Why, default=Why.PUBLISHED)
    record = models.ForeignKey(RecordNumber, on_delete=models.PROTECT, related_name="flags")
    cause = models.PositiveIntegerField(help_text=_("The record that changed."))
    cause_version = models.PositiveIntegerField()
    cause_title = models.CharField(max_length=300)
    studies = models.JSONField(default=list)
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)
    raised_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settlement = models.TextField(blank=True, help_text=_("What was found."))

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "cause", "why"], condition=Q(settled_at__isnull=True), name="one_open_flag_a_cause"
            ),
            models.CheckConstraint(condition=Q(why__in=["published", "studies"]), name="flag_says_why"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | (Q(settled_by__isnull=False) & ~Q(settlement="")),
                name="settled_flag_says_what_was_found",
            ),
        ]

    def __str__(self):
        return f"{self.record} ← {self.cause} v{self.cause_version}"
