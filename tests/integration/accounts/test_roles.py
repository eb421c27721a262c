"""Roles, and who may give and end them; leaving, and what becomes of a leaver's work. `centres.people` itself, no pages."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from centres import people, people_rights, permissions, records
from centres.models import AuditEntry, Person, Role
from centres.people import Refusal
from centres.records import RecordNumber
from evidence.models import Intervention
from tests.factories import person
from tests.integration.accounts.people import is_in, sign_in
from toolkits import runner
from toolkits.models import PublicationCounter, Revision

NAME = Role.Name


@pytest.fixture
def network_editor(network):
    return person("network-editor", None, NAME.NETWORK_EDITOR)


# Who may give what to whom: (who gives, to whom, role, centre, what comes of it)
GIVING = [
    ("manager", "ada", NAME.REVIEWER, "eef", None),
    ("manager", "ada", NAME.MANAGER, "eef", None),
    ("manager", "ada", NAME.REVIEWER, "yef", PermissionDenied),
    ("manager", "ada", NAME.NETWORK_EDITOR, None, PermissionDenied),
    ("manager", "ada", NAME.ADMINISTRATOR, None, PermissionDenied),
    ("manager", "manager", NAME.REVIEWER, "eef", PermissionDenied),
    ("manager", "stranger", NAME.REVIEWER, "eef", PermissionDenied),
    ("ada", "manager", NAME.REVIEWER, "eef", PermissionDenied),
    ("ada", "ada", NAME.MANAGER, "eef", PermissionDenied),
    ("network_editor", "ada", NAME.REVIEWER, "eef", PermissionDenied),
    ("network_editor", "network_editor", NAME.ADMINISTRATOR, None, PermissionDenied),
    ("administrator", "ada", NAME.ADMINISTRATOR, None, None),
    ("administrator", "stranger", NAME.REVIEWER, "eef", None),
    ("administrator", "administrator", NAME.EDITOR, "eef", PermissionDenied),
    ("administrator", "ada", NAME.EDITOR, None, Refusal),
    ("administrator", "ada", NAME.ADMINISTRATOR, "eef", Refusal),
    ("manager", "ada", NAME.EDITOR, "eef", Refusal),
]


@pytest.mark.parametrize(("who", "whom", "name", "slug", "refused"), GIVING)
def test_who_gives_what_to_whom(request, eef, yef, who, whom, name, slug, refused):
    by, to = request.getfixturevalue(who), request.getfixturevalue(whom)
    centre = {"eef": eef, "yef": yef, None: None}[slug]
    before = Role.objects.count()
    if refused:
        with pytest.raises(refused):
            people.give_role(by=by, person=to, centre=centre, name=name)
        assert Role.objects.count() == before
    else:
        role = people.give_role(by=by, person=to, centre=centre, name=name)
        assert role in Role.objects.current()


@pytest.mark.parametrize("who", ["ada", "stranger", "network_editor"])
def test_who_does_not_manage_ends_nothing_and_invites_nobody(request, eef, manager, who):
    by = request.getfixturevalue(who)
    role = manager.roles.get()
    for action, arguments in (
        (people.end_role, {"role": role}),
        (people.leave, {"person": manager}),
        (people.invite, {"email": "x@example.org", "centre": eef, "name": NAME.MANAGER}),
        (people.correct, {"person": manager, "first_name": "", "last_name": "", "email": "mine@example.org"}),
        (people.forget_second_factors, {"person": manager}),
    ):
        with pytest.raises(PermissionDenied):
            action(by=by, **arguments)
    role.refresh_from_db()
    assert role.ended is None


def test_a_manager_neither_corrects_addresses_nor_removes_second_factors(manager, ada):
    """Either would be a way into the other person's account."""
    with pytest.raises(PermissionDenied):
        people.correct(by=manager, person=ada, first_name="Ada", last_name="", email=manager.email)
    with pytest.raises(PermissionDenied):
        people.forget_second_factors(by=manager, person=ada)


def test_an_ended_role_stops_at_once(manager, ada, eef):
    assert permissions.can_edit(ada, eef)
    people.end_role(by=manager, role=ada.roles.get())
    assert not permissions.can_edit(ada, eef)
    assert ada.roles.get().ended == timezone.localdate()


