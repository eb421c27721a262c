"""Permanent record numbers: one series for everything that can be published.

`/record/<number>/` must mean the same thing for ever, whatever the thing is called and whoever owns
it, so the numbers of all kinds share one table and the database refuses a second use.
"""

from django.db import models, transaction
from django.db.models import Max


class RecordNumber(models.Model):
    """A number in use, and for what kind of thing."""

    number = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return str(self.number)


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
