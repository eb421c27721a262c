"""A network folder in, published through the same actions as an editor's work."""

from centres.models import Centre
from evidence.models import Family, Intervention, Outcome, Rating
from tests.factories.networks import NOTHING_CHANGED, load, published_since, refused, state
from toolkits import actions
from toolkits.models import (
    Decision,
    PublicationEvent,
    PublishedPage,
    PublishedVersion,
    PublishedVocabulary,
    Redirect,
    Revision,
)
from toolkits.models.publishing import Change

# The first load


def test_everything_is_published_by_the_loader_as_imported(empty_database, tiny):
    said = load(tiny)
    assert (
        "Published: shared lists 4, centres 3, rating schemes 4, toolkits 2, interventions 3, families 1, reports 2."
        in said
    )
    assert PublishedPage.objects.count() == 15
    assert PublishedVocabulary.objects.count() == 4
    loader = actions.loader_account()
    assert set(Revision.objects.values_list("submitted_by", "change", "note")) == {
        (loader.pk, Change.FIRST, "Imported from tiny")
    }
    assert set(Decision.objects.values_list("verdict", "decided_by")) == {("imported", loader.pk)}
    events = PublicationEvent.objects.filter(verb="published")
    assert set(events.values_list("imported_from", "by")) == {("tiny", loader.pk)}
    assert events.count() == 19


def test_working_rows_say_what_the_cells_say(loaded, mentoring):
    assert mentoring.headline_value == "-1.10"
    assert mentoring.key_messages == "One point\nAnother point"
    assert mentoring.cautions == "Watch for dropout\nAsk parents"
    assert mentoring.compiler_note == "Check the figure again"
    assert mentoring.language == "en"
    assert [band.slug for band in mentoring.age_bands.all()] == ["5-10", "11-15"]
    assert mentoring.entry.toolkit.slug == "classroom"
    rating = Rating.objects.get(intervention=1003, level__scheme__slug="stars")
    assert (rating.level.key, rating.outcome_id, rating.aspect) == ("2", "crime", "Arrests")
    schools = Centre.objects.get(slug="schools")
    assert [(spell.tier, spell.started, spell.ended) for spell in schools.memberships.all()] == [
        ("affiliate", "2012", "2014-12"),
        ("centre", "2015", ""),
    ]
    assert Centre.objects.get(slug="streets").endings.get().successor.slug == "towns"
    assert [(award.amount_gbp, award.started) for award in schools.awards.all()] == [(1000000, "2012"), (None, "")]
    assert [member.intervention_id for member in Family.objects.get().members.all()] == [1001, 1003]


def test_what_only_editors_see_is_in_nothing_published(loaded):
    for model in (PublishedPage, PublishedVersion, PublishedVocabulary, Revision):
        assert "Check the figure again" not in str(list(model.objects.values_list("payload", flat=True)))


def test_a_wrong_folder_writes_nothing_and_counts_its_errors(empty_database, tiny):
    tiny.set("ratings", 2, "level", "minus").set("centres", 2, "accent", "red")
    lines, summary = refused(tiny)
    assert [line.split(":")[0] for line in lines] == [
        "centres.csv, row 2, column accent",
        "ratings.csv, row 2, column level",
    ]
    assert summary == "2 errors in 2 files. Nothing was loaded."


def test_checking_says_what_would_happen_and_writes_nothing(empty_database, tiny):
    before = state()
    said = load(tiny, "--check")
    assert "interventions: 3 new" in said
    assert "Only checked: nothing was loaded." in said
    assert state() == before


def test_if_empty_loads_once(empty_database, tiny):
    assert "Published" in load(tiny, "--if-empty")
    tiny.set("interventions", 2, "summary", "Another")
    before = state()
    assert load(tiny, "--if-empty").startswith("There are records already: nothing was loaded.")
    assert state() == before


def test_a_record_that_cannot_be_published_takes_all_with_it(loaded):
    """The address of a page that was withdrawn stays its own."""
    loaded.drop("interventions", 3).drop("ratings", 4)
    load(loaded, "--withdraw-missing")
    Intervention.objects.get(pk=1002).entry.delete()
    loaded.repeat("interventions", 2, id="1004", slug="phonics").set("interventions", 2, "summary", "Another")
    lines, summary = refused(loaded)
    assert lines == [
        "These could not be published:",
        "interventions: Mentoring (1004): /toolkits/classroom/phonics/ belongs to record 1002. Choose another address.",
    ]
    assert summary == "Nothing was loaded."


# Loading again


