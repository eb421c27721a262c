"""Permanent record numbers: one series for everything that can be published.

`/record/<number>/` must mean the same thing for ever, whatever the thing is called and whoever owns
it, so the numbers of all kinds share one table and the database refuses a second use.
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RecordNumber(models.Model):
    """A number in use, for what kind of thing, who looks after it, and whether its draft is ahead of what was submitted."""

    number = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="kept_records",
        null=True,
        blank=True,
        help_text=_("Who works on it; empty: it waits in the centre's queue for somebody to take it."),
    )
    draft_changed_at = models.DateTimeField(
        null=True, help_text=_("When the working row was last changed; empty once that was submitted.")
    )

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return str(self.number)


def mark_changed(record, *, by):
    """Say that the working row of `record` is ahead of what was submitted, and let it be `by`'s where it is nobody's."""
    rows = RecordNumber.objects.filter(number=record)
    rows.update(draft_changed_at=timezone.now())
    rows.filter(keeper__isnull=True).update(keeper=by)


def mark_submitted(record):
    """Say that the working row of `record` is what was last submitted."""
    RecordNumber.objects.filter(number=record).update(draft_changed_at=None)


def claim(kind, *, first, number=None):
    """Claim `number` for a new thing of `kind`, or the next free one, from `first` up.

    Raises IntegrityError where `number` is in use, so two writers never get the same.
    """
    if number is None:
        highest = RecordNumber.objects.filter(kind=kind).aggregate(Max("number"))["number__max"]
        number = first if highest is None else highest + 1
        if RecordNumber.objects.filter(number=number).exists():
            # The kind has filled the gap before the next kind's series: go on after everything.
            number = RecordNumber.objects.aggregate(Max("number"))["number__max"] + 1
    return RecordNumber.objects.create(number=number, kind=kind)


class Recorded(models.Model):
    """A working row that can be published; its primary key is its permanent record number."""

    KIND: str
    FIRST_NUMBER: int

    record = models.OneToOneField(RecordNumber, primary_key=True, on_delete=models.PROTECT, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs):
        if self.record_id is None:
            self.record = claim(self.KIND, first=self.FIRST_NUMBER)
        super().save(*args, **kwargs)
