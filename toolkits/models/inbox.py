"""What the public sends in, and who follows what."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from toolkits.languages import ENGLISH, NAMES


class Inbox(models.Model):
    """Something a visitor sent in: a kind and a payload. The public side only inserts; the runner takes it from here.

    What was taken is emptied, and counts for a day towards what its sender may send. A trigger bounds how much waits.
    """

    class Kind(models.TextChoices):
        FOLLOW = "follow", _("Asks to follow something")
        CONFIRM = "confirm", _("Confirms that they do")
        CHANGE = "change", _("Changes how often, or stops one")
        STOP = "stop", _("Stops all mail")

    # Made here, because a database that has to tell the number of a new row has to be asked with the right to read it.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=12, choices=Kind)
    payload = models.JSONField()
    sender = models.CharField(
        max_length=32, blank=True, help_text=_("A keyed digest of where it came from and of the day; never an address.")
    )
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text=_("How often the mail server did not answer."))
    try_at = models.DateTimeField(null=True, help_text=_("When to try again."))

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = _("inbox")
        indexes = [
            models.Index(fields=["at"], condition=Q(taken_at__isnull=True), name="inbox_waiting"),
            models.Index(fields=["sender", "at"], name="inbox_of_a_sender"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"


class Follower(models.Model):
    """An address that follows something, or was asked whether it wants to. Its key is in every link mailed to it."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    address = models.EmailField(max_length=254, unique=True)
    asked = models.PositiveSmallIntegerField(default=0, help_text=_("Mails it was sent because somebody asked."))
    asked_since = models.DateTimeField(default=timezone.now, help_text=_("Since when they are counted."))
    tries = models.PositiveSmallIntegerField(default=0, help_text=_("How often in a row a mail was refused."))
    try_at = models.DateTimeField(null=True, help_text=_("When to try again."))

    class Meta:
        ordering = ["address"]

    def __str__(self):
        return self.address


class Follow(models.Model):
    """What somebody follows: a record with what belongs to it, a list by its address, or (neither) the network."""

    class Often(models.TextChoices):
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="follows")
    record = models.PositiveIntegerField(null=True)
    search = models.CharField(max_length=2000, blank=True, help_text=_("The address of a list with its filters."))
    often = models.CharField(max_length=6, choices=Often, default=Often.WEEKLY)
    language = models.CharField(
        max_length=5,
        choices=list(NAMES.items()),
        default=ENGLISH,
        db_default=ENGLISH,
        help_text=_("That of the page where it was asked for or changed, and so of its mails."),
    )
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True, help_text=_("What happened up to then has been told."))
    found = ArrayField(
        models.PositiveIntegerField(), default=list, help_text=_("The records that were in the list the last time.")
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["told_until"], condition=Q(confirmed_at__isnull=False), name="follows_to_tell")]
        constraints = [
            models.UniqueConstraint(fields=["follower", "record", "search"], nulls_distinct=False, name="follow_once"),
            models.CheckConstraint(condition=Q(record__isnull=True) | Q(search=""), name="follow_one_thing"),
            models.CheckConstraint(condition=Q(language__in=list(NAMES)), name="follow_language"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, told_until__isnull=True)
                | Q(confirmed_at__isnull=False, told_until__isnull=False),
                name="follow_confirmed_says_from_when",
            ),
        ]

    def __str__(self):
        return f"{self.follower}: {self.record or self.search or 'network'}"
