"""The pages of people in the admin: who gets which, and that posting more than a form offers gives nobody anything."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from centres import people
from centres.models import Invitation, Person, Role
from tests.factories import person
from tests.integration.accounts.people import entered, is_in, shown, sign_in

LIST = reverse("admin:centres_person_changelist")


def address(name, *arguments):
    return reverse(f"admin:centres_{name}", args=arguments)


def of_a_person(somebody):
    """Every address about one person: (method, address, what is posted)."""
    role, session = somebody.roles.first(), UserSession.objects.filter(user=somebody).first()
    give = {"name": "reviewer", "centre": role.centre_id}
    return {
        "page": ("get", address("person_change", somebody.pk), {}),
        "history": ("get", address("person_history", somebody.pk), {}),
        "deletion": ("get", address("person_delete", somebody.pk), {}),
        "leaving, asked": ("get", address("person_leave", somebody.pk), {}),
        "second factors, asked": ("get", address("person_forget_second_factors", somebody.pk), {}),
        "give a role": ("post", address("person_give_role", somebody.pk), give),
        "end a session": ("post", address("person_end_session", somebody.pk, session.pk), {}),
        "end sessions": ("post", address("person_end_sessions", somebody.pk), {}),
        "correct": ("post", address("person_change", somebody.pk), {"email": "mine@example.org"}),
        "remove second factors": ("post", address("person_forget_second_factors", somebody.pk), {}),
        "end a role": ("post", address("person_end_role", somebody.pk, role.pk), {}),
        "leave": ("post", address("person_leave", somebody.pk), {}),
    }


def of_an_invitation(invitation):
    return {
        "invitation": ("get", address("invitation_change", invitation.pk), {}),
        "its history": ("get", address("invitation_history", invitation.pk), {}),
        "its deletion": ("get", address("invitation_delete", invitation.pk), {}),
        "change it": ("post", address("invitation_change", invitation.pk), {"name": "administrator"}),
        "send it again": ("post", address("invitation_send_again", invitation.pk), {}),
        "withdraw it": ("post", address("invitation_withdraw", invitation.pk), {}),
    }


# What the manager of that centre, the manager of another, an editor of it, a network editor and an administrator get.
ANSWERS = {
    "page": (200, 404, 403, 403, 200),
    "history": (200, 404, 404, 404, 200),
    "deletion": (403, 404, 404, 404, 403),
    "leaving, asked": (200, 404, 403, 403, 200),
    "second factors, asked": (403, 404, 403, 403, 200),
    "give a role": (302, 404, 403, 403, 302),
    "end a session": (302, 404, 403, 403, 302),
    "end sessions": (302, 404, 403, 403, 302),
    "correct": (403, 404, 403, 403, 302),
    "remove second factors": (403, 404, 403, 403, 302),
    "end a role": (302, 404, 403, 403, 302),
    "leave": (302, 404, 403, 403, 302),
    "invitation": (200, 404, 403, 403, 200),
    "its history": (200, 404, 404, 404, 200),
    "its deletion": (403, 404, 404, 404, 403),
    "change it": (403, 404, 403, 403, 403),
    "send it again": (302, 404, 403, 403, 302),
    "withdraw it": (302, 404, 403, 403, 302),
}
WHO = ("manager", "other_manager", "ada", "network_editor", "administrator")


@pytest.fixture
def network_editor(network):
    return person("network-editor", None, Role.Name.NETWORK_EDITOR)


@pytest.fixture
def other_manager(yef):
    return person("other-manager", yef, Role.Name.MANAGER)


@pytest.fixture
def grace(eef):
    """Whom the addresses are about: a reviewer of the EEF who is signed in somewhere."""
    somebody = person("grace", eef, Role.Name.EDITOR)
    UserSession.objects.create(user=somebody, session_key="elsewhere", ip="192.0.2.1", user_agent="tests")
    return somebody


@pytest.mark.parametrize("who", WHO)
def test_who_gets_which_page(request, client, eef, manager, grace, who):
    client.force_login(request.getfixturevalue(who))
    invitation, _secret = people.invite(by=manager, email="x@example.org", centre=eef, name=Role.Name.EDITOR)
    found = {}
    for name, (method, path, posted) in (of_a_person(grace) | of_an_invitation(invitation)).items():
        found[name] = getattr(client, method)(path, posted).status_code
    column = WHO.index(who)
    assert found == {name: answers[column] for name, answers in ANSWERS.items()}


@pytest.mark.parametrize("who", ["other_manager", "ada", "network_editor"])
def test_nothing_was_done_by_whoever_was_refused(request, client, eef, manager, grace, who):
    client.force_login(request.getfixturevalue(who))
    invitation, _secret = people.invite(by=manager, email="x@example.org", centre=eef, name=Role.Name.EDITOR)
    before = [list(model.objects.order_by("pk").values()) for model in (Role, Invitation, UserSession)]
    for method, path, posted in (of_a_person(grace) | of_an_invitation(invitation)).values():
        getattr(client, method)(path, posted)
    after = [list(model.objects.order_by("pk").values()) for model in (Role, Invitation, UserSession)]
    assert after == before
    grace.refresh_from_db()
    assert grace.is_active


@pytest.mark.parametrize("name", ["person_changelist", "invitation_changelist", "invitation_add"])
@pytest.mark.parametrize(("who", "status"), list(zip(WHO, (200, 200, 403, 403, 200), strict=True)))
def test_who_gets_the_lists(request, client, name, who, status, network):
    client.force_login(request.getfixturevalue(who))
    assert client.get(address(name)).status_code == status


@pytest.mark.parametrize("who", WHO)
def test_nobody_is_added_by_hand(request, client, who, network):
    client.force_login(request.getfixturevalue(who))
    refused = client.post(address("person_add"), {"username": "x", "password1": "y", "is_superuser": "on"})
    assert refused.status_code == 403
    assert not Person.objects.filter(username="x").exists()


@pytest.mark.parametrize("path", ["password/", "1/password/"])
def test_nobody_sets_the_password_of_another(client, network_admin, path):
    client.force_login(network_admin)
    assert client.get(f"{LIST}{path}", follow=True).status_code == 404


def test_the_list_of_a_manager_is_of_their_centre(client, manager, grace, stranger, other_manager, yef):
    grace.roles.create(centre=yef, name=Role.Name.REVIEWER)
    client.force_login(manager)
    page = shown(client.get(LIST))
    assert "grace" in page
    assert "stranger" not in page
    assert "other-manager" not in page
    assert "YEF" not in page
    assert "YEF" not in shown(client.get(address("person_change", grace.pk)))
    assert "0 " in shown(client.get(LIST, {"q": "stranger"}))


@pytest.mark.parametrize(
    "asked",
    [
        {"password__startswith": "p"},
        {"roles__centre__slug": "yef"},
        {"is_superuser__exact": "1"},
        {"authenticator__data__contains": "J"},
        {"email__startswith": "g"},
    ],
)
def test_a_list_cannot_be_asked_about_what_it_does_not_show(client, manager, grace, asked):
    client.force_login(manager)
    everything = len(client.get(LIST).context["cl"].result_list)
    answer = client.get(LIST, asked)
    assert answer.status_code in {302, 400} or len(answer.context["cl"].result_list) == everything


def test_an_invitations_digest_cannot_be_asked_about(client, manager, eef):
    people.invite(by=manager, email="x@example.org", centre=eef, name=Role.Name.EDITOR)
    client.force_login(manager)
    answer = client.get(address("invitation_changelist"), {"digest__startswith": "zz"})
    assert answer.status_code in {302, 400} or len(answer.context["cl"].result_list) == 1


def flags(somebody):
    somebody.refresh_from_db()
    return somebody.is_superuser, somebody.is_staff, somebody.is_active, somebody.is_loader, somebody.password


MORE = {
    "is_superuser": "on",
    "is_staff": "on",
    "is_active": "on",
    "is_loader": "on",
    "password": "x",
    "user_permissions": "1",
    "roles-TOTAL_FORMS": "1",
    "roles-INITIAL_FORMS": "0",
    "roles-0-name": "administrator",
    "roles-0-centre": "",
    "name": "administrator",
    "person": "1",
    "started": "2000-01-01",
}


def test_posting_more_raises_nobodys_rights(client, manager, ada, administrator, grace, eef):
    """The address of every form there is, with everything a form might forget to refuse."""
    before = {somebody: flags(somebody) for somebody in (manager, ada, grace)}
    roles = set(Role.objects.values_list("person", "centre", "name"))
    client.force_login(ada)
    client.post(
        reverse("accounts:own"), MORE | {"first_name": "A", "last_name": "B", "mail": "never", "language": "en-gb"}
    )
    client.force_login(manager)
    for somebody in (manager, grace):
        client.post(address("person_change", somebody.pk), MORE)
        client.post(address("person_give_role", somebody.pk), MORE)
        client.post(address("person_give_role", somebody.pk), MORE | {"centre": eef.pk})
    client.force_login(administrator)
    client.post(address("person_change", grace.pk), MORE | {"email": "g@example.org"})
    client.post(address("person_change", administrator.pk), MORE | {"email": "a@example.org"})
    assert {somebody: flags(somebody) for somebody in before} == before
    assert set(Role.objects.values_list("person", "centre", "name")) == roles
    grace.refresh_from_db()
    assert grace.email == "g@example.org"


def test_roles_of_another_centre_cannot_be_ended_through_ones_own_person(client, manager, grace, yef):
    there = grace.roles.create(centre=yef, name=Role.Name.REVIEWER)
    client.force_login(manager)
    assert client.post(address("person_end_role", grace.pk, there.pk)).status_code == 404
    assert client.post(address("person_end_role", grace.pk, manager.roles.get().pk)).status_code == 404
    there.refresh_from_db()
    assert there.ended is None


def test_a_manager_ends_the_sessions_of_their_people(client, manager, ada):
    theirs = Client()
    sign_in(theirs, ada)
    client.force_login(manager)
    assert "127.0.0.1" in shown(client.get(address("person_change", ada.pk)))
    client.post(address("person_end_session", ada.pk, UserSession.objects.get(user=ada).pk))
    assert not is_in(theirs)
    entry = entered("session ended")
    assert (entry.person, entry.key) == (manager, str(ada.pk))


def test_the_sessions_of_one_who_no_longer_works_here_are_not_shown(client, manager, grace, yef):
    grace.roles.create(centre=yef, name=Role.Name.EDITOR)
    people.end_role(by=manager, role=grace.roles.get(name="editor", centre__slug="eef"))
    session = UserSession.objects.create(user=grace, session_key="later", ip="192.0.2.77", user_agent="tests")
    client.force_login(manager)
    assert "192.0.2.77" not in shown(client.get(address("person_change", grace.pk)))
    assert client.post(address("person_end_session", grace.pk, session.pk)).status_code == 403
    assert client.post(address("person_end_sessions", grace.pk)).status_code == 403
    assert client.get(address("person_leave", grace.pk)).status_code == 403


def test_what_is_given_wrongly_is_said(client, administrator, grace, eef):
    client.force_login(administrator)
    give = address("person_give_role", grace.pk)
    for posted, said in (
        ({"name": "editor", "centre": ""}, "choose the centre"),
        ({"name": "administrator", "centre": eef.pk}, "leave the centre empty"),
        ({"name": "editor", "centre": eef.pk}, "has this role already"),
        ({"name": "reviewer", "centre": eef.pk, "ended": "2001-01-01"}, "later day"),
        ({"name": "reviewer", "centre": eef.pk, "ended": "banana"}, "valid date"),
        ({"name": "banana", "centre": eef.pk}, "valid choice"),
    ):
        refused = client.post(give, posted)
        assert refused.status_code == 422
        assert said in shown(refused)
    taken = client.post(address("person_change", grace.pk), {"email": administrator.email})
    assert taken.status_code == 422
    assert "Another account has this address" in shown(taken)


def test_a_manager_is_refused_before_anything_is_read(client, manager, grace):
    client.force_login(manager)
    assert client.post(address("person_change", grace.pk), {"email": "no address at all"}).status_code == 403


def test_leaving_says_what_it_does_before_it_is_done(client, manager, grace):
    client.force_login(manager)
    asked = shown(client.get(address("person_leave", grace.pk)))
    assert "The account is closed" in asked
    assert "queue" in asked
    assert "has left" in shown(client.post(address("person_leave", grace.pk), follow=True))
    assert client.get(address("person_leave", grace.pk)).status_code == 403


def test_my_page_is_for_my_name_mail_and_language(client, ada):
    client.force_login(ada)
    page = client.get(reverse("accounts:own"))
    assert list(page.context["form"].fields) == ["first_name", "last_name", "mail", "language"]
    client.post(
        reverse("accounts:own"), {"first_name": "Ada", "last_name": "Lovelace", "mail": "daily", "language": "cy"}
    )
    ada.refresh_from_db()
    assert (ada.get_full_name(), ada.mail, ada.language) == ("Ada Lovelace", "daily", "cy")
    assert client.post(reverse("accounts:own"), {"mail": "hourly"}).status_code == 422


def test_what_proves_who_somebody_is_has_no_pages_of_its_own():
    registered = {f"{model._meta.app_label}.{model._meta.model_name}" for model in admin.site._registry}
    assert not [name for name in registered if name.startswith(("account.", "mfa.", "usersessions.", "auth."))]
