"""Who is told what: the people of every event, nobody twice, and nobody who does not want it."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from centres.models import Centre, Membership, Role, Succession
from centres.records import RecordNumber
from evidence.models import Intervention
from tests.factories import person
from toolkits import actions, notices, reminders
from toolkits.models import Appointment, Change, Conclusion, Decision, Flag, Notice, PublishedCorrection, PublishedPage

Event = Notice.Event
MENTORING = 1011
SUMMARIES = iter(f"Somebody older helps, in {n} words." for n in range(1000))


@pytest.fixture
def second_reviewer(eef):
    return person("second-reviewer", eef, Role.Name.REVIEWER)


@pytest.fixture
def manager(eef):
    return person("manager", eef, Role.Name.MANAGER)


@pytest.fixture
def network_editor(network):
    return person("network-editor", None, Role.Name.NETWORK_EDITOR)


def submit(document, by, **said):
    """Submit another summary of an intervention."""
    document.summary = next(SUMMARIES)
    document.save()
    return actions.submit(document=document, by=by, **({"change": Change.WORDING, "note": "Clearer words"} | said))


def approve(revision, by):
    actions.decide(revision=revision, by=by, verdict=Decision.Verdict.APPROVED)
    return revision


def told(event):
    """The user names of everybody who was told of `event`."""
    return sorted(Notice.objects.filter(event=event).values_list("person__username", flat=True))


def keep(record, somebody):
    RecordNumber.objects.filter(pk=record).update(keeper=somebody)


# --- tell ------------------------------------------------------------------------------------------------------------

SAID = {"event": Event.SUBMITTED, "title": "Mentoring", "text": "Something.", "address": "/here/"}


def test_each_is_told_once_for_an_occasion(editor, reviewer):
    assert notices.tell([editor, reviewer, editor], key="a", **SAID) == 2
    assert notices.tell([editor, reviewer], key="a", **SAID) == 0
    assert notices.tell([editor], key="b", **SAID) == 1
    assert Notice.objects.count() == 3


@pytest.mark.parametrize(
    "changed",
    [{"is_active": False}, {"is_staff": False}, {"mail": "never"}, {"email": ""}],
    ids=lambda what: next(iter(what)),
)
def test_who_does_not_want_or_cannot_have_mail_is_left_out(editor, reviewer, changed):
    for name, value in changed.items():
        setattr(editor, name, value)
    editor.save()
    assert notices.tell([editor, reviewer], key="a", **SAID) == 1
    assert told(Event.SUBMITTED) == ["reviewer"]


# --- the events ------------------------------------------------------------------------------------------------------


def test_submitted_is_for_the_centres_reviewers_and_not_for_who_submitted(
    mentoring, editor, reviewer, second_reviewer, other_centre_editor
):
    submit(mentoring, editor)
    assert told(Event.SUBMITTED) == ["reviewer", "second-reviewer"]
    submit(mentoring, reviewer)
    assert told(Event.SUBMITTED) == ["reviewer", "second-reviewer", "second-reviewer"]


def test_what_is_rolled_back_tells_nobody(mentoring, editor, reviewer):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  the submission is what is rolled back
        submit(mentoring, editor)
        raise RuntimeError
    assert not Notice.objects.exists()


def test_returned_is_for_who_submitted_with_the_reason(mentoring, editor, reviewer, second_editor):
    revision = submit(mentoring, editor)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.RETURNED, note="Say how many.")
    assert told(Event.RETURNED) == ["editor"]
    notice = Notice.objects.get(event=Event.RETURNED)
    assert "Say how many." in notice.text
    assert notice.address == f"/editorial/revisions/{revision.pk}/"


def test_published_is_for_who_submitted_and_who_keeps_it(mentoring, editor, reviewer, second_editor):
    keep(MENTORING, second_editor)
    actions.publish(revision=approve(submit(mentoring, editor), reviewer), by=reviewer)
    assert told(Event.PUBLISHED) == ["editor", "second-editor"]


def test_commented_is_for_those_who_had_a_part_and_not_for_who_wrote(
    mentoring, editor, reviewer, second_reviewer, second_editor
):
    revision = submit(mentoring, editor)
    actions.comment(revision=revision, by=editor, text="Please look at the costs.")
    assert told(Event.COMMENTED) == ["reviewer", "second-reviewer"]
    actions.comment(revision=revision, by=reviewer, text="They are fine.")
    assert told(Event.COMMENTED) == ["editor", "reviewer", "second-reviewer"]
    actions.comment(revision=revision, by=editor, text="Thank you.")
    assert told(Event.COMMENTED) == ["editor", "reviewer", "reviewer", "second-reviewer"]


def test_nobody_who_left_is_told_of_drafts(mentoring, editor, reviewer):
    revision = submit(mentoring, editor)
    editor.roles.all().delete()
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.RETURNED, note="Say how many.")
    assert told(Event.RETURNED) == []


def test_corrected_is_for_the_centre_and_the_network_and_counted(
    mentoring, editor, reviewer, manager, network_editor, other_centre_editor
):
    said = {"change": Change.CORRECTION, "wrong": "The cost was wrong.", "conclusion": Conclusion.SAME}
    actions.publish(revision=approve(submit(mentoring, editor, **said), reviewer), by=reviewer)
    assert told(Event.CORRECTED) == ["editor", "manager", "network-editor", "reviewer"]
    assert PublishedCorrection.objects.get().notified == 4
    text = Notice.objects.filter(event=Event.CORRECTED).first().text
    assert "The cost was wrong." in text
    assert "The conclusion is the same" in text


def test_flagged_is_for_the_keeper_or_the_editors_of_the_page_that_rests_on_it(
    mentoring, editor, reviewer, second_editor, other_centre_editor
):
    kept, unkept = PublishedPage.objects.filter(kind="intervention", centre="eef").exclude(pk=MENTORING)[:2]
    another = PublishedPage.objects.filter(kind="intervention", centre="yef").first()
    PublishedPage.objects.filter(pk__in=[kept.pk, unkept.pk, another.pk]).update(cites=[MENTORING])
    keep(kept.pk, second_editor)
    actions.publish(revision=approve(submit(mentoring, editor), reviewer), by=reviewer)

    def told_of(page):
        flag = Flag.objects.get(record=page.pk)
        return set(Notice.objects.filter(key=f"flagged:{flag.pk}").values_list("person__username", flat=True))

    assert told_of(kept) == {"second-editor"}
    assert told_of(unkept) == {"editor", "second-editor", "reviewer"}
    assert told_of(another) == {"other-centre-editor"}
    notice = Notice.objects.filter(event=Event.FLAGGED, person=second_editor).first()
    assert (notice.title, notice.address) == (kept.title, f"/editorial/intervention/{kept.pk}/")
    assert mentoring.name in notice.text


@pytest.mark.parametrize("ending", ["closed", "merged", "left"])
def test_what_a_centre_that_has_ended_left_is_the_administrators(mentoring, editor, eef, yef, ending):
    administrator = person("administrator", None, Role.Name.ADMINISTRATOR)
    assert list(notices.editors_of(eef)) == [editor]
    if ending == "closed":
        Centre.objects.filter(pk=eef.pk).update(closed="2026-03")
    elif ending == "merged":
        Succession.objects.create(predecessor=eef, successor=yef, kind="merged", date="2026-03")
    else:
        Membership.objects.filter(centre=eef).update(ended="2026-03")
    assert list(notices.editors_of(eef)) == [administrator]


def test_refused_is_for_who_gave_the_time_and_who_submitted(mentoring, editor, reviewer, second_editor):
    revision = approve(submit(mentoring, editor), reviewer)
    later = timezone.now() + datetime.timedelta(hours=1)
    appointment = actions.appoint(revision=revision, at=later, by=second_editor)
    Appointment.objects.filter(pk=appointment.pk).update(at=timezone.now())
    PublishedPage.objects.filter(pk=MENTORING).update(path="/elsewhere/")
    PublishedPage.objects.filter(pk=1012).update(path=revision.path)
    assert actions.keep_next_appointment()
    assert told(Event.REFUSED) == ["editor", "second-editor"]
    assert "belongs to record 1012" in Notice.objects.filter(event=Event.REFUSED).first().text


def test_a_change_set_that_cannot_go_out_is_told_once(mentoring, editor, reviewer, eef):
    another = Intervention.objects.get(pk=1012)
    for document in (mentoring, another):
        document.summary = next(SUMMARIES)
        document.save()
    said = {"change": Change.WORDING, "note": "Clearer words"}
    together = actions.submit_together(documents=[mentoring, another], title="Two of them", by=editor, **said)
    actions.decide_together(change_set=together, by=reviewer, verdict=Decision.Verdict.APPROVED)
    appointment = actions.appoint(change_set=together, at=timezone.now() + datetime.timedelta(hours=1), by=editor)
    Appointment.objects.filter(pk=appointment.pk).update(at=timezone.now())
    PublishedPage.objects.filter(pk=MENTORING).update(path="/elsewhere/")
    PublishedPage.objects.filter(pk=1013).update(path=together.revisions.get(record=MENTORING).path)
    assert actions.keep_next_appointment()
    notice = Notice.objects.get(event=Event.REFUSED)
    assert (notice.person, notice.title) == (editor, "Two of them")


# --- reminders -------------------------------------------------------------------------------------------------------


@pytest.fixture
def only_mentoring(mentoring):
    """No page but mentoring has a date that could have passed."""
    Intervention.objects.update(next_review=None, last_searched=None)
    return mentoring


def dated(**dates):
    Intervention.objects.filter(pk=MENTORING).update(**dates)


def days_ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


def test_an_overdue_review_is_told_once_a_date(only_mentoring, editor, second_editor, other_centre_editor):
    dated(next_review=days_ago(0))
    assert not reminders.remind_of_overdue()
    dated(next_review=days_ago(1))
    assert reminders.remind_of_overdue()
    assert not reminders.remind_of_overdue()
    assert told(Event.OVERDUE) == ["editor", "second-editor"]
    dated(next_review=days_ago(2))
    assert reminders.remind_of_overdue()
    assert told(Event.OVERDUE) == ["editor", "editor", "second-editor", "second-editor"]


def test_its_keeper_is_told_and_nobody_else(only_mentoring, editor, second_editor):
    keep(MENTORING, second_editor)
    dated(next_review=days_ago(1))
    reminders.remind_of_overdue()
    assert told(Event.OVERDUE) == ["second-editor"]
    assert Notice.objects.get().address == f"/admin/evidence/intervention/{MENTORING}/change/"


def test_a_keeper_who_left_is_none(only_mentoring, editor, other_centre_editor):
    keep(MENTORING, other_centre_editor)
    dated(next_review=days_ago(1))
    reminders.remind_of_overdue()
    assert told(Event.OVERDUE) == ["editor"]


def test_a_search_is_too_old_after_24_months(only_mentoring, editor):
    today = timezone.localdate()
    dated(last_searched=today.replace(year=today.year - 2, day=min(today.day, 28)) + datetime.timedelta(days=3))
    assert not reminders.remind_of_overdue()
    dated(
        last_searched=today.replace(year=today.year - 2, month=max(today.month - 1, 1), day=1)
        - datetime.timedelta(days=1)
    )
    assert reminders.remind_of_overdue()
    assert "more than 24 months ago" in Notice.objects.get().text


def test_what_is_not_live_or_nobody_may_edit_is_not_overdue(only_mentoring, editor, eef):
    dated(next_review=days_ago(1))
    PublishedPage.objects.filter(pk=MENTORING).update(state="withdrawn", state_reason="x", state_since=timezone.now())
    assert not reminders.remind_of_overdue()
    PublishedPage.objects.filter(pk=MENTORING).update(state="live")
    eef.closed = "2026"
    eef.save()
    assert not reminders.remind_of_overdue()


def test_looking_again_costs_the_same_however_much_is_overdue(network, django_assert_max_num_queries, editor):
    Intervention.objects.update(next_review=days_ago(1))
    reminders.remind_of_overdue()
    # Two for each centre: whether it goes on, and who works there.
    with django_assert_max_num_queries(24):
        assert not reminders.remind_of_overdue()
