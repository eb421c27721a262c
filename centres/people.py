"""Everything that changes who may do what: invitations, roles, a person's own settings, and leaving.

What `people_rights` refuses is refused here too, whoever calls. History is kept: roles end, accounts are switched off,
nothing is deleted but what proves who somebody is.
"""

import hashlib
import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from centres import audit, people_rights, permissions, records, sessions
from centres.accounts.words import factor_in_words
from centres.audit import by_whom
from centres.models import Centre, Invitation, Person, Role
from centres.people_rights import Refusal

INVITATION_DAYS = 14


def _digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def _locked(person):
    """The person, whose roles nobody else changes until the transaction ends."""
    return Person.objects.select_for_update().get(pk=person.pk)


def _running(person, centre, name):
    """The roles of this kind that `person` holds, or is to hold."""
    today = timezone.localdate()
    return Role.objects.filter(Q(ended__isnull=True) | Q(ended__gt=today), person=person, centre=centre, name=name)


# Invitations


@by_whom
def invite(*, by, email, centre, name):
    """Ask somebody to join with a role. Returns the invitation and the secret of its address, which is kept nowhere."""
    people_rights.check_may_give(by, centre, name)
    email = email.strip().lower()
    if by.email and email == by.email.lower():
        raise Refusal(_("This is your own address: nobody gives themselves a role."))
    if open_invitations().filter(email=email, centre=centre, name=name).exists():
        raise Refusal(_("They have this invitation already. Open it in the list to send it again."))
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        centre=centre,
        name=name,
        digest=_digest(secret),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    return invitation, secret


@by_whom
def send_again(*, by, invitation):
    """Renew an invitation, now in the name of `by`. Returns its new secret; the old address ends."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    people_rights.check_may_give(by, invitation.centre, invitation.name)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refusal(_("This invitation has been accepted or withdrawn. Write a new one."))
    secret = secrets.token_urlsafe(32)
    invitation.digest = _digest(secret)
    invitation.invited_by = by
    invitation.invited_at = timezone.now()
    invitation.expires_at = invitation.invited_at + timedelta(days=INVITATION_DAYS)
    invitation.save()
    return secret


@by_whom
def withdraw_invitation(*, by, invitation):
    """End an invitation that nobody has accepted."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    people_rights.check_may_give(by, invitation.centre, invitation.name)
    if invitation.accepted_at:
        raise Refusal(_("This invitation has been accepted. End the role instead."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])


def open_invitations():
    """Invitations that wait to be accepted."""
    return Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())


def invitation_with(secret):
    """The invitation that `secret` opens; None where there is none that still holds.

    It holds while whoever sent it may give the role: one who was let go cannot let others in.
    """
    invitation = open_invitations().select_related("invited_by", "centre").filter(digest=_digest(secret)).first()
    if invitation is None or not permissions.can_manage(invitation.invited_by, invitation.centre):
        return None
    return invitation


def invited_person(invitation):
    """Whose account has the invited address: somebody who works here, else somebody who left; None: nobody yet."""
    people = Person.objects.filter(email__iexact=invitation.email, is_loader=False)
    return people.order_by("-is_active", "-last_login", "pk").first()


@by_whom
def accept_invitation(*, by, secret):
    """Give `by`, whose address was invited, the role. Returns the invitation."""
    held = invitation_with(secret)
    if held is None:
        raise Refusal(_("This invitation has ended."))
    invitation = Invitation.objects.select_for_update().get(pk=held.pk)
    person = _locked(by)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refusal(_("This invitation has ended."))
    if invited_person(invitation) != person or not permissions.may_sign_in(person):
        raise Refusal(_("This invitation is for another address than that of your account."))
    if not _running(person, invitation.centre, invitation.name).exists():
        Role.objects.create(person=person, centre=invitation.centre, name=invitation.name)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return invitation


@transaction.atomic
def join(*, secret, username, first_name, last_name, password, language=Person.Language.ENGLISH):
    """Make the account that an invitation is for, or open one that was closed, and accept. Returns the person.

    `language` is that of a new account; one that was closed keeps its own.

    Until it exists nobody does this: only what follows is entered as done by the person.
    """
    invitation = invitation_with(secret)
    if invitation is None:
        raise Refusal(_("This invitation has ended."))
    person = invited_person(invitation)
    if person is None:
        person = Person(username=username, email=invitation.email, language=language)
    elif person.is_active:
        raise Refusal(_("You have an account already: sign in to accept."))
    person.first_name, person.last_name = first_name, last_name
    person.is_active = person.is_staff = True
    person.set_password(password)
    person.save()
    accept_invitation(by=person, secret=secret)
    return person


# Roles