def test_a_role_works_from_its_first_day_until_the_day_it_ends(ada):
    today, role = timezone.localdate(), ada.roles.get()
    role.started, role.ended = today - timedelta(days=2), today + timedelta(days=1)
    role.save()
    working = {days for days in range(-4, 4) if Role.objects.current(today + timedelta(days=days)).filter(person=ada)}
    assert working == {-2, -1, 0}


def test_a_role_to_come_that_is_ended_never_begins(manager, ada, eef):
    later = timezone.localdate() + timedelta(days=30)
    role = Role.objects.create(person=ada, centre=eef, name=NAME.REVIEWER, started=later)
    people.end_role(by=manager, role=role)
    assert not Role.objects.current(later).filter(pk=role.pk)


def test_a_role_is_held_once_at_a_time_and_can_be_given_again(manager, ada, eef):
    until = timezone.localdate() + timedelta(days=30)
    people.give_role(by=manager, person=ada, centre=eef, name=NAME.REVIEWER, ended=until)
    with pytest.raises(Refusal, match="has this role already"):
        people.give_role(by=manager, person=ada, centre=eef, name=NAME.REVIEWER)
    people.end_role(by=manager, role=ada.roles.get(name=NAME.REVIEWER))
    people.give_role(by=manager, person=ada, centre=eef, name=NAME.REVIEWER)
    assert ada.roles.filter(name=NAME.REVIEWER).count() == 2
    with pytest.raises(Refusal, match="later day"):
        people.give_role(by=manager, person=ada, centre=eef, name=NAME.MANAGER, ended=timezone.localdate())


def test_the_last_administrator_stays(administrator, network_admin):
    role = administrator.roles.get()
    Person.objects.filter(pk=network_admin.pk).update(is_active=False)
    with pytest.raises(Refusal, match="last administrator"):
        people.end_role(by=administrator, role=role)
    Person.objects.filter(pk=network_admin.pk).update(is_active=True)
    people.end_role(by=administrator, role=role)
    assert not permissions.is_administrator(administrator)


def test_ending_the_last_role_in_a_centre_ends_the_sessions(manager, ada, eef):
    browser = Client()
    sign_in(browser, ada)
    people.give_role(by=manager, person=ada, centre=eef, name=NAME.REVIEWER)
    people.end_role(by=manager, role=ada.roles.get(name=NAME.EDITOR))
    assert is_in(browser)
    people.end_role(by=manager, role=ada.roles.get(name=NAME.REVIEWER))
    assert not is_in(browser)


def keeps(somebody):
    return set(RecordNumber.objects.filter(keeper=somebody).values_list("number", flat=True))


@pytest.fixture
def work(ada, eef, yef):
    """Records that Ada keeps: two of the EEF, one of another centre for which she also works."""
    ada.roles.create(centre=yef, name=NAME.EDITOR)
    own = list(Intervention.objects.filter(centre=eef).values_list("pk", flat=True)[:1]) + [eef.pk]
    other = Intervention.objects.filter(centre=yef).values_list("pk", flat=True)[0]
    for number in (*own, other):
        records.mark_changed(number, by=ada)
    return {"eef": set(own), "yef": {other}}


def test_the_work_of_a_leaver_waits_in_the_centres_queue_and_nothing_else_changes(manager, ada, eef, work):
    before = list(Revision.objects.order_by("pk").values_list("pk", "submitted_by"))
    assert people.leave(by=manager, person=ada) is False
    assert keeps(ada) == work["yef"]
    waiting = RecordNumber.objects.filter(number__in=work["eef"])
    assert {record.keeper for record in waiting} == {None}
    assert all(record.draft_changed_at for record in waiting)
    assert list(Revision.objects.order_by("pk").values_list("pk", "submitted_by")) == before
    entry = AuditEntry.objects.get(action="put into the queue")
    assert (entry.centre, entry.before) == (eef, {"kept": sorted(work["eef"])})


def test_ending_a_role_gives_back_what_only_it_allowed(manager, ada, work):
    people.end_role(by=manager, role=ada.roles.get(centre__slug="eef"))
    assert keeps(ada) == work["yef"]


def test_another_role_that_allows_it_keeps_the_work(manager, ada, eef, work):
    people.give_role(by=manager, person=ada, centre=eef, name=NAME.REVIEWER)
    people.end_role(by=manager, role=ada.roles.get(centre=eef, name=NAME.EDITOR))
    assert keeps(ada) == work["eef"] | work["yef"]


