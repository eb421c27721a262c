"""People, what they may do and from when to when, and those who are asked to join."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.models.centres import Centre


class Person(AbstractUser):
    """An account of the editorial side. What it may do follows from its roles, never from a flag here.

    The one exception is `is_superuser`, which `createsuperuser` sets: a network administrator for good,
    so that a new portal has somebody to give the first role.
    """

    class Mail(models.TextChoices):
        AT_ONCE = "at once", _("At once")
        DAILY = "daily", _("Once a day, together")
        NEVER = "never", _("Never")

    class Language(models.TextChoices):
        ENGLISH = "en-gb", "English"
        WELSH = "cy", "Cymraeg"

    is_loader = models.BooleanField(
        default=False, editable=False, help_text=_("The one account that publishes what a network folder holds.")
    )
    is_demonstration = models.BooleanField(
        default=False, editable=False, help_text=_("A made-up account: the portal starts with it on a loopback only.")
    )
    mail = models.CharField(
        max_length=10,
        choices=Mail,
        default=Mail.AT_ONCE,
        help_text=_("When to be told by mail what was submitted, returned, published or is overdue."),
    )
    language = models.CharField(
        max_length=5,
        choices=Language,
        default=Language.ENGLISH,
        db_default=Language.ENGLISH,
        help_text=_(
            "Of the editors' pages, of this account, and of mail. A public page is in the language of its address."
        ),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["is_loader"], condition=Q(is_loader=True), name="one_loader_account"),
            models.CheckConstraint(
                condition=Q(is_loader=False) | (Q(is_staff=False) & Q(is_superuser=False)),
                name="loader_cannot_sign_in_to_the_admin",
            ),
            models.CheckConstraint(condition=Q(mail__in=["at once", "daily", "never"]), name="person_mail"),
            models.CheckConstraint(condition=Q(language__in=["en-gb", "cy"]), name="person_language"),
        ]


class RoleName(models.TextChoices):
    """What a person may do. The first three are for one centre, the others for the network."""

    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    MANAGER = "manager", _("Centre manager")
    NETWORK_EDITOR = "network editor", _("Network editor")
    ADMINISTRATOR = "administrator", _("Network administrator")


OF_A_CENTRE = ("editor", "reviewer", "manager")
OF_THE_NETWORK = ("network editor", "administrator")


def role_fits_its_place(name):
    """A database check that a role for one centre names it, and one for the network names none."""
    return models.CheckConstraint(
        condition=Q(name__in=OF_A_CENTRE, centre__isnull=False) | Q(name__in=OF_THE_NETWORK, centre__isnull=True),
        name=name,
    )


class RoleQuerySet(models.QuerySet):
    """Roles by date."""

    def current(self, on=None):
        """Roles in force on a day; today when it is not said."""
        on = on or timezone.localdate()
        return self.filter(Q(started__lte=on) & (Q(ended__isnull=True) | Q(ended__gt=on)))


class Role(models.Model):
    """What a person may do, for one centre or (without a centre) for the network, from when to when."""

    Name = RoleName

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    centre = models.ForeignKey(
        Centre,
        on_delete=models.PROTECT,
        related_name="roles",
        null=True,
        blank=True,
        help_text=_("Empty for a role in the network: vocabularies, bands, families, memberships."),
    )
    name = models.CharField(max_length=20, choices=RoleName)
    started = models.DateField(default=timezone.localdate, help_text=_("The first day."))
    ended = models.DateField(
        null=True,
        blank=True,
        help_text=_(
            "The day from which it gives no right any more, so that ending one works at once; empty: it goes on."
        ),
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["person", "started", "pk"]
        constraints = [
            role_fits_its_place("role_fits_its_place"),
            models.UniqueConstraint(
                fields=["person", "centre", "name"],
                condition=Q(ended__isnull=True),
                nulls_distinct=False,
                name="role_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("started")), name="role_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_name_display()}, {self.centre or _('network')}"


class Invitation(models.Model):
    """Somebody asked to join, with the role that awaits them. The mailed address holds a secret; here is its digest."""

    email = models.EmailField()
    centre = models.ForeignKey(
        Centre,
        on_delete=models.PROTECT,
        related_name="invitations",
        null=True,
        blank=True,
        help_text=_("Empty: the network."),
    )
    name = models.CharField(_("role"), max_length=20, choices=RoleName)
    digest = models.CharField(max_length=64, unique=True, editable=False, help_text=_("SHA-256 of the secret."))
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False)

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            role_fits_its_place("invitation_fits_its_place"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accepted_invitation_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.email}: {self.get_name_display()}, {self.centre or _('network')}"
