"""Why two centres rate the same idea differently: who says so, who agrees, and when the public reads it."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from centres.models import AuditEntry, Role
from centres.records import RecordNumber
from evidence.models import Family, FamilyDifference, Intervention
from tests.answers import ask
from tests.factories import person
from tests.factories.publishing import republish
from toolkits import actions, own_links, policies, snapshots
from toolkits.differences import differences
from toolkits.editorial import work
from toolkits.editorial.work import Desk
from toolkits.models import Change, Decision, Notice
from toolkits.public.differences import CAUSES

MENTORING = "/toolkits/teaching-and-learning/mentoring/"
YOUTH_VIOLENCE = "/toolkits/youth-violence/mentoring/"
CRIME = "/toolkits/crime-reduction/mentoring/"
FAMILY = "/families/mentoring/"
TEXT = "The EEF counts what pupils learn. The YEF counts violence."
SILENCE = "The centres have not said why"


@pytest.fixture
def family(network):
    return Family.objects.get(slug="mentoring")


@pytest.fixture
def yef_mentoring(family):
    return Intervention.objects.get(entry__toolkit__slug="youth-violence", entry__slug="mentoring")


@pytest.fixture
def yef_editor(yef):
    return person("yef-editor", yef, Role.Name.EDITOR)


@pytest.fixture
def third(network):
    """An editor of a centre that has another member in the family."""
    return person("third", Intervention.objects.get(entry__slug="mentoring-and-coaching").centre, Role.Name.EDITOR)


@pytest.fixture
def network_editor(network):
    return person("network-editor", None, Role.Name.NETWORK_EDITOR)


@pytest.fixture
def propose(family, mentoring, yef_mentoring, editor):
    """Propose a difference as the EEF's editor, or as somebody else or of something else."""

    def propose(**other):
        said = {"family": family, "first": yef_mentoring, "second": mentoring, "cause": "outcome", "text": TEXT}
        return actions.propose_difference(**{"by": editor} | said | other)

    return propose


@pytest.fixture
def agreed(propose, yef_editor):
    difference = propose()
    return actions.agree_to_difference(
        difference=difference, side=_side_of(difference, "yef"), seen=difference.wording, by=yef_editor
    )


def _side_of(difference, centre):
    return "first" if difference.first.centre.slug == centre else "second"


def _agreed_sides(difference):
    difference.refresh_from_db()
    return [side for side in FamilyDifference.SIDES if getattr(difference, f"{side}_agreed_at")]


def publish(family, network_editor, **said):
    return republish(family, network_editor, person("second-network-editor", None, Role.Name.NETWORK_EDITOR), **said)


def body(client, path):
    return ask(client, path).body.decode()


# --- who may -----------------------------------------------------------------------------------------------------------


def test_whoever_proposes_agrees_for_their_own_centre_alone(propose, editor):
    difference = propose()
    assert difference.first_id < difference.second_id
    assert _agreed_sides(difference) == [_side_of(difference, "eef")]
    assert not difference.agreed


def test_the_networks_editors_propose_and_agree_for_neither(propose, network_editor):
    difference = propose(by=network_editor)
    assert _agreed_sides(difference) == []
    for side in FamilyDifference.SIDES:
        with pytest.raises(PermissionDenied):
            actions.agree_to_difference(difference=difference, side=side, seen=difference.wording, by=network_editor)


def test_both_centres_make_it_agreed_and_the_family_has_a_draft(agreed, family, editor, yef_editor):
    assert _agreed_sides(agreed) == ["first", "second"]
    assert RecordNumber.objects.get(pk=family.pk).draft_changed_at
    entry = AuditEntry.objects.filter(kind="evidence_familydifference", action="changed").latest("pk")
    assert (entry.person, entry.record) == (yef_editor, family.pk)


