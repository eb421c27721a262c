"""A person's language: of the editors' pages, of the account, of mail; nothing that is kept or public depends on it."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from centres import people
from centres.accounts.letters import send_invitation
from centres.models import AuditEntry, Person, Role
from tests.factories.publishing import republish
from toolkits import actions, notices, own_links, snapshots
from toolkits.mail import send_mail
from toolkits.models import Change, Decision, Notice, PublishedPage

HTML = re.compile(r'<html lang="([\w-]+)"')


@pytest.fixture
def ceri(editor):
    """An editor of the EEF who works in Welsh."""
    given = {"first_name": "Ceri", "last_name": "Ab", "mail": "at once"}
    people.change_own(by=editor, **given, language=Person.Language.WELSH)
    return editor


def language_of(response):
    return HTML.search(response.content.decode())[1], response.headers["Content-Language"]


@pytest.mark.parametrize("name", ["admin:index", "editorial:queue", "accounts:own", "editorial:imports"])
def test_the_pages_of_somebody_who_is_signed_in_are_in_their_language(ceri, client, name):
    client.force_login(ceri)

    assert language_of(client.get(reverse(name))) == ("cy", "cy")
    assert language_of(client.get("/toolkits/")) == ("en-gb", "en-gb")
    assert language_of(client.get("/cy/toolkits/")) == ("cy", "cy")


def test_a_public_address_is_answered_alike_whoever_asks(ceri, client):
    before = client.get("/cy/toolkits/").content, client.get("/toolkits/").content
    client.force_login(ceri)
    assert (client.get("/cy/toolkits/").content, client.get("/toolkits/").content) == before


def test_the_choice_is_made_on_ones_own_page_and_entered(editor, client):
    client.force_login(editor)
    page = client.get(reverse("accounts:own"))
    assert language_of(page) == ("en-gb", "en-gb")
    given = {"first_name": "C", "last_name": "A", "mail": "daily", "language": "cy"}
    told = client.post(reverse("accounts:own"), given, follow=True).content.decode()

    assert "Wedi" in told or "Cadwyd" in told
    assert AuditEntry.objects.filter(kind="centres_person", after__language="cy", person=editor).exists()


def test_what_is_written_in_welsh_is_stored_as_in_english(mentoring, ceri, reviewer):
    mentoring.summary += " More."
    mentoring.save()
    frozen = snapshots.freeze(snapshots.reload(mentoring))
    with override("cy"):
        version = republish(mentoring, ceri, reviewer)

    assert (version.payload, version.digest) == frozen
    assert version.path == PublishedPage.objects.get(record=mentoring.pk).path
    assert not version.path.startswith("/cy/")


def test_links_in_a_text_are_read_in_either_language(mentoring, ceri):
    path = PublishedPage.objects.get(record=mentoring.pk).path
    links = {path, f"/cy{path}", "/toolkits/none/", "/cy/toolkits/none/"}
    for language in ("en-gb", "cy"):
        with override(language):
            assert own_links.broken(links) == {"/toolkits/none/", "/cy/toolkits/none/"}


def test_mail_is_in_the_language_of_whom_it_is_for(mentoring, ceri, reviewer):
    mentoring.summary += " More."
    mentoring.save()
    revision = actions.submit(document=mentoring, by=ceri, change=Change.WORDING, note="Clearer")
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=revision, by=reviewer)
    send_mail()

    by_address = {letter.to[0]: letter for letter in mail.outbox}
    welsh, english = by_address[ceri.email], by_address[reviewer.email]
    assert english.subject.startswith("Submitted for review")
    assert "submitted this for review" in english.body
    assert "Version" not in welsh.body
    assert "Helo" in welsh.body
    assert "/cy/record/1011/v2/" in welsh.body
    assert Notice.objects.get(person=ceri, event=Notice.Event.PUBLISHED).text.startswith("Mae fersiwn")


def test_a_reminder_is_written_for_each_in_their_own(ceri, reviewer):
    said = {"event": Notice.Event.OVERDUE, "title": "T", "key": "k", "address": "/x/"}
    notices.tell([ceri, reviewer], text=Notice.Event.OVERDUE.label, **said)

    texts = dict(Notice.objects.filter(key="k").values_list("person", "text"))
    assert texts[reviewer.pk] == "Overdue for review"
    assert texts[ceri.pk] != texts[reviewer.pk]


def test_signing_in_is_in_the_language_of_its_address(ceri, client):
    english = client.get("/accounts/login/?next=/admin/")
    welsh = client.get("/cy/accounts/login/?next=/admin/", headers={"Accept-Language": "en"})

    assert (language_of(english)[0], language_of(welsh)[0]) == ("en-gb", "cy")
    assert '<a href="/cy/accounts/login/?next=/admin/" lang="cy"' in english.content.decode()
    assert 'action="/cy/accounts/login/' in welsh.content.decode()
    assert language_of(client.get("/accounts/login/", headers={"Accept-Language": "cy"}))[0] == "en-gb"


def test_a_new_password_is_mailed_in_the_language_of_the_account(ceri, reviewer, client):
    for person in (ceri, reviewer):
        client.post("/accounts/password/reset/", {"email": person.email})

    welsh, english = mail.outbox
    assert english.subject == "A new password for What Works"
    assert welsh.subject != english.subject


def test_who_joins_by_a_welsh_page_has_a_welsh_account_and_an_invitation_is_in_the_inviters(network_admin, eef, client):
    people.change_own(by=network_admin, first_name="N", last_name="A", mail="never", language="cy")
    invitation, secret = people.invite(by=network_admin, email="new@example.org", centre=eef, name=Role.Name.EDITOR)
    send_invitation(invitation, secret)
    assert f"/cy/accounts/invitation/{secret}/" in mail.outbox[0].body
    given = {"username": "newydd", "first_name": "N", "last_name": "W"}
    given |= {"password1": "oeddwn-i-yno-9", "password2": "oeddwn-i-yno-9"}
    client.post(f"/cy/accounts/invitation/{secret}/", given)
    assert Person.objects.get(username="newydd").language == "cy"
