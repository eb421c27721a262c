"""From an invitation to a role: the mail, the address in it, and all the ways in which it does not work."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres import people
from centres.models import AuditEntry, Invitation, Person, Role
from tests.factories import person
from tests.integration.accounts.people import SET_UP, code, is_in, shown, sign_in, with_app

LIST, ADD = (reverse(f"admin:centres_invitation_{name}") for name in ("changelist", "add"))
JOINING = {
    "username": "nora",
    "first_name": "Nora",
    "last_name": "New",
    "password1": "a staple of correct horses",
    "password2": "a staple of correct horses",
}


@pytest.fixture
def managing(browser, manager):
    """A browser in which the EEF's manager is signed in."""
    sign_in(browser, manager)
    return browser


def invite(browser, eef, *, email="nora@example.org", name="editor"):
    return browser.post(ADD, {"email": email, "name": name, "centre": eef.pk})


def mailed():
    """The address in the newest mail."""
    return re.search(rf"{settings.ADDRESS}(/accounts/invitation/\S+)", mail.outbox[-1].body)[1]


def test_invited_joined_and_led_to_a_second_factor(managing, eef, manager, commits_at_once):
    assert invite(managing, eef)["Location"] == LIST
    assert "nora@example.org" in shown(managing.get(LIST))
    letter = mail.outbox[0]
    assert letter.to == ["nora@example.org"]
    assert "Education Endowment Foundation" in letter.subject
    assert "Editor" in letter.body

    nora = Client()
    assert "Your role: Editor" in shown(nora.get(mailed()))
    assert nora.post(mailed(), JOINING)["Location"] == reverse("admin:index")
    assert nora.get(reverse("admin:index"))["Location"] == SET_UP
    account = Person.objects.get(username="nora")
    assert (account.email, account.is_staff, account.is_superuser) == ("nora@example.org", True, False)
    assert [(role.name, role.centre) for role in account.roles.all()] == [("editor", eef)]
    page = nora.get(reverse("mfa_activate_totp"))
    nora.post(reverse("mfa_activate_totp"), {"code": code(page.context["form"].secret)})
    assert is_in(nora)

    given = AuditEntry.objects.get(kind="centres_role", after__person_id=account.pk)
    assert given.person == account
    assert AuditEntry.objects.filter(kind="centres_invitation").earliest("pk").person == manager


def test_an_administrator_invites_to_the_network(browser, administrator):
    sign_in(browser, administrator)
    browser.post(ADD, {"email": "nell@example.org", "name": "network editor", "centre": ""})
    nell = Client()
    nell.post(mailed(), JOINING | {"username": "nell"})
    assert [(role.name, role.centre) for role in Person.objects.get(username="nell").roles.all()] == [
        ("network editor", None)
    ]


@pytest.mark.parametrize(
    ("name", "centre"),
    [("network editor", ""), ("administrator", ""), ("editor", ""), ("editor", "yef"), ("banana", "eef"), ("", "eef")],
)
def test_a_manager_invites_to_their_own_centre_and_no_further(managing, eef, yef, name, centre):
    chosen = {"eef": eef.pk, "yef": yef.pk, "": ""}[centre]
    assert managing.post(ADD, {"email": "x@example.org", "name": name, "centre": chosen}).status_code == 422
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_a_network_role_names_no_centre(browser, administrator, eef):
    sign_in(browser, administrator)
    refused = browser.post(ADD, {"email": "x@example.org", "name": "administrator", "centre": eef.pk})
    assert "leave the centre empty" in shown(refused)
    assert not Invitation.objects.exists()


def test_nobody_invites_themselves(managing, eef, manager):
    assert "nobody gives themselves" in shown(invite(managing, eef, email=manager.email.upper()))
    assert not Invitation.objects.exists()


def test_the_same_invitation_is_not_written_twice(managing, eef):
    invite(managing, eef)
    assert "have this invitation already" in shown(invite(managing, eef, email="Nora@Example.org"))
    assert Invitation.objects.count() == 1


