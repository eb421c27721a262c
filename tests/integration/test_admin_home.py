"""The editors' home: what there is to do, for whom, and nothing of anybody else's."""

import datetime
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from centres.models import AuditEntry, Role
from centres.records import RecordNumber, mark_changed
from evidence.models import Family, Intervention, Report
from tests.factories import person
from toolkits import actions
from toolkits.editorial import work, work_lists
from toolkits.models import Change, Decision, Flag, SharedList

Verdict = Decision.Verdict


@pytest.fixture
def titles():
    """The titles in a list of somebody's home."""

    def of(somebody, name):
        desk = work.Desk(somebody)
        return [item.title for item in work_lists.shown(desk, work_lists.BY_NAME[name]).items]

    return of


@pytest.fixture
def network_editor(network):
    return person("network-editor", None, Role.Name.NETWORK_EDITOR)


@pytest.fixture
def submitted(mentoring, editor):
    mentoring.summary = "A pupil meets an older peer or adult every week."
    mentoring.save()
    return actions.submit(document=mentoring, by=editor, change=Change.WORDING, note="Clearer words")


def text(response):
    return html.unescape(response.content.decode())


def counts(page):
    """{heading: number} of the lists on the home."""
    found = re.findall(r'<h2 id="work-\w+">\s*(.+?) <span class="work__count">(\d+)</span>', page)
    return {title: int(number) for title, number in found}


def test_drafts_are_ones_own(titles, editor, second_editor, mentoring):
    mark_changed(mentoring.pk, by=editor)
    assert titles(editor, "drafts") == ["Mentoring"]
    assert titles(second_editor, "drafts") == []
    assert titles(second_editor, "changed") == ["Mentoring"]


def test_what_was_submitted_is_no_draft(titles, editor, mentoring, submitted):
    assert titles(editor, "drafts") == titles(editor, "changed") == []


def test_a_submission_waits_for_those_who_may_decide(
    titles, editor, second_editor, reviewer, other_centre_editor, submitted
):
    assert titles(reviewer, "waiting") == ["Mentoring"]
    for nobody in (editor, second_editor, other_centre_editor):
        assert titles(nobody, "waiting") == []
    actions.decide(revision=submitted, by=reviewer, verdict=Verdict.APPROVED)
    assert titles(reviewer, "waiting") == []


def test_nobody_decides_on_their_own(titles, reviewer, mentoring):
    mentoring.summary = "A pupil meets an older peer or adult every week."
    mentoring.save()
    actions.submit(document=mentoring, by=reviewer, change=Change.WORDING, note="Clearer words")
    assert titles(reviewer, "waiting") == []


def test_what_was_returned_says_by_whom_and_why(editor, second_editor, reviewer, submitted, titles):
    actions.decide(revision=submitted, by=reviewer, verdict=Verdict.RETURNED, note="Say how old they are.")
    (item,) = work_lists.shown(work.Desk(editor), work_lists.BY_NAME["returned"]).items
    assert (item.title, item.detail) == ("Mentoring", "reviewer: “Say how old they are.”")
    assert titles(second_editor, "returned") == []


def test_what_goes_out_at_a_time(titles, editor, reviewer, other_centre_editor, submitted):
    actions.decide(revision=submitted, by=reviewer, verdict=Verdict.APPROVED)
    appointment = actions.appoint(revision=submitted, at=timezone.now() + datetime.timedelta(days=1), by=editor)
    assert titles(editor, "scheduled") == ["Mentoring"]
    assert titles(other_centre_editor, "scheduled") == []
    actions.cancel_appointment(appointment=appointment, by=editor)
    assert titles(editor, "scheduled") == []


def test_what_is_overdue(titles, editor, other_centre_editor, mentoring, reviewer):
    assert titles(editor, "overdue") == []
    today = timezone.localdate()
    Intervention.objects.filter(pk=1011).update(next_review=today)
    assert titles(editor, "overdue") == []
    Intervention.objects.filter(pk=1011).update(next_review=today - datetime.timedelta(days=1))
    assert titles(editor, "overdue") == ["Mentoring"]
    assert titles(other_centre_editor, "overdue") == []


