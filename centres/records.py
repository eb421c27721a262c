"""Permanent record numbers: one series for everything that can be published.

`/record/<number>/` must mean the same thing for ever, whatever the thing is called and whoever owns
it, so the numbers of all kinds share one table and the database refuses a second use.
"""

import hashlib

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import IntegerField, Max, Value
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


def mark_changed(*records, by):
    """Say that the working rows of `records` are ahead of what was submitted, and let them be `by`'s where they are nobody's."""
    rows = RecordNumber.objects.filter(number__in=records)
    rows.update(draft_changed_at=timezone.now())
    rows.filter(keeper__isnull=True).update(keeper=by)


def mark_submitted(record):
    """Say that the working row of `record` is what was last submitted."""
    RecordNumber.objects.filter(number=record).update(draft_changed_at=None)


def kept_by(person):
    """What `person` keeps, by whose it is: {the centre's number (None: the network's): record numbers}."""
    kept = {}
    for model in apps.get_models():
        if issubclass(model, Recorded):
            owner = model.owner_column()
            for number, centre in model.objects.filter(record__keeper=person).values_list(
                "pk", owner or Value(None, IntegerField())
            ):
                kept.setdefault(centre, []).append(number)
    return kept


def release(numbers):
    """Put records back into the queue of whose they are, for somebody to take."""
    RecordNumber.objects.filter(number__in=numbers).update(keeper=None)


def claim(kind, *, first, number=None):
    """Claim `number` for a new thing of `kind`, or the next free one, from `first` up.

    Raises IntegrityError where `number` is in use, so two writers never get the same.
    """
    if number is not None:
        return RecordNumber.objects.create(number=number, kind=kind)
    return claim_several(kind, first=first, count=1)[0]


def claim_several(kind, *, first, count):
    """Claim the next `count` free numbers for new things of `kind`, one after the other, from `first` up."""
    attempts = 5
    while True:
        highest = RecordNumber.objects.filter(kind=kind).aggregate(Max("number"))["number__max"]
        start = first if highest is None else highest + 1
        if RecordNumber.objects.filter(number__range=(start, start + count - 1)).exists():
            # The kind has filled the gap before the next kind's series: go on after everything.
            start = RecordNumber.objects.aggregate(Max("number"))["number__max"] + 1
        wanted = [RecordNumber(number=number, kind=kind) for number in range(start, start + count)]
        try:
            with transaction.atomic():
                return RecordNumber.objects.bulk_create(wanted)
        except IntegrityError:
            # Another writer took them first, and has finished: the database made us wait for it. Look again.
            attempts -= 1
            if not attempts:
                raise


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

    @classmethod
    def owner_column(cls):
        """The column that names the centre a row belongs to; None where the network owns them all."""
        return "centre" if "centre" in {field.name for field in cls._meta.fields} else None


class Bilingual(Recorded):
    """A working row of which some texts can be said in Welsh too: its centre's own words, read by a second person with it.

    `IN_WELSH` is {field of the Welsh: field of the English}.
    """

    IN_WELSH: dict[str, str]

    welsh_of = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("A digest of the English that the Welsh was made from."),
    )
    welsh_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def english(self):
        """A digest of the words that can be said in Welsh too, so that a later change of them is seen."""
        words = "\0".join(getattr(self, field) for field in self.IN_WELSH.values())
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def confirm_welsh(self):
        """Note that the Welsh says what the English says today; not saved. Without any Welsh there is nothing to note."""
        has_welsh = any(getattr(self, field) for field in self.IN_WELSH)
        self.welsh_of = self.english if has_welsh else ""
        self.welsh_on = timezone.localdate() if has_welsh else None

    @property
    def welsh_state(self):
        """Whether the English is still what the Welsh was made from: current, older, or unknown."""
        if not self.welsh_of:
            return "unknown"
        return "current" if self.welsh_of == self.english else "older"