def test_inviting_tells_nothing_of_accounts_elsewhere(managing, eef, stranger):
    """The same answer for an address that nobody has and one that somebody of another centre has."""
    answers = {(invite(managing, eef, email=email)["Location"]) for email in (stranger.email, "nobody@example.org")}
    assert len(answers) == 1
    assert len(mail.outbox) == 2
    bodies = {re.sub(r"invitation/\S+", "", letter.body) for letter in mail.outbox}
    assert len(bodies) == 1


def test_somebody_with_an_account_signs_in_and_accepts(managing, eef, stranger):
    invite(managing, eef, email=stranger.email.upper(), name="reviewer")
    theirs = Client()
    assert "have an account already" in shown(theirs.get(mailed()))
    assert theirs.post(mailed(), JOINING).status_code == 200
    assert not Person.objects.filter(username="nora").exists()
    sign_in(theirs, stranger)
    assert "Accept" in shown(theirs.get(mailed()))
    assert theirs.post(mailed())["Location"] == reverse("accounts:own")
    assert stranger.roles.filter(centre=eef, name="reviewer").exists()
    assert Invitation.objects.get().accepted_by == stranger


def test_somebody_else_who_is_signed_in_cannot_accept(managing, eef, stranger, ada):
    invite(managing, eef, email=stranger.email, name="manager")
    others = Client()
    sign_in(others, ada)
    assert others.get(mailed()).status_code == 403
    assert others.post(mailed()).status_code == 403
    invite(managing, eef, email="unknown@example.org", name="manager")
    assert others.post(mailed(), JOINING).status_code == 403
    assert not Role.objects.filter(name="manager", person__in=[ada, stranger]).exists()
    assert Person.objects.filter(email="unknown@example.org").count() == 0


def test_accepting_is_for_the_invited_address_whoever_calls(manager, eef, ada, stranger):
    _invitation, secret = people.invite(by=manager, email=stranger.email, centre=eef, name=Role.Name.MANAGER)
    with pytest.raises(people.Refusal, match="another address"):
        people.accept_invitation(by=ada, secret=secret)
    with pytest.raises(people.Refusal, match="account already"):
        people.join(secret=secret, username="x", first_name="", last_name="", password="x")
    people.accept_invitation(by=stranger, secret=secret)
    with pytest.raises(people.Refusal, match="ended"):
        people.accept_invitation(by=stranger, secret=secret)


def test_an_accepted_role_is_not_held_twice(managing, eef, ada):
    invite(managing, eef, email=ada.email)
    theirs = Client()
    sign_in(theirs, ada)
    theirs.post(mailed())
    assert ada.roles.filter(centre=eef, name="editor").count() == 1


ENDINGS = {
    "wrong": lambda address, invitation, manager: f"{address[:-3]}xx/",
    "expired": lambda *_: Invitation.objects.update(expires_at=timezone.now()),
    "withdrawn": lambda address, invitation, manager: people.withdraw_invitation(by=manager, invitation=invitation),
    "sent again": lambda address, invitation, manager: people.send_again(by=manager, invitation=invitation),
    "accepted": lambda address, *_: Client().post(address, JOINING | {"username": "first"}),
    "its sender lost the right": lambda *_: Role.objects.filter(name="manager").update(ended=F("started")),
    "its sender left": lambda *_: Person.objects.filter(username="manager").update(is_active=False),
}


@pytest.mark.parametrize("why", ENDINGS)
def test_an_address_that_ended_says_the_same_whatever_the_reason(managing, eef, manager, why):
    invite(managing, eef)
    address = mailed()
    changed = ENDINGS[why](address, Invitation.objects.get(), manager)
    if why == "wrong":
        address = changed
    plain = Client().get("/accounts/invitation/nothing-at-all/")
    before = Person.objects.count()
    for response in (Client().get(address), Client().post(address, JOINING)):
        assert response.status_code == plain.status_code == 404
        assert shown(response) == shown(plain)
    assert Person.objects.count() == before