@pytest.mark.parametrize(("months", "is_overdue"), [(23, False), (25, True)])
def test_what_was_last_searched_long_ago(titles, editor, reviewer, mentoring, months, is_overdue):
    mentoring.last_searched = timezone.localdate() - datetime.timedelta(days=months * 30.5)
    mentoring.save()
    revision = actions.submit(document=mentoring, by=editor, change=Change.WORDING, note="Says when")
    actions.decide(revision=revision, by=reviewer, verdict=Verdict.APPROVED)
    assert titles(editor, "overdue") == []
    actions.publish(revision=revision, by=reviewer)
    assert titles(editor, "overdue") == (["Mentoring"] if is_overdue else [])


def test_what_rests_on_something_that_changed(titles, editor, other_centre_editor, mentoring):
    flag = Flag.objects.create(record_id=mentoring.pk, cause=5001, cause_version=2, cause_title="A review")
    assert titles(editor, "flagged") == ["Mentoring"]
    assert titles(other_centre_editor, "flagged") == []
    actions.settle_flag(flag=flag, by=editor, settlement="It still holds.")
    assert titles(editor, "flagged") == []


def test_an_emergency_waits_for_another_reviewer_whatever_was_submitted_since(
    titles, eef, editor, reviewer, submitted, mentoring
):
    another = person("second-reviewer", eef, Role.Name.REVIEWER)
    actions.publish_in_emergency(revision=submitted, by=reviewer, reason="A wrong dose")
    mentoring.summary = "Another summary, written after the emergency."
    mentoring.save()
    actions.submit(document=mentoring, by=editor, change=Change.WORDING, note="More words")
    assert titles(another, "emergencies") == ["Mentoring"]
    for nobody in (editor, reviewer):
        assert titles(nobody, "emergencies") == []
    actions.decide(revision=submitted, by=another, verdict=Verdict.APPROVED)
    assert titles(another, "emergencies") == []


def test_what_became_public(titles, editor, other_centre_editor, reviewer, submitted):
    actions.decide(revision=submitted, by=reviewer, verdict=Verdict.APPROVED)
    actions.publish(revision=submitted, by=reviewer)
    assert titles(editor, "recent")[0] == "Mentoring"
    (first, *_others) = work_lists.shown(work.Desk(editor), work_lists.BY_NAME["recent"]).items
    assert first.detail.endswith("by reviewer")
    assert first.address == "/toolkits/teaching-and-learning/mentoring/"
    events = work.recent(work.Desk(other_centre_editor))
    assert {event.centre for event in events} == {"yef"}


def test_the_networks_own_is_its_editors(titles, network_editor, editor, network_admin, network):
    family, listed = Family.objects.first(), SharedList.objects.get(slug="outcomes")
    for record in (family.pk, listed.pk):
        mark_changed(record, by=network_editor)
    assert set(titles(network_editor, "drafts")) == {family.name, "Outcomes"}
    assert titles(editor, "changed") == []
    assert set(titles(network_admin, "changed")) == {family.name, "Outcomes"}
    assert {event.centre for event in work.recent(work.Desk(network_editor))} <= {""}


class TestInNobodysKeeping:
    @pytest.fixture
    def left(self, mentoring):
        mark_changed(mentoring.pk, by=None)
        return reverse("editorial:take", args=["intervention", mentoring.pk])

    def test_it_is_there_for_anybody_of_the_centre(self, titles, left, editor, second_editor, other_centre_editor):
        assert titles(editor, "unkept") == titles(second_editor, "unkept") == ["Mentoring"]
        assert titles(other_centre_editor, "unkept") == []

    def test_whoever_takes_it_has_it(self, client, titles, left, editor, second_editor):
        client.force_login(editor)
        assert f'action="{left}"' in text(client.get(reverse("admin:index")))
        assert client.post(left)["Location"] == reverse("admin:index")
        assert titles(editor, "drafts") == ["Mentoring"]
        assert titles(second_editor, "unkept") == []
        entry = AuditEntry.objects.filter(action="taken").get()
        assert (entry.person, entry.record, entry.centre.slug) == (editor, 1011, "eef")

    def test_the_second_to_take_it_is_told_who_has_it(self, client, left, editor, second_editor):
        client.force_login(editor)
        client.post(left)
        client.force_login(second_editor)
        assert "Editor works on this already." in text(client.post(left, follow=True))
        assert RecordNumber.objects.get(pk=1011).keeper == editor

    def test_it_can_be_put_back_by_who_has_it(self, client, titles, left, editor, second_editor):
        client.force_login(editor)
        client.post(left)
        client.force_login(second_editor)
        client.post(left, {"back": "1"})
        assert RecordNumber.objects.get(pk=1011).keeper == editor
        client.force_login(editor)
        assert f'action="{left}"' in text(client.get(reverse("admin:index")))
        client.post(left, {"back": "1"})
        assert titles(second_editor, "unkept") == ["Mentoring"]

    def test_another_centres_is_not_there_to_take(self, client, left, other_centre_editor):
        client.force_login(other_centre_editor)
        assert client.post(left).status_code == 404
        assert client.get(left).status_code == 405
        assert RecordNumber.objects.get(pk=1011).keeper is None


