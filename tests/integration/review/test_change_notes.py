"""What the public is told of a change: a note unless it is minor, and of a correction what was wrong."""

import pytest

from evidence.models import Report
from toolkits import actions, policies
from toolkits.models import Change, Conclusion, Decision, PublishedCorrection, PublishedPage, PublishedVersion


def out(document, editor, reviewer, **said):
    """Take a working row all the way out, and return its page."""
    revision = actions.submit(document=document, by=editor, **said)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=revision, by=reviewer)
    return PublishedPage.objects.get(record=document.pk)


CORRECTION = {
    "change": Change.CORRECTION,
    "note": "The summary left out adults.",
    "wrong": "We said that only pupils mentor.",
    "conclusion": Conclusion.SAME,
}


def test_a_change_of_weight_needs_its_note(edited, editor):
    with pytest.raises(policies.Incomplete, match="Say what changed"):
        actions.submit(document=edited, by=editor, change=Change.WORDING)


def test_a_minor_change_needs_none_and_leaves_the_public_date(edited, editor, reviewer):
    before = PublishedPage.objects.get(record=edited.pk)
    page = out(edited, editor, reviewer, change=Change.WORDING, minor=True)
    assert page.summary == edited.summary
    assert page.published_at == before.published_at
    assert PublishedVersion.objects.get(record=edited.pk, version=2).published_at > before.published_at


def test_a_change_of_weight_moves_the_public_date(edited, editor, reviewer):
    before = PublishedPage.objects.get(record=edited.pk)
    page = out(edited, editor, reviewer, change=Change.WORDING, note="Clearer words")
    assert page.published_at > before.published_at


def test_a_rating_is_never_minor(mentoring, editor):
    rating = mentoring.ratings.first()
    rating.reason = "Two more studies"
    rating.save()
    with pytest.raises(policies.Incomplete, match="not a minor change of wording: ratings"):
        actions.submit(document=mentoring, by=editor, change=Change.WORDING, minor=True)


def test_a_new_method_is_never_minor(edited, editor):
    with pytest.raises(policies.Incomplete, match="New method"):
        actions.submit(document=edited, by=editor, change=Change.METHOD, minor=True)


@pytest.mark.parametrize("missing", ["wrong", "conclusion"])
def test_a_correction_is_told_whole(edited, editor, missing):
    with pytest.raises(policies.Incomplete, match="what was wrong, and whether the conclusion changes"):
        actions.submit(document=edited, by=editor, **(CORRECTION | {missing: ""}))


def test_only_a_correction_says_what_was_wrong(edited, editor):
    with pytest.raises(policies.Incomplete, match="choose “Correction”"):
        actions.submit(document=edited, by=editor, **(CORRECTION | {"change": Change.STUDY}))


def test_a_correction_is_on_the_list_and_on_the_page(edited, editor, reviewer):
    old = PublishedPage.objects.get(record=edited.pk).summary
    page = out(edited, editor, reviewer, **CORRECTION)

    entry = PublishedCorrection.objects.get(record=edited.pk)
    assert (entry.version, entry.wrong, entry.note) == (2, CORRECTION["wrong"], CORRECTION["note"])
    assert entry.conclusion == Conclusion.SAME
    assert entry.differences == [["summary", old, edited.summary]]
    assert entry.notified > 0
    assert [told["wrong"] for told in page.corrections] == [CORRECTION["wrong"]]


def test_a_page_goes_on_telling_of_its_corrections_newest_first(edited, editor, reviewer):
    out(edited, editor, reviewer, **CORRECTION)
    edited.summary += " It takes a year."
    edited.save()
    out(edited, editor, reviewer, change=Change.STUDY, note="A new study")
    edited.summary += " Or two."
    edited.save()
    page = out(edited, editor, reviewer, **(CORRECTION | {"wrong": "It takes longer.", "conclusion": "different"}))
    assert [(told["version"], told["conclusion"]) for told in page.corrections] == [(4, "different"), (2, "same")]


def test_what_was_never_public_is_first_published_whatever_is_asked_for(mentoring, editor):
    report = Report.objects.create(
        slug="new",
        centre=mentoring.centre,
        title="New",
        type=Report.Type.REPORT,
        year=2026,
        authors="A. Author",
        url="https://example.org/new",
    )
    revision = actions.submit(document=report, by=editor, change=Change.WORDING, note="Our first report")
    assert revision.change == Change.FIRST