def test_an_invitation_works_for_two_weeks(managing, eef):
    invite(managing, eef)
    lasts = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < lasts <= timedelta(days=14)


def test_sending_again_gives_a_new_address_and_a_new_fortnight(managing, eef, manager):
    invite(managing, eef)
    first = mailed()
    Invitation.objects.update(expires_at=timezone.now())
    invitation = Invitation.objects.get()
    managing.post(reverse("admin:centres_invitation_send_again", args=[invitation.pk]))
    assert mailed() != first
    assert Client().get(mailed()).status_code == 200


def test_withdrawing_is_for_what_is_open(managing, eef, manager):
    invite(managing, eef)
    invitation = Invitation.objects.get()
    withdraw = reverse("admin:centres_invitation_withdraw", args=[invitation.pk])
    assert managing.get(withdraw).status_code == 405
    managing.post(withdraw)
    assert "Withdrawn" in shown(managing.get(LIST))
    again = managing.post(reverse("admin:centres_invitation_send_again", args=[invitation.pk]), follow=True)
    assert "Write a new one" in shown(again)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"username": "MANAGER"}, "choose another"),
        ({"username": "no spaces please"}, "valid username"),
        ({"username": ""}, "required"),
        ({"first_name": ""}, "required"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "nora@example.org", "password2": "nora@example.org"}, "too similar"),
        ({"password2": "something else"}, "same password twice"),
        ({"password1": ""}, "required"),
    ],
)
def test_what_is_filled_in_wrongly_is_said_and_nothing_is_lost(managing, eef, wrong, said):
    invite(managing, eef)
    theirs = Client()
    refused = theirs.post(mailed(), JOINING | wrong)
    assert refused.status_code == 422
    assert said in shown(refused)
    assert "New" in refused.content.decode()
    assert Invitation.objects.get().accepted_at is None
    assert theirs.post(mailed(), JOINING).status_code == 302


def test_joining_sets_nothing_but_what_it_asks_for(managing, eef):
    invite(managing, eef)
    more = {"is_superuser": "on", "is_staff": "on", "email": "other@example.org", "is_demonstration": "on", "id": "1"}
    Client().post(mailed(), JOINING | more)
    nora = Person.objects.get(username="nora")
    assert (nora.is_superuser, nora.is_demonstration, nora.email) == (False, False, "nora@example.org")


def test_somebody_who_left_comes_back_to_the_same_account(managing, eef, manager):
    former = with_app(person("nora", eef, Role.Name.REVIEWER))
    people.leave(by=manager, person=former)
    invite(managing, eef, email=former.email)
    back = Client()
    assert "account nora is closed" in shown(back.get(mailed()))
    back.post(mailed(), JOINING | {"username": "somebody-else"})
    former.refresh_from_db()
    assert former.is_active
    assert former.username == "nora"
    assert [role.name for role in former.roles.current()] == ["editor"]
    assert back.get(reverse("admin:index"))["Location"] == SET_UP


def test_asking_for_invitations_on_and_on_is_stopped(network):
    browser = Client()
    answers = [browser.get(f"/accounts/invitation/guess-{n}/").status_code for n in range(21)]
    assert answers == [404] * 20 + [429]


def test_a_mail_that_cannot_be_sent_is_said_and_can_be_sent_again(managing, eef, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "could not be sent" in shown(
        managing.post(ADD, {"email": "nora@example.org", "name": "editor", "centre": eef.pk}, follow=True)
    )
    settings.EMAIL_BACKEND = working
    managing.post(reverse("admin:centres_invitation_send_again", args=[Invitation.objects.get().pk]))
    assert Client().get(mailed()).status_code == 200


def test_the_secret_is_kept_nowhere(managing, eef):
    invite(managing, eef)
    secret = mailed().rstrip("/").rpartition("/")[2]
    invitation = Invitation.objects.get()
    assert secret not in str(invitation.__dict__)
    assert not AuditEntry.objects.filter(after__icontains=secret).exists()
