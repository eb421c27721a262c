"""The pages between a draft and the public: what each form does, and what it says where it is refused."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.models import Intervention
from tests.factories.publishing import republish
from toolkits import actions
from toolkits.models import Appointment, ChangeSet, Comment, Flag, PublishedPage, Revision

RECORD = 1011
LONDON = ZoneInfo("Europe/London")


def at(name, *args):
    return reverse(f"editorial:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def as_reviewer(client, reviewer):
    client.force_login(reviewer)
    return client


CORRECTION = {
    "change": "correction",
    "note": "The summary left out adults.",
    "wrong": "We said that only pupils mentor.",
    "conclusion": "same",
}


def test_a_correction_is_submitted_with_what_was_wrong(as_editor, edited):
    as_editor.post(at("submit", "intervention", RECORD), CORRECTION)
    revision = Revision.objects.get(record=RECORD, number=2)
    assert (revision.wrong, revision.conclusion) == (CORRECTION["wrong"], "same")
    page = text(as_editor.get(at("revision", revision.pk)))
    assert CORRECTION["wrong"] in page
    assert "The conclusion is the same" in page


def test_half_a_correction_comes_back_with_everything_typed(as_editor, edited):
    response = as_editor.post(at("submit", "intervention", RECORD), CORRECTION | {"conclusion": ""})
    assert response.status_code == 422
    assert "whether the conclusion changes" in text(response)
    assert CORRECTION["wrong"] in text(response)
    assert not Revision.objects.filter(record=RECORD, number=2).exists()


def test_a_minor_change_needs_no_note(as_editor, edited):
    as_editor.post(at("submit", "intervention", RECORD), {"change": "wording", "minor": "on"})
    assert Revision.objects.get(record=RECORD, number=2).minor


def test_what_was_said_is_read_by_both_and_cannot_be_empty(client, submitted, editor, reviewer):
    client.force_login(reviewer)
    assert client.post(at("comment", submitted.pk), {"text": " "}).status_code == 422
    client.post(at("comment", submitted.pk), {"text": "Which <b>study</b> is this from?"})
    client.force_login(editor)
    page = text(client.get(at("revision", submitted.pk)))
    assert "Which &lt;b&gt;study&lt;/b&gt; is this from?" in page
    assert Comment.objects.get().by == reviewer


def test_a_time_is_london_s_and_stored_as_universal(as_editor, approved):
    summer = datetime.datetime(timezone.now().year + 1, 7, 1, 9, 30, tzinfo=LONDON)
    response = as_editor.post(at("appoint", approved.pk), {"at_0": f"{summer:%Y-%m-%d}", "at_1": "09:30"}, follow=True)
    appointment = Appointment.objects.get(revision=approved)
    assert appointment.at.astimezone(datetime.UTC).hour == 8
    assert f"Goes out on 1 July {summer.year}, 09:30" in text(response)
    assert "Goes out on" in text(as_editor.get(at("queue")))

    as_editor.post(at("cancel_appointment", appointment.pk))
    appointment.refresh_from_db()
    assert appointment.state == Appointment.State.CANCELLED


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("2020-01-01", "09:00", "is past"),
        ("", "", "required"),
        ("31 June", "noon", "Enter a valid"),
        ("2027-03-28", "01:30", "couldn’t be interpreted in time zone"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words(as_editor, approved, day, hour, said):
    response = as_editor.post(at("appoint", approved.pk), {"at_0": day, "at_1": hour})
    assert response.status_code == 422
    assert said in text(response)
    assert not Appointment.objects.exists()


def test_an_emergency_goes_out_flagged_and_another_clears_it(client, submitted, reviewer, second_reviewer):
    client.force_login(reviewer)
    assert client.post(at("emergency", submitted.pk), {"reason": ""}).status_code == 422
    client.post(at("emergency", submitted.pk), {"reason": "A child is named"})
    assert PublishedPage.objects.get(record=RECORD).version == 2
    assert "Published as an emergency" in text(client.get(at("revision", submitted.pk)))
    client.force_login(second_reviewer)
    assert "Published as an emergency" in text(client.get(at("queue")))
    client.post(at("decide", submitted.pk), {"verdict": "approved"})
    assert "Published as an emergency" not in text(client.get(at("queue")))


def test_an_editor_sees_no_emergency_and_gets_none(as_editor, submitted):
    assert "cannot wait" not in text(as_editor.get(at("revision", submitted.pk)))
    assert as_editor.post(at("emergency", submitted.pk), {"reason": "Now"}).status_code == 403
    assert PublishedPage.objects.get(record=RECORD).version == 1


@pytest.mark.parametrize(
    ("name", "more", "state"),
    [("withdraw", {}, "withdrawn"), ("remove", {}, "removed"), ("merge", {"into": 1013}, "merged")],
)
def test_taking_down_needs_a_reason_and_a_reviewer(client, mentoring, editor, reviewer, name, more, state):
    address = at(name, "intervention", RECORD)
    client.force_login(editor)
    assert client.post(address, {"reason": "Because", **more}).status_code == 403
    client.force_login(reviewer)
    assert client.post(address, more).status_code == 422
    assert PublishedPage.objects.get(record=RECORD).state == "live"
    client.post(address, {"reason": "The programme has ended", **more})
    page = PublishedPage.objects.get(record=RECORD)
    assert (page.state, page.state_reason) == (state, "The programme has ended")
    assert "The programme has ended" in text(client.get(at("standing", "intervention", RECORD)))


def test_merging_into_nothing_is_refused_in_words(as_reviewer, mentoring):
    response = as_reviewer.post(at("merge", "intervention", RECORD), {"reason": "Same idea", "into": 999999})
    assert response.status_code == 422
    assert "another live record of the same kind" in text(response)


def test_restoring_an_earlier_version(client, edited, editor, reviewer):
    old = PublishedPage.objects.get(record=RECORD).summary
    republish(edited, editor, reviewer)
    client.force_login(reviewer)
    refused = client.post(at("restore", "intervention", RECORD), {"version": 2, "reason": "Better"})
    assert (refused.status_code, "is what is live" in text(refused)) == (422, True)
    client.post(at("restore", "intervention", RECORD), {"version": 1, "reason": "Better before"})
    page = PublishedPage.objects.get(record=RECORD)
    assert (page.version, page.summary) == (3, old)
    assert "version 1 again" in text(client.get(at("standing", "intervention", RECORD)))


def test_pages_are_chosen_decided_on_and_published_together(client, eef, editor, reviewer):
    pages = list(Intervention.objects.filter(centre=eef).order_by("pk")[:2])
    for page in pages:
        page.summary = "Plain words."
        page.save()
    client.force_login(editor)
    address = at("new_change_set") + "?" + "&".join(f"record={page.pk}" for page in pages)
    assert text(client.get(address)).count("checked") == 2
    said = {"change": "wording", "note": "Plain words", "documents": [f"intervention:{page.pk}" for page in pages]}
    nameless = client.post(address, said)
    assert (nameless.status_code, "Plain words" in text(nameless)) == (422, True)
    client.post(address, said | {"title": "Plain words"})
    change_set = ChangeSet.objects.get()

    client.force_login(reviewer)
    client.post(at("decide_together", change_set.pk), {"verdict": "approved"})
    client.post(at("publish_together", change_set.pk))
    assert PublishedPage.objects.filter(record__in=[page.pk for page in pages], version=2).count() == 2
    assert "Published." in text(client.get(at("change_set", change_set.pk)))


def test_another_centre_s_pages_cannot_be_smuggled_into_a_change_set(as_editor, editor):
    said = {"title": "All of it", "change": "wording", "note": "x", "documents": ["intervention:1050"]}
    response = as_editor.post(at("new_change_set") + "?record=1050", said)
    assert response.status_code in {200, 422}
    assert not ChangeSet.objects.exists()


def test_a_flag_is_settled_with_what_was_found(client, edited, editor, reviewer, network_admin):
    republish(edited, editor, reviewer)
    flag = Flag.objects.get(cause=RECORD)
    client.force_login(editor)
    assert client.post(at("settle", flag.pk), {"settlement": "x"}).status_code == 404
    client.force_login(network_admin)
    page = at("draft", "family", flag.record_id)
    assert "Something this page rests on has changed" in text(client.get(page))
    assert client.post(at("settle", flag.pk), {"settlement": ""}).status_code == 422
    client.post(at("settle", flag.pk), {"settlement": "Still the same idea"})
    assert "Something this page rests on has changed" not in text(client.get(page))


def test_a_refused_time_is_told_where_the_submission_is_read(as_editor, approved, editor):
    appointment = actions.appoint(revision=approved, at=timezone.now() + datetime.timedelta(hours=1), by=editor)
    Appointment.objects.filter(pk=appointment.pk).update(at=timezone.now())
    PublishedPage.objects.filter(record=RECORD).update(path="/elsewhere/")
    PublishedPage.objects.filter(record=1013).update(path=approved.path)
    assert actions.keep_next_appointment()
    assert "belongs to record 1013" in text(as_editor.get(at("revision", approved.pk)))


def test_ticked_rows_of_the_admin_s_list_go_on_to_a_change_set(as_editor, eef):
    pages = list(Intervention.objects.filter(centre=eef).order_by("pk")[:2])
    said = {"action": "submit_together", "_selected_action": [page.pk for page in pages]}
    response = as_editor.post(reverse("admin:evidence_intervention_changelist"), said, follow=True)
    assert text(response).count("checked") == 2