@by_whom
def give_role(*, by, person, centre, name, ended=None):
    """Give `person` a role from today, until the day `ended` where that is known. Returns it."""
    person = _locked(person)
    people_rights.check_may_give_to(by, person, centre, name)
    if ended is not None and ended <= timezone.localdate():
        raise Refusal(_("The role would end before it begins: give a later day."))
    if _running(person, centre, name).exists():
        raise Refusal(_("%(person)s has this role already.") % {"person": person})
    return Role.objects.create(person=person, centre=centre, name=name, ended=ended)


@by_whom
def end_role(*, by, role):
    """End a role at once. The last one in a centre ends the person's sessions, and their work goes to its queue."""
    person = _locked(role.person)
    people_rights.check_may_end(by, role)
    _end([role])
    records_of_leaver(person)
    if by != person and not Role.objects.current().filter(person=person, centre=role.centre).exists():
        sessions.end_all(by=by, person=person)


def _end(roles):
    today = timezone.localdate()
    for role in roles:
        # One that was to begin later never does.
        role.ended = max(today, role.started)
        role.save(update_fields=["ended"])


def records_of_leaver(person):
    """Give back what `person` keeps and may no longer work on, centre by centre. Returns whether there was anything."""
    released = False
    for centre_number, numbers in records.kept_by(person).items():
        centre = Centre.objects.get(pk=centre_number) if centre_number else None
        if permissions.can_edit(person, centre):
            continue
        records.release(numbers)
        with audit.kept_words():
            note = _("%(person)s no longer works on these records.") % {"person": person}
        audit.record(
            action="put into the queue",
            kind="centres_person",
            key=person.pk,
            centre=centre,
            before={"kept": sorted(numbers)},
            note=note,
        )
        released = True
    return released


def take_back_from_leavers():
    """Give back what people keep whose role ended by its date. Returns whether there was anything."""
    ended = Role.objects.filter(ended__lte=timezone.localdate())
    keepers = Person.objects.filter(kept_records__isnull=False, pk__in=ended.values("person")).distinct()
    released = [records_of_leaver(person) for person in keepers]
    return any(released)


@by_whom
def leave(*, by, person):
    """Let `person` leave: every role that `by` answers for ends, and with the last one the account. Returns whether it did."""
    person = _locked(person)
    people_rights.check_may_let_leave(by, person)
    altogether = people_rights.leaves_altogether(by, person)
    today = timezone.localdate()
    _end(people_rights.roles_seen_by(by).filter(Q(ended__isnull=True) | Q(ended__gt=today), person=person))
    if altogether:
        person.is_active = person.is_superuser = False
        person.set_unusable_password()
        person.save(update_fields=["is_active", "is_superuser", "password"])
        _forget_second_factors(by, person)
    records_of_leaver(person)
    sessions.end_all(by=by, person=person)
    return altogether


# Who somebody is


@by_whom
def change_own(*, by, first_name, last_name, mail, language):
    """Change one's own name, when to be told by mail, and in which language."""
    by.first_name, by.last_name, by.mail, by.language = first_name, last_name, mail, language
    by.save(update_fields=["first_name", "last_name", "mail", "language"])


@by_whom
def correct(*, by, person, first_name, last_name, email):
    """Change somebody's name and e-mail address: an administrator's, because a password is reset through the address."""
    people_rights.check_may_correct(by, person)
    email = email.strip().lower()
    if email and Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise Refusal(_("Another account has this address."))
    person.first_name, person.last_name, person.email = first_name, last_name, email
    person.save(update_fields=["first_name", "last_name", "email"])


@by_whom
def forget_second_factors(*, by, person):
    """Remove the second factors of somebody who lost them, and end their sessions: the next sign-in sets one up anew."""
    person = _locked(person)
    people_rights.check_may_forget_second_factors(by, person)
    _forget_second_factors(by, person)
    sessions.end_all(by=by, person=person)


@transaction.atomic
def reset_second_factors(*, person, reason):
    """The same from the server's command line, where nobody is signed in. Returns how many were removed.

    The audit trail keeps `reason`, beside an entry for each factor.
    """
    person = _locked(person)
    count = Authenticator.objects.filter(user=person).count()
    if count:
        _forget_second_factors(None, person)
        note = f"{person}: {reason}"
        audit.record(action="second factors reset on the server", kind="centres_person", key=person.pk, note=note)
        sessions.end_all(by=None, person=person)
    return count


def _forget_second_factors(by, person):
    for authenticator in Authenticator.objects.filter(user=person):
        audit.record(
            action="second factor removed",
            by=by,
            kind="centres_person",
            key=person.pk,
            note=f"{person}: {factor_in_words(authenticator)}",
        )
        authenticator.delete()