def test_one_person_with_roles_in_both_centres_is_not_two(propose, editor, yef):
    editor.roles.create(centre=yef, name=Role.Name.EDITOR)
    difference = propose()
    assert _agreed_sides(difference) == [], "which of the two they speak for is not known"
    actions.agree_to_difference(difference=difference, side="first", seen=difference.wording, by=editor)
    with pytest.raises(policies.NotAnother):
        actions.agree_to_difference(difference=difference, side="second", seen=difference.wording, by=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyDifference.objects.update(second_agreed_by=editor, second_agreed_at=timezone.now())


def test_nobody_agrees_for_the_other_centre_or_twice(propose, editor, yef_editor):
    difference = propose()
    with pytest.raises(PermissionDenied):
        actions.agree_to_difference(
            difference=difference, side=_side_of(difference, "yef"), seen=difference.wording, by=editor
        )
    with pytest.raises(policies.AlreadyDecided):
        actions.agree_to_difference(
            difference=difference, side=_side_of(difference, "eef"), seen=difference.wording, by=editor
        )


def test_a_third_centre_may_do_nothing(propose, third):
    difference = propose()
    with pytest.raises(PermissionDenied):
        propose(by=third)
    with pytest.raises(PermissionDenied):
        actions.reword_difference(difference=difference, cause="people", text="No.", seen=difference.wording, by=third)
    with pytest.raises(PermissionDenied):
        actions.withdraw_difference(difference=difference, reason="No.", seen=difference.wording, by=third)


def test_the_side_of_a_centre_that_ended_is_an_administrators(propose, family, network_admin):
    eif = family.members.get(intervention__centre__slug="eif").intervention
    former = person("former", eif.centre, Role.Name.EDITOR)
    person("administrator", None, Role.Name.ADMINISTRATOR)
    difference = propose(first=eif)
    side = _side_of(difference, "eif")
    assert told() == {"administrator"}
    with pytest.raises(PermissionDenied):
        actions.agree_to_difference(difference=difference, side=side, seen=difference.wording, by=former)
    actions.agree_to_difference(difference=difference, side=side, seen=difference.wording, by=network_admin)
    assert _agreed_sides(difference) == ["first", "second"]


def test_a_proposal_needs_words_and_two_members(propose, mentoring):
    with pytest.raises(policies.Incomplete):
        propose(text="  ")
    with pytest.raises(policies.WrongState):
        propose(first=mentoring)
    with pytest.raises(policies.WrongState):
        propose(first=Intervention.objects.get(entry__slug="phonics"))


def test_a_cause_is_named_once_of_two_members(propose):
    propose()
    with pytest.raises(policies.WrongState):
        propose(text="Other words.")


# --- other words -------------------------------------------------------------------------------------------------------


def test_other_words_clear_both_agreements_but_their_writers(agreed, editor, yef_editor):
    reworded = actions.reword_difference(
        difference=agreed, cause="people", text="They look at other people.", seen=agreed.wording, by=yef_editor
    )
    assert _agreed_sides(reworded) == [_side_of(agreed, "yef")]


def test_the_database_lets_no_agreement_outlive_its_words(agreed):
    FamilyDifference.objects.filter(pk=agreed.pk).update(text="Something else.")
    assert _agreed_sides(agreed) == []
    assert agreed.first_agreed_by is None


def test_nobody_agrees_to_words_they_have_not_seen(propose, editor, yef_editor):
    difference = propose()
    seen = difference.wording
    actions.reword_difference(difference=difference, cause="outcome", text="Other words.", seen=seen, by=editor)
    with pytest.raises(policies.Outdated):
        actions.agree_to_difference(difference=difference, side=_side_of(difference, "yef"), seen=seen, by=yef_editor)


def test_withdrawing_says_why_and_leaves_its_trace(agreed, family, yef_editor):
    with pytest.raises(policies.Incomplete):
        actions.withdraw_difference(difference=agreed, reason=" ", seen=agreed.wording, by=yef_editor)
    number = agreed.pk
    actions.withdraw_difference(difference=agreed, reason="A new trial", seen=agreed.wording, by=yef_editor)
    assert not FamilyDifference.objects.exists()
    trail = AuditEntry.objects.filter(kind="evidence_familydifference", key=str(number), person=yef_editor)
    assert {"withdrawn", "deleted"} <= set(trail.values_list("action", flat=True))
    assert trail.get(action="withdrawn").note == "A new trial"


# --- who is told -------------------------------------------------------------------------------------------------------


def told():
    return set(Notice.objects.filter(event=Notice.Event.DIFFERENCE).values_list("person__username", flat=True))


def test_the_other_centre_is_told_and_has_it_on_its_list(propose, editor, yef_editor, network_editor):
    difference = propose()
    assert told() == {"yef-editor"}
    assert list(work.differences(Desk(yef_editor))) == [difference]
    assert not work.differences(Desk(editor)).exists()
    assert not work.differences(Desk(network_editor)).exists()


def test_the_network_is_told_once_both_agree(network_editor, agreed, editor):
    assert told() == {"editor", "yef-editor", "network-editor"}


# --- pages of the editorial side ---------------------------------------------------------------------------------------


def test_from_proposal_to_agreement_by_the_pages(client, family, mentoring, yef_mentoring, editor, yef_editor):
    client.force_login(editor)
    page = reverse("editorial:family_differences", args=[family.pk])
    assert "Propose why two of them differ" in body(client, page)
    refused = client.post(page, {"first": mentoring.pk, "second": mentoring.pk, "cause": "outcome"})
    assert refused.status_code == 422
    said = {"first": mentoring.pk, "second": yef_mentoring.pk, "cause": "outcome", "text": TEXT}
    difference = FamilyDifference.objects.get(pk=client.post(page, said).url.split("/")[-2])
    client.force_login(yef_editor)
    assert TEXT in body(client, reverse("admin:index"))
    shown = body(client, reverse("editorial:family_difference", args=[difference.pk]))
    assert "somebody of about" in shown
    agree = reverse("editorial:agree_to_difference", args=[difference.pk])
    side = _side_of(difference, "yef")
    assert client.post(agree, {"side": side, "seen": "other words"}).status_code == 422
    assert client.post(agree, {"side": side, "seen": difference.wording}).status_code == 302
    assert _agreed_sides(difference) == ["first", "second"]


def test_another_member_of_the_family_is_not_told_that_a_difference_is_there(client, propose, family, third):
    difference = propose()
    client.force_login(third)
    assert TEXT not in body(client, reverse("editorial:family_differences", args=[family.pk]))
    assert client.get(reverse("editorial:family_difference", args=[difference.pk])).status_code == 404
    for name in ("agree_to_difference", "reword_difference", "withdraw_difference"):
        assert client.post(reverse(f"editorial:{name}", args=[difference.pk])).status_code == 404


# --- what the public reads ---------------------------------------------------------------------------------------------


def test_what_is_agreed_goes_out_with_the_family_and_nothing_before(client, family, agreed, network_editor):
    for path in (FAMILY, MENTORING, YOUTH_VIOLENCE):
        assert TEXT not in body(client, path)
        assert SILENCE in body(client, path)
    publish(family, network_editor)
    for path in (FAMILY, MENTORING, YOUTH_VIOLENCE):
        shown = body(client, path)
        assert TEXT in shown, path
        assert "They look at different outcomes" in shown
    assert TEXT not in body(client, CRIME)
    assert SILENCE in body(client, CRIME)
    assert TEXT in body(client, f"/record/{family.pk}/v2/")
    printed = PdfReader(io.BytesIO(ask(client, f"{MENTORING}?format=pdf").body))
    words = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    assert "How other centres rate the same idea" in words
    assert TEXT in words


def test_every_cause_has_words_for_the_public():
    assert set(CAUSES) == set(FamilyDifference.Cause.values)


def test_a_family_whose_members_differ_is_advised_to_say_why(family):
    advice = own_links.facts(snapshots.build(snapshots.reload(family))).unlike
    assert advice
    assert all(pair.first < pair.second and pair.axes for pair in advice)


def test_an_unagreed_text_is_in_no_document(family, propose, agreed, yef_editor):
    propose(cause="people", text="UNAGREED")
    payload = snapshots.freeze(snapshots.reload(family))[0]
    assert [said["text"] for said in payload["differences"]] == [TEXT]
    actions.reword_difference(
        difference=agreed, cause="outcome", text="Other words.", seen=agreed.wording, by=yef_editor
    )
    assert "differences" not in snapshots.freeze(snapshots.reload(family))[0]


def test_what_was_taken_back_is_not_published_by_an_approval_given_before(family, agreed, network_editor, yef_editor):
    second = person("second", None, Role.Name.NETWORK_EDITOR)
    revision = actions.submit(document=family, by=network_editor, change=Change.STUDY, note="Why they differ")
    actions.decide(revision=revision, by=second, verdict=Decision.Verdict.APPROVED)
    actions.withdraw_difference(difference=agreed, reason="A new trial", seen=agreed.wording, by=yef_editor)
    with pytest.raises(policies.Outdated):
        actions.publish(revision=revision, by=second)


def test_a_withdrawn_member_takes_its_differences_along(client, family, agreed, network_editor, yef_mentoring, yef):
    publish(family, network_editor)
    reviewer = person("yef-reviewer", yef, Role.Name.REVIEWER)
    actions.withdraw(record=yef_mentoring.pk, by=reviewer, reason="Under review")
    for path in (FAMILY, MENTORING, YOUTH_VIOLENCE, f"/record/{family.pk}/v2/"):
        assert TEXT not in body(client, path), path


def test_a_former_member_takes_its_differences_along(family, agreed, yef_mentoring):
    family.members.filter(intervention=yef_mentoring).delete()
    assert snapshots.build(snapshots.reload(family)).differences == []


def test_a_reviewer_reads_each_difference_by_its_two_records_and_cause(family, agreed):
    after = snapshots.freeze(snapshots.reload(family))[0]
    before = {name: value for name, value in after.items() if name != "differences"}
    (found,) = differences(before, after)
    assert found.field.startswith("differences")
    assert TEXT in found.after
    with pytest.raises(policies.Incomplete):
        policies.check_says_what_changed(
            change=Change.WORDING, minor=True, note="", wrong="", conclusion="", before=before, after=after, by=None
        )
