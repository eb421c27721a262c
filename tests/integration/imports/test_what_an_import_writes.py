"""Rows of a file as drafts: new, changed or left alone, all of them or none, and never over somebody's newer work."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centres.models import AuditEntry
from centres.records import RecordNumber
from evidence.models import Intervention, Rating, RatingLevel, RatingScheme, Report
from tests.integration.imports.conftest import ended, fates, imported, lines, tried
from toolkits.models import Job, PublishedPage, Revision, ToolkitEntry

NEW_HEADER = ["id", "toolkit", "slug", "name", "summary", "outcomes", "key_findings", "source_url", "last_searched"]
CHESS = ["", "teaching-and-learning", "chess", "Chess", "Pupils learn chess.", "attainment;behaviour"]
CHESS += ["No gain; It is fun", "https://example.org/chess", "2025-03-05"]


def test_a_dry_run_shows_what_would_change_and_writes_nothing(eef, editor, mentoring):
    before = Intervention.objects.count()
    job = tried(
        editor,
        eef,
        "interventions",
        ["id", "name", "studies_count"],
        [mentoring.pk, "Mentors", mentoring.studies_count],
    )
    assert job.state == "done"
    assert fates(job) == {2: ("changed", {"name": ("Mentoring", "Mentors")})}
    mentoring.refresh_from_db()
    assert (mentoring.name, Intervention.objects.count()) == ("Mentoring", before)
    assert not Job.objects.filter(kind="import").exists()


def test_changed_rows_become_drafts_that_are_ahead_of_what_was_submitted(eef, editor, mentoring):
    live = PublishedPage.objects.get(record=mentoring.pk)
    saved, revisions = mentoring.updated_at, Revision.objects.count()
    shown = tried(editor, eef, "interventions", ["id", "name"], [mentoring.pk, "Mentors"])
    assert imported(shown, editor).state == "done"
    mentoring = Intervention.objects.get(pk=mentoring.pk)
    assert mentoring.name == "Mentors"
    assert mentoring.updated_at > saved
    number = RecordNumber.objects.get(pk=mentoring.pk)
    assert (number.draft_changed_at is not None, number.keeper) == (True, editor)
    page = PublishedPage.objects.get(record=mentoring.pk)
    assert (page.title, page.version, Revision.objects.count()) == (live.title, live.version, revisions)


def test_new_rows_get_the_next_permanent_numbers_and_their_places(eef, editor, network):
    highest = RecordNumber.objects.filter(kind="intervention").latest("number").number
    draughts = [cell.replace("chess", "draughts").replace("Chess", "Draughts") for cell in CHESS]
    shown = tried(editor, eef, "interventions", NEW_HEADER, CHESS, draughts)
    assert {fate for fate, _ in fates(shown).values()} == {"new"}
    done = imported(shown, editor)
    assert [row["record"] for row in done.report["rows"]] == [highest + 1, highest + 2]
    chess = Intervention.objects.get(pk=highest + 1)
    assert (chess.name, chess.centre, chess.status, chess.language) == ("Chess", eef, "current", "en")
    assert chess.key_messages == "No gain\nIt is fun"
    assert chess.last_searched == datetime.date(2025, 3, 5)
    assert set(chess.outcomes.values_list("slug", flat=True)) == {"attainment", "behaviour"}
    places = ToolkitEntry.objects.filter(toolkit__slug="teaching-and-learning").order_by("-position")
    assert [entry.slug for entry in places[:2]] == ["draughts", "chess"]
    assert not PublishedPage.objects.filter(record=chess.pk).exists()
    assert fates(tried(editor, eef, "interventions", NEW_HEADER, CHESS, draughts)) == {2: ("same", {}), 3: ("same", {})}


def test_an_empty_cell_clears_and_an_absent_column_is_left(eef, editor, mentoring):
    mentoring.how_sure, mentoring.gaps, mentoring.last_searched = "Fairly.", "Some.", "2024-01-02"
    mentoring.save()
    mentoring.unrated_outcomes.add("behaviour")
    shown = tried(
        editor, eef, "interventions", ["id", "gaps", "last_searched", "unrated_outcomes"], [mentoring.pk, "", "", ""]
    )
    assert fates(shown)[2][1] == {
        "gaps": ("Some.", ""),
        "last_searched": ("2024-01-02", ""),
        "unrated_outcomes": ("behaviour", ""),
    }
    imported(shown, editor)
    mentoring.refresh_from_db()
    assert (mentoring.how_sure, mentoring.gaps, mentoring.last_searched) == ("Fairly.", "", None)
    assert not mentoring.unrated_outcomes.exists()


def test_terms_that_stay_are_not_written_again(eef, editor, mentoring):
    through = Intervention.outcomes.through
    before = through.objects.get(intervention=mentoring, outcome="attainment").pk
    shown = tried(editor, eef, "interventions", ["id", "outcomes"], [mentoring.pk, "behaviour;attainment"])
    imported(shown, editor)
    assert through.objects.get(intervention=mentoring, outcome="attainment").pk == before
    assert set(mentoring.outcomes.values_list("slug", flat=True)) == {"attainment", "behaviour"}


def test_a_row_is_found_by_its_place_too_and_a_new_slug_moves_it(eef, editor, mentoring):
    shown = tried(
        editor, eef, "interventions", ["toolkit", "slug", "name"], ["teaching-and-learning", "mentoring", "Mentors"]
    )
    assert shown.report["rows"][0]["record"] == mentoring.pk
    shown = tried(editor, eef, "interventions", ["id", "slug"], [mentoring.pk, "mentors"])
    imported(shown, editor)
    assert ToolkitEntry.objects.get(intervention=mentoring).slug == "mentors"


def test_line_ends_of_other_programs_are_no_change(eef, editor, mentoring):
    mentoring.how_sure = "One\r\n\r\ntwo"
    mentoring.save()
    job = tried(editor, eef, "interventions", ["id", "how_sure"], [mentoring.pk, "One\n\ntwo"])
    assert fates(job) == {2: ("same", {})}


# Ratings


def rating_of(mentoring):
    return mentoring.ratings.select_related("level__scheme").get(level__scheme__slug="eef-months")


def test_a_rating_with_another_level_is_the_same_rating_changed(eef, editor, mentoring):
    rating = rating_of(mentoring)
    other = rating.level.scheme.levels.exclude(pk=rating.level.pk).first()
    rows = [
        ["id", "scheme", "level", "value", "reason"],
        [mentoring.pk, "eef-months", other.key, "1.10", "New trials."],
    ]
    before, saved = Rating.objects.count(), mentoring.updated_at
    imported(tried(editor, eef, "ratings", *rows), editor)
    rating = Rating.objects.get(pk=rating.pk)
    assert (rating.level, rating.value, rating.reason) == (other, "1.10", "New trials.")
    assert Rating.objects.count() == before
    mentoring.refresh_from_db()
    assert mentoring.updated_at > saved
    assert RecordNumber.objects.get(pk=mentoring.pk).draft_changed_at


def test_a_rating_of_another_outcome_or_aspect_is_a_new_one_at_the_end(eef, editor, mentoring):
    level = rating_of(mentoring).level
    header = ["toolkit", "intervention", "scheme", "level", "outcome", "aspect", "range_low", "range_high"]
    place = ["teaching-and-learning", "mentoring", "eef-months", level.key]
    job = tried(
        editor, eef, "ratings", header, [*place, "behaviour", "", "-1", "2.50"], [*place, "", "Primary", "", ""]
    )
    assert [fate for fate, _ in fates(job).values()] == ["new", "new"]
    imported(job, editor)
    *_, behaviour, primary = mentoring.ratings.all()
    assert (behaviour.outcome_id, behaviour.range_low, behaviour.range_high) == ("behaviour", "-1", "2.50")
    assert (primary.outcome_id, primary.aspect) == (None, "Primary")


def test_ratings_on_several_toolkits_are_told_apart_by_place_or_number(eef, editor, mentoring):
    level = rating_of(mentoring).level.key
    rows = [["id", "toolkit", "intervention", "scheme", "level"], [mentoring.pk, "", "", "eef-months", level]]
    assert fates(tried(editor, eef, "ratings", *rows)) == {2: ("same", {})}


# Reports


def test_reports_are_made_and_changed(eef, editor):
    report = Report.objects.create(centre=eef, slug="old", title="A title", year=2020, type="report", topic="Reading")
    header = ["id", "slug", "title", "year", "kind", "authors"]
    made = ["", "a-new-report", "A new report", "2026", "synthesis", "A; B"]
    shown = tried(editor, eef, "reports", header, made, ["", "old", "Another title", "", "report", ""])
    assert [fate for fate, _ in fates(shown).values()] == ["new", "changed"]
    imported(shown, editor)
    new = Report.objects.get(slug="a-new-report")
    assert (new.pk, new.year, new.centre, new.authors) == (report.pk + 1, 2026, eef, "A; B")
    report.refresh_from_db()
    assert (report.title, report.year, report.topic) == ("Another title", None, "Reading")


# All or nothing


def test_an_error_in_the_last_row_writes_nothing(eef, editor, mentoring, phonics):
    shown = tried(editor, eef, "interventions", ["id", "name"], [mentoring.pk, "Mentors"], [phonics.pk, ""])
    assert shown.state == "refused"
    assert lines(shown) == ["3, name: the cell is empty"]
    assert fates(shown) == {2: ("changed", {"name": ("Mentoring", "Mentors")})}
    mentoring.refresh_from_db()
    assert mentoring.name == "Mentoring"


def test_a_change_since_the_dry_run_in_a_row_concerned_is_shown_and_nothing_written(eef, editor, mentoring, phonics):
    rows = [["id", "name"], [mentoring.pk, "Mentors"], [phonics.pk, "Phonics!"]]
    shown = tried(editor, eef, "interventions", *rows)
    Intervention.objects.filter(pk=mentoring.pk).update(name="Mentoring schemes")
    job = imported(shown, editor)
    assert (job.state, job.report["stale"]) == ("refused", True)
    assert [(row["row"], row["since"]) for row in job.report["rows"]] == [(2, True), (3, False)]
    assert fates(job)[2][1] == {"name": ("Mentoring schemes", "Mentors")}
    phonics.refresh_from_db()
    assert phonics.name != "Phonics!"
    again = imported(job, editor)
    assert again.state == "done"
    phonics.refresh_from_db()
    assert phonics.name == "Phonics!"


def test_a_change_that_no_row_is_about_stops_nothing(eef, editor, mentoring, phonics):
    shown = tried(editor, eef, "interventions", ["id", "name"], [mentoring.pk, "Mentors"])
    Intervention.objects.filter(pk=phonics.pk).update(name="Sounds")
    Intervention.objects.filter(pk=mentoring.pk).update(gaps="Typed by a colleague.")
    assert imported(shown, editor).state == "done"
    mentoring.refresh_from_db()
    assert (mentoring.name, mentoring.gaps) == ("Mentors", "Typed by a colleague.")


def test_a_new_error_since_the_dry_run_is_told_by_row_and_column(eef, editor, network):
    shown = tried(editor, eef, "interventions", NEW_HEADER, CHESS)
    theirs = Intervention.objects.filter(centre__slug="yef").first()
    ToolkitEntry.objects.filter(intervention=theirs).update(
        toolkit=ToolkitEntry.objects.filter(toolkit__slug="teaching-and-learning").first().toolkit, slug="chess"
    )
    job = imported(shown, editor)
    assert job.state == "refused"
    assert lines(job) == ["2, slug: the slug is in use in teaching-and-learning"]
    assert not Intervention.objects.filter(name="Chess").exists()


def test_a_role_that_ended_since_the_dry_run_writes_nothing(eef, editor, mentoring):
    shown = tried(editor, eef, "interventions", ["id", "name"], [mentoring.pk, "Mentors"])
    asked = Job.objects.create(
        kind="import",
        centre=eef,
        by=editor,
        file_name="x",
        parameters={"table": "interventions", "shown": shown.pk, "file": shown.pk},
    )
    editor.roles.update(started=datetime.date(2020, 1, 1), ended=datetime.date(2020, 1, 2))
    job = ended(asked)
    assert (job.state, job.report["message"]) == (
        "refused",
        "You are not an editor of this centre any more, so nothing was written.",
    )
    mentoring.refresh_from_db()
    assert mentoring.name == "Mentoring"


# Who did it


def test_every_row_enters_the_audit_trail_as_done_by_who_imported_and_so_does_the_whole(
    eef, editor, second_editor, mentoring
):
    shown = tried(editor, eef, "interventions", ["id", "name", "gaps"], [mentoring.pk, "Mentors", mentoring.gaps])
    imported(shown, second_editor)
    row = AuditEntry.objects.get(kind="evidence_intervention", record=mentoring.pk, action="changed")
    assert (row.person, row.centre, row.before, row.after) == (
        second_editor,
        eef,
        {"name": "Mentoring"},
        {"name": "Mentors"},
    )
    whole = AuditEntry.objects.get(action="imported")
    assert (whole.person, whole.centre, whole.kind, whole.note) == (
        second_editor,
        eef,
        "evidence_intervention",
        "1 row",
    )


# How much it asks of the database


@pytest.mark.parametrize("table", ["interventions", "ratings", "reports"])
def test_the_number_of_queries_does_not_grow_with_the_rows(eef, editor, network, table):
    scheme = RatingScheme.objects.get(slug="eef-months")
    levels = list(RatingLevel.objects.filter(scheme=scheme).values_list("key", flat=True))

    def rows(count, tag, change):
        if table == "reports":
            return [
                ["id", "slug", "title", "kind"],
                *(["", f"{tag}-{n}", f"Report {n} {change}", "report"] for n in range(count)),
            ]
        if table == "ratings":
            header = ["id", "scheme", "level", "aspect", "reason"]
            numbers = Intervention.objects.filter(centre=eef).values_list("pk", flat=True)[: count // 4]
            return [header, *([pk, scheme.slug, levels[0], f"{tag} {n}", change] for pk in numbers for n in range(4))]
        return [
            NEW_HEADER,
            *([*CHESS[:2], f"{tag}-{n}", *CHESS[3:4], f"Summary. {change}", *CHESS[5:]] for n in range(count)),
        ]

    def queries(count, tag):
        """Of making the rows, and of changing them."""
        found = []
        for change in ("", "Changed."):
            with CaptureQueriesContext(connection) as asked:
                shown = tried(editor, eef, table, *rows(count, tag, change))
                assert imported(shown, editor).state == "done"
            found.append(len(asked))
        return found

    few, many = queries(8, "few"), queries(160, "many")
    assert few == many
    assert max(many) < 100