class TestThePage:
    def test_shows_ten_and_leads_to_all(self, client, editor, eef):
        for record in Intervention.objects.filter(centre=eef).values_list("pk", flat=True)[:12]:
            mark_changed(record, by=editor)
        client.force_login(editor)
        page = text(client.get(reverse("admin:index")))
        assert counts(page)["Your drafts"] == 12
        drafts = page.split('id="work-drafts"')[1].split("</section>")[0]
        assert drafts.count("<li>") == 10
        address = reverse("editorial:work_list", args=["drafts"])
        assert f'href="{address}"' in drafts
        assert text(client.get(address)).count('<div class="work__what">') == 12

    def test_names_the_lists_that_are_empty(self, client, editor):
        client.force_login(editor)
        page = text(client.get(reverse("admin:index")))
        assert list(counts(page)) == ["Recently published"]
        assert (
            "Empty just now: Waiting for you, Emergencies still to approve, Returned to you, Your drafts,"
            in " ".join(page.split())
        )

    def test_shows_nothing_of_another_centre(self, client, editor, yef, other_centre_editor):
        names = set(Intervention.objects.filter(centre=yef).values_list("name", flat=True))
        names |= set(Report.objects.filter(centre=yef).values_list("title", flat=True))
        for record in Intervention.objects.filter(centre=yef).values_list("pk", flat=True):
            mark_changed(record, by=None)
        client.force_login(editor)
        own = set(Intervention.objects.filter(centre__slug="eef").values_list("name", flat=True))
        addresses = [reverse("admin:index")] + [
            reverse("editorial:work_list", args=[name]) for name in work_lists.BY_NAME
        ]
        shown = set(re.findall(r">([^<>]+)</a>", " ".join(text(client.get(address)) for address in addresses)))
        assert shown & own
        assert shown & (names - own) == set()

    def test_takes_a_constant_number_of_queries(self, client, editor, eef):
        client.force_login(editor)

        def asked():
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("admin:index"))
            return len(queries)

        before = asked()
        for record in Intervention.objects.filter(centre=eef).values_list("pk", flat=True):
            mark_changed(record, by=editor)
            Flag.objects.create(record_id=record, cause=5001, cause_version=2, cause_title="A review")
        assert asked() == before

    def test_is_the_managers_way_to_people_and_settings(self, client, eef):
        client.force_login(person("manager", eef, Role.Name.MANAGER))
        page = text(client.get(reverse("admin:index")))
        assert "People and settings you look after" in page
        assert reverse("admin:centres_centre_change", args=[eef.pk]) in page
        for address in set(re.findall(r'href="(/admin/[^"]+)"', page)):
            assert client.get(address).status_code == 200, address

    @pytest.mark.parametrize("role", ["editor", "reviewer", "network_admin", "network_editor"])
    def test_leads_nowhere_that_answers_no(self, request, client, role, mentoring, submitted):
        mark_changed(1012, by=None)
        Flag.objects.create(record_id=1012, cause=5001, cause_version=2, cause_title="A review")
        client.force_login(request.getfixturevalue(role))
        page = text(client.get(reverse("admin:index")))
        lists = page.split("Everything you may open")[0]
        for address in set(re.findall(r'<a href="(/[^"]*)"', lists)):
            assert client.get(address, follow=True).status_code in {200, 410}, address

    @pytest.mark.parametrize(("name", "status"), [("drafts", 200), ("banana", 404)])
    def test_each_list_has_its_page(self, client, editor, name, status):
        client.force_login(editor)
        assert client.get(f"/editorial/lists/{name}/?page=nonsense").status_code == status

    def test_is_for_those_who_are_signed_in(self, client, network):
        for address in (reverse("admin:index"), "/editorial/lists/drafts/"):
            assert client.get(address).status_code == 302