def test_work_of_a_role_that_ends_by_its_date_is_given_back_that_day(ada, work):
    tomorrow = timezone.localdate() + timedelta(days=1)
    ada.roles.filter(centre__slug="eef").update(ended=tomorrow)
    PublicationCounter.objects.update(day=tomorrow - timedelta(days=2))
    runner.run_due()
    assert keeps(ada) == work["eef"] | work["yef"]
    ada.roles.filter(centre__slug="eef").update(
        started=tomorrow - timedelta(days=9), ended=tomorrow - timedelta(days=1)
    )
    PublicationCounter.objects.update(day=tomorrow - timedelta(days=2))
    runner.run_due()
    assert keeps(ada) == work["yef"]


def test_leaving_altogether_closes_the_account_and_keeps_the_history(manager, ada):
    browser = Client()
    sign_in(browser, ada)
    assert people.leave(by=manager, person=ada) is True
    ada.refresh_from_db()
    assert (ada.is_active, ada.has_usable_password()) == (False, False)
    assert not Authenticator.objects.filter(user=ada).exists()
    assert not UserSession.objects.filter(user=ada).exists()
    assert not is_in(browser)
    assert ada.roles.get().ended == timezone.localdate()
    assert AuditEntry.objects.filter(action="second factor removed", key=str(ada.pk)).exists()
    with pytest.raises(PermissionDenied):
        people.leave(by=manager, person=ada)


def test_somebody_who_left_is_given_nothing_but_an_invitation(administrator, ada, eef):
    people.leave(by=administrator, person=ada)
    with pytest.raises(Refusal, match="Invite them again"):
        people.give_role(by=administrator, person=ada, centre=eef, name=NAME.EDITOR)
    with pytest.raises(Refusal, match="left already"):
        people.leave(by=administrator, person=ada)


def test_a_manager_lets_nobody_leave_what_is_not_theirs(manager, ada, administrator):
    ada.roles.create(name=NAME.NETWORK_EDITOR)
    assert people.leave(by=manager, person=ada) is False
    ada.refresh_from_db()
    assert ada.is_active
    assert [role.name for role in ada.roles.current()] == [NAME.NETWORK_EDITOR]
    with pytest.raises(PermissionDenied):
        people.leave(by=manager, person=ada)
    with pytest.raises(PermissionDenied):
        people.leave(by=manager, person=administrator)
    assert people.leave(by=administrator, person=ada) is True


def test_a_superuser_who_works_for_a_centre_is_not_closed_by_its_manager(manager, network_admin, eef):
    network_admin.roles.create(centre=eef, name=NAME.EDITOR)
    assert people.leave(by=manager, person=network_admin) is False
    network_admin.refresh_from_db()
    assert network_admin.is_active
    assert network_admin.is_superuser


def test_a_superuser_who_left_comes_back_as_an_ordinary_person(administrator, network_admin):
    people.leave(by=administrator, person=network_admin)
    network_admin.refresh_from_db()
    assert not network_admin.is_superuser


def test_nobody_lets_themselves_leave(manager, administrator):
    for somebody in (manager, administrator):
        with pytest.raises(PermissionDenied):
            people.leave(by=somebody, person=somebody)


def test_an_address_belongs_to_one_account(administrator, ada, stranger):
    with pytest.raises(Refusal, match="Another account"):
        people.correct(by=administrator, person=ada, first_name="", last_name="", email=stranger.email.upper())
    people.correct(by=administrator, person=ada, first_name="Ada", last_name="L", email=" Ada@Example.com ")
    ada.refresh_from_db()
    assert (ada.get_full_name(), ada.email) == ("Ada L", "ada@example.com")


def test_lost_second_factors_are_removed_by_an_administrator_alone(administrator, ada):
    browser = Client()
    sign_in(browser, ada)
    people.forget_second_factors(by=administrator, person=ada)
    assert not is_in(browser)
    assert not Authenticator.objects.filter(user=ada).exists()
    with pytest.raises(PermissionDenied):
        people.forget_second_factors(by=administrator, person=administrator)


def test_seen_are_those_who_work_or_worked_here(manager, ada, stranger, administrator, eef):
    former = person("former", eef, NAME.EDITOR)
    former.roles.update(started=timezone.localdate() - timedelta(days=9), ended=timezone.localdate())
    assert set(people_rights.seen_by(manager)) == {manager, ada, former}
    assert set(people_rights.seen_by(ada)) == set()
    assert stranger in people_rights.seen_by(administrator)
    assert not people_rights.seen_by(administrator).filter(is_loader=True).exists()
