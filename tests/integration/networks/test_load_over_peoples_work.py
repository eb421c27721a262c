"""What people made here since the last load is never overwritten, approved or undone by a load."""

import pytest

from centres.models import Centre
from evidence.models import Intervention
from tests.factories.networks import NOTHING_CHANGED, load, refused, state
from toolkits import actions
from toolkits.models import PublishedPage

# People's work


def test_an_edited_row_is_not_overwritten(loaded, mentoring):
    mentoring.summary = "An editor's words."
    mentoring.save()
    loaded.set("interventions", 2, "summary", "The folder's words.")
    lines, _ = refused(loaded)
    assert lines[1] == "  intervention classroom/mentoring (1001): summary"


def test_an_unchanged_folder_does_not_undo_an_edit(loaded, mentoring):
    mentoring.summary = "An editor's words."
    mentoring.save()
    lines, _ = refused(loaded)
    assert lines[1] == "  intervention classroom/mentoring (1001): summary"


def test_an_edited_rating_is_not_overwritten(loaded, mentoring):
    mentoring.ratings.filter(level__scheme__slug="pounds").delete()
    lines, _ = refused(loaded)
    assert lines[1] == "  intervention classroom/mentoring (1001): cost rating"


def test_published_work_of_people_is_not_overwritten(loaded, mentoring, publish):
    mentoring.summary = "An editor's words."
    mentoring.save()
    publish(mentoring)
    loaded.set("interventions", 2, "finding_as_published", "Large")
    lines, _ = refused(loaded)
    assert lines[1] == "  intervention classroom/mentoring (1001): summary, finding as published"


def test_overwriting_is_possible_when_asked(loaded, mentoring, publish):
    mentoring.summary = "An editor's words."
    mentoring.save()
    publish(mentoring)
    load(loaded, "--overwrite")
    page = PublishedPage.objects.get(record=1001)
    assert (page.version, page.note) == (3, "Imported from tiny: summary changed")
    assert page.payload["summary"] == "An older peer meets a pupil, often."
    assert NOTHING_CHANGED in load(loaded)


def test_an_editors_own_note_is_not_overwritten(loaded, mentoring):
    mentoring.compiler_note = "Ask the centre"
    mentoring.save()
    lines, _ = refused(loaded)
    assert lines[1] == "  intervention classroom/mentoring (1001): compiler note"


def test_a_draft_that_says_what_the_folder_says_is_not_published_for_its_editor(loaded, mentoring):
    """Four eyes hold: a folder written from the portal's own drafts does not approve them."""
    mentoring.summary = "An editor's words."
    mentoring.save()
    loaded.set("interventions", 2, "summary", "An editor's words.")
    before = state()
    said = load(loaded)
    assert "1 left as people made it: intervention classroom/mentoring (1001)" in said
    assert state() == before


def test_what_people_published_follows_a_changed_name_again(loaded, mentoring, publish):
    """Working rows that say what is live hold no draft, so a new name of the centre may go out with them."""
    mentoring.summary = "An editor's words."
    mentoring.save()
    publish(mentoring)
    loaded.set("interventions", 2, "summary", "An editor's words.").set("centres", 2, "short_name", "New")
    load(loaded)
    page = PublishedPage.objects.get(record=1001)
    assert (page.version, page.payload["centre"]["short_name"]) == (3, "New")


def test_a_record_is_not_edited_because_what_it_shows_was(loaded, publish):
    """People renamed the centre; its interventions are still as the last import left them."""
    schools = Centre.objects.get(slug="schools")
    schools.short_name = "New"
    schools.save()
    publish(schools)
    loaded.set("centres", 2, "short_name", "New").set("interventions", 2, "summary", "Another")
    load(loaded)
    payload = PublishedPage.objects.get(record=1001).payload
    assert (payload["summary"], payload["centre"]["short_name"]) == ("Another", "New")


def test_a_restored_version_stays(loaded, people):
    loaded.set("interventions", 2, "summary", "Another")
    load(loaded)
    actions.restore(record=1001, version=1, by=people[1], reason="The first was right")
    said = load(loaded)
    assert "1 left as people made it: intervention classroom/mentoring (1001)" in said
    assert PublishedPage.objects.get(record=1001).payload["summary"] == "An older peer meets a pupil, often."


@pytest.mark.parametrize("take_down", [actions.withdraw, actions.remove])
def test_a_page_that_people_took_down_stays_down(loaded, people, take_down):
    take_down(record=1001, by=people[1], reason="The figure is wrong")
    loaded.set("interventions", 2, "summary", "Another")
    said = load(loaded)
    assert "1 left as people took it down: intervention classroom/mentoring (1001)" in said
    assert PublishedPage.objects.get(record=1001).state != "live"
    assert Intervention.objects.get(pk=1001).summary != "Another"