def test_a_second_load_changes_nothing_and_says_so(loaded):
    before = state()
    assert NOTHING_CHANGED in load(loaded)
    assert state() == before


def test_only_what_changed_is_published_with_what_changed(loaded):
    before = PublishedVersion.objects.count()
    loaded.set("interventions", 2, "summary", "Someone older meets a pupil.").set("ratings", 2, "level", "0")
    loaded.set("reports", 2, "finding", "It helps a little.")
    load(loaded)
    assert published_since(before) == {
        "Mentoring": "Imported from tiny: summary, impact rating changed",
        "Mentors: a review": "Imported from tiny: finding changed",
    }
    page = PublishedPage.objects.get(record=1001)
    assert (page.version, page.change, page.payload["summary"]) == (
        2,
        Change.CORRECTION,
        "Someone older meets a pupil.",
    )
    assert [rating["level"] for rating in page.payload["ratings"]] == ["0", "1"]


def test_what_shows_a_changed_record_changes_with_it(loaded):
    before = PublishedVersion.objects.count()
    loaded.set("centres", 2, "short_name", "The Schools Centre")
    load(loaded)
    notes = published_since(before)
    assert notes["Centre for Schools"] == "Imported from tiny: short name changed"
    assert notes["Phonics"] == notes["Classroom Toolkit"] == "Imported from tiny: centre schools changed"
    assert PublishedPage.objects.get(record=1003).version == 1
    assert PublishedPage.objects.get(record=102).version == 1


def test_the_list_of_members_changes_with_a_membership(loaded):
    before = PublishedVersion.objects.count()
    loaded.set("memberships", 3, "to", "2020-06")
    load(loaded)
    assert published_since(before) == {
        "Centre for Schools": "Imported from tiny: membership changed",
        "The network and its members": "Imported from tiny: centre schools changed",
    }


def test_a_term_renamed_changes_its_list_and_the_pages_that_show_it(loaded):
    before = PublishedVersion.objects.count()
    loaded.set("outcomes", 2, "name", "Crime").set("outcomes", 3, "name", "Attainment")
    load(loaded)
    assert [term["name"] for term in PublishedVocabulary.objects.get(name="outcomes").payload["terms"]] == [
        "Crime",
        "Attainment",
        "Wellbeing",
    ]
    assert published_since(before)["Phonics"] == "Imported from tiny: vocabulary outcomes changed"
    assert PublishedPage.objects.get(record=1002).payload["outcomes"] == [{"slug": "attainment", "name": "Crime"}]


def test_a_new_row_is_first_published(loaded):
    before = PublishedVersion.objects.count()
    loaded.repeat("interventions", 3, id="1004", slug="spelling", name="Spelling")
    load(loaded)
    assert published_since(before) == {"Spelling": "Imported from tiny"}
    assert PublishedPage.objects.get(record=1004).change == Change.FIRST


def test_a_new_level_and_a_new_place_in_the_order_are_published(loaded):
    before = PublishedVersion.objects.count()
    loaded.add("rating_levels", "pounds", "3", "3", "Very high", "", "", "", "")
    rows = loaded.read("ratings")
    loaded.write("ratings", [rows[0], rows[2], rows[1], *rows[3:]])
    load(loaded)
    notes = published_since(before)
    assert notes["Cost"] == "Imported from tiny: level 3 changed"
    assert notes["Mentoring"] == "Imported from tiny: order of ratings changed"
    assert [rating["axis"] for rating in PublishedPage.objects.get(record=1001).payload["ratings"]] == [
        "cost",
        "impact",
    ]


def test_a_change_for_editors_only_publishes_nothing(loaded, mentoring):
    before, saved = PublishedVersion.objects.count(), mentoring.updated_at
    loaded.set("interventions", 2, "compiler_note", "The figure is right")
    assert "Changed in what only editors see: 1." in load(loaded)
    mentoring.refresh_from_db()
    assert mentoring.compiler_note == "The figure is right"
    assert mentoring.updated_at == saved
    assert PublishedVersion.objects.count() == before
    assert NOTHING_CHANGED in load(loaded)


def test_a_change_that_no_page_shows_does_not_look_like_peoples_work_later(loaded):
    loaded.set("centres", 2, "audience", "Teachers;heads")
    assert NOTHING_CHANGED in load(loaded)
    loaded.set("centres", 2, "audience", "Teachers;heads;pupils")
    load(loaded)
    assert PublishedPage.objects.get(record=101).payload["audience"] == ["Teachers", "heads", "pupils"]


def test_a_permanent_number_never_changes(loaded):
    loaded.set("interventions", 2, "id", "1009")
    lines, _ = refused(loaded)
    assert lines == ['interventions.csv, row 2, column id: "1009": its permanent number is 1001. Write 1001.']


def test_a_number_in_use_is_not_given_again(loaded):
    Intervention.objects.create(centre=Centre.objects.get(slug="schools"), name="A draft")
    loaded.repeat("interventions", 2, id="1004", slug="spelling")
    lines, _ = refused(loaded)
    assert lines == [
        'interventions.csv, row 5, column id: "1004": the number belongs to another intervention. '
        "Choose the next free one."
    ]


def test_a_draft_of_people_is_not_taken_over_by_its_number(loaded, chess):
    loaded.repeat("interventions", 2, id="1004", slug="spelling")
    lines, _ = refused(loaded)
    assert lines == [
        'interventions.csv, row 5, column id: "1004": the number belongs to the intervention classroom/chess. '
        "Choose the next free one."
    ]


def test_a_new_slug_is_a_change_of_address_with_a_redirect(loaded):
    loaded.set("interventions", 3, "slug", "reading").set("ratings", 4, "intervention", "reading")
    load(loaded)
    page = PublishedPage.objects.get(record=1002)
    assert (page.path, page.version) == ("/toolkits/classroom/reading/", 2)
    assert Redirect.objects.get(path="/toolkits/classroom/phonics/").record == 1002


def test_a_member_that_changes_its_family_changes_both(loaded):
    loaded.set("families", 3, "family", "adults").set("families", 3, "family_name", "Adults")
    load(loaded)
    members = {page.title: page.links for page in PublishedPage.objects.filter(kind="family")}
    assert members == {"Mentoring": [1001], "Adults": [1003]}


def test_a_term_that_is_gone_is_refused_while_something_outside_the_folder_needs_it(loaded):
    draft = Intervention.objects.create(centre=Centre.objects.get(slug="schools"), name="A draft")
    draft.outcomes.set(["wellbeing"])
    loaded.drop("outcomes", 4).set("interventions", 2, "outcomes", "attainment")
    lines, _ = refused(loaded)
    assert lines == [
        'outcomes.csv: "wellbeing": the row is gone from the folder, and A draft outside the folder still uses it. '
        "Put the row back."
    ]
    draft.outcomes.clear()
    load(loaded)
    assert not Outcome.objects.filter(slug="wellbeing").exists()


# Columns that a folder may leave out


def test_a_column_that_is_not_there_leaves_what_is_written(loaded):
    loaded.add_column("ratings", "reason", ["Two trials agree", ""])
    loaded.add_column("interventions", "how_sure", ["'- two trials", ""])
    load(loaded)
    page = PublishedPage.objects.get(record=1001)
    assert page.payload["ratings"][0]["reason"] == "Two trials agree"
    assert "<li>two trials</li>" in page.payload["how_sure_html"]
    loaded.drop_column("ratings", "reason").drop_column("interventions", "how_sure")
    assert NOTHING_CHANGED in load(loaded)
    loaded.set("ratings", 2, "value", "-2")
    load(loaded)
    assert PublishedPage.objects.get(record=1001).payload["ratings"][0]["reason"] == "Two trials agree"


# Rows that vanished


def test_public_records_that_vanished_stop_the_load(loaded):
    loaded.drop("interventions", 3).drop("ratings", 4).drop("reports", 3)
    lines, _ = refused(loaded)
    assert lines[1:3] == ["  intervention classroom/phonics (1002)", "  report streets (5002)"]


def test_they_are_withdrawn_when_asked_and_come_back_when_they_are_back(loaded, tmp_path):
    whole = loaded.bytes()
    loaded.drop("interventions", 3).drop("ratings", 4)
    assert "Withdrawn, as no longer in the folder: 1." in load(loaded, "--withdraw-missing")
    page = PublishedPage.objects.get(record=1002)
    assert (page.state, page.state_reason) == ("withdrawn", "No longer in tiny")
    assert NOTHING_CHANGED in load(loaded)
    for name, data in whole.items():
        (loaded.directory / name).write_bytes(data)
    load(loaded)
    page.refresh_from_db()
    assert (page.state, page.note) == ("live", "Imported from tiny: back in the folder")


def test_records_that_people_made_are_not_missed(loaded, chess, publish):
    publish(chess)
    assert NOTHING_CHANGED in load(loaded)
    assert PublishedPage.objects.get(record=chess.pk).state == "live"
