"""Every error of a sheet is named by its row and column, with what is wrong and how to mend it."""

from evidence.models import Intervention, Rating, RatingScheme, Report
from tests.factories import person
from tests.integration.imports.conftest import fates, lines, tried
from toolkits.models import ToolkitEntry

PLACE = ["teaching-and-learning", "chess"]


def hints(job):
    return [problem["hint"] for problem in job.report["problems"]]


WRONG_IN_INTERVENTIONS = [
    ("name", "", "the cell is empty", "Every row needs it."),
    ("name", "n" * 201, "the cell has 201 characters; 200 is its limit", "Shorten it."),
    ("summary", "s" * 401, "the cell has 401 characters; 400 is its limit", "Shorten it."),
    (
        "name",
        "=1+1",
        "a spreadsheet would run the cell as a formula",
        "If it is text, write an apostrophe before it.",
    ),
    ("name", "a\x07b", "the cell holds a control character", "Type the cell again."),
    ("status", "currant", "not one of the words of this column", 'Did you mean "current"?'),
    ("language", "fr", "not one of the words of this column", "Known are: en, cy."),
    ("studies_count", "12.5", "not a whole number", "Write digits only, such as 12 or 1200."),
    ("studies_count", "-1", "the number is out of range", "It lies from 0 to 2147483647."),
    (
        "headline_value",
        "about 3",
        "not a number",
        "Write digits and a point, such as 3, -2 or 0.36, and the unit elsewhere.",
    ),
    (
        "source_url",
        "eef.org.uk",
        "the cell does not begin with a web address",
        "Write https:// and the rest of it.",
    ),
    ("last_searched", "2025-02-30", "not a day that exists", "Write it as 2013-03-05."),
    ("last_searched", "05/03/2025", "not a day that exists", "Write it as 2013-03-05."),
    ("outcomes", "attainmnt", "the list of outcomes has no attainmnt", 'Did you mean "attainment"?'),
    ("outcomes", "crime;crime", "crime is there twice", "Name each once."),
    ("unrated_outcomes", "x", "the list of outcomes has no x", None),
    ("age_bands", "0-900", "the list of age bands has no 0-900", None),
    ("key_findings", "one\ntwo", "the cell holds a line break", "Separate the points by semicolons."),
    ("slug", "two words", "not written as letters, digits, hyphens and underscores", 'Write "two-words".'),
    ("slug", "", "the intervention would have no place in a toolkit", "Write both, toolkit and slug."),
    ("slug", "phonics", "the slug is in use in teaching-and-learning", "Choose another."),
    ("toolkit", "teaching-and-lerning", "EEF has no such toolkit", 'Did you mean "teaching-and-learning"?'),
    ("toolkit", "crime-reduction", "EEF has no such toolkit", None),
]


def test_wrong_cells_of_interventions(eef, editor, mentoring, phonics):
    for column, cell, line, hint in WRONG_IN_INTERVENTIONS:
        header, good = ["id", "authors", column], [phonics.pk, "", _cell(phonics, column)]
        job = tried(editor, eef, "interventions", header, good, [mentoring.pk, "", cell])
        assert lines(job) == [f"3, {column}: {line}"]
        assert hint in (None, *hints(job))
        assert job.report["problems"][0]["value"] == cell[:400]


def _cell(intervention, column):
    """A cell that is right, and takes nothing from the other row."""
    return {
        "name": "Other",
        "summary": "Other.",
        "status": "current",
        "source_url": "https://example.org/o",
        "slug": intervention.entry.slug,
        "toolkit": "teaching-and-learning",
    }.get(column, "")


def test_a_number_that_is_not_here_and_one_of_another_centre_read_the_same(eef, editor, police_thing):
    job = tried(editor, eef, "interventions", ["id", "name"], [999_999, "Nobody's"], [police_thing.pk, "Theirs"])
    assert lines(job) == [f"{row}, id: EEF has no intervention with this number" for row in (2, 3)]
    assert len(set(hints(job))) == 1
    assert fates(job) == {}


def test_a_toolkit_or_scheme_that_is_not_here_and_one_of_another_centre_read_the_same(eef, editor, mentoring):
    theirs = RatingScheme.objects.filter(centre__slug="yef").first().slug
    job = tried(
        editor,
        eef,
        "ratings",
        ["id", "toolkit", "intervention", "scheme", "level"],
        [mentoring.pk, "", "", "nothing", "1"],
        [mentoring.pk, "", "", theirs, "1"],
        ["", "yef", "mentoring", "eef-months", "1"],
        ["", "nothing", "mentoring", "eef-months", "1"],
    )
    assert lines(job) == [
        "2, scheme: EEF has no such scheme",
        "3, scheme: EEF has no such scheme",
        "4, intervention: EEF has no such intervention in such a toolkit",
        "5, intervention: EEF has no such intervention in such a toolkit",
    ]
    assert len(set(hints(job))) == 2
    assert theirs not in str(hints(job))


def test_two_rows_about_the_same(eef, editor, mentoring):
    rows = [["id", "toolkit", "slug", "name"], [mentoring.pk, "teaching-and-learning", "mentoring", "A"]]
    rows += [["", "teaching-and-learning", "mentoring", "B"], [mentoring.pk, "teaching-and-learning", "mentors", "C"]]
    assert lines(tried(editor, eef, "interventions", *rows)) == [
        "3, slug: row 2 is about the same",
        "4, id: row 2 is about the same",
    ]


def test_two_new_rows_at_one_address(eef, editor, network):
    header = ["toolkit", "slug", "name", "summary", "source_url"]
    row = [*PLACE, "Chess", "Chess.", "https://example.org"]
    assert lines(tried(editor, eef, "interventions", header, row, row)) == ["3, slug: row 2 is about the same"]


def test_what_new_rows_need_is_said_once_where_the_column_is_missing_and_by_row_where_the_cell_is(eef, editor, network):
    header = ["toolkit", "slug", "name", "source_url"]
    job = tried(
        editor,
        eef,
        "interventions",
        header,
        [*PLACE, "Chess", "https://x.org"],
        [PLACE[0], "go", "Go", "https://x.org"],
    )
    assert lines(job) == ["1, summary: the column is missing, and new rows need it"]
    job = tried(editor, eef, "interventions", [*header, "summary"], [PLACE[0], "", "Chess", "https://x.org", "Chess."])
    assert lines(job) == ["2, slug: the cell is empty, and a new row needs it"]


def test_a_row_that_names_nothing(eef, editor, mentoring):
    job = tried(editor, eef, "interventions", ["id", "name"], ["", "A"])
    assert lines(job) == ["2, id: the cell is empty, and nothing else says what is meant"]
    job = tried(editor, eef, "interventions", ["id", "toolkit", "slug", "name"], ["", "", "", "A"])
    assert lines(job) == ["2, slug: the row does not say which intervention it means"]
    job = tried(editor, eef, "interventions", ["name"], ["A"])
    assert lines(job) == ["1, : no column says which row is meant"]


def test_all_errors_of_a_row_are_said_together(eef, editor, mentoring):
    header = ["id", "slug", "status", "outcomes", "studies_count", "source_url"]
    job = tried(editor, eef, "interventions", header, [mentoring.pk, "", "x", "y", "z", "w"])
    assert [line.split(":")[0] for line in lines(job)] == [f"2, {name}" for name in header[1:]]


# Ratings


WRONG_IN_RATINGS = [
    ("level", "", "the cell is empty", "Every row needs it."),
    ("level", "twelve", "eef-months has no such level", None),
    ("value", "3 months", "not a number", None),
    ("rated_on", "soon", "not a day that exists", None),
    ("outcome", "attainmnt", "the list of outcomes has no attainmnt", 'Did you mean "attainment"?'),
    ("scheme", "eef-monhts", "EEF has no such scheme", 'Did you mean "eef-months"?'),
    ("scheme", "", "the cell is empty", "Every row needs it."),
    ("range_low", "1", "the range has only one end", "Add the column range_high."),
    ("intervention", "phonics", "1011 has another intervention: mentoring", "Mend it, or the id."),
    ("toolkit", "early-years", "1011 has another toolkit: teaching-and-learning", "Mend it, or the id."),
    ("source", "a book", "the cell does not begin with a web address", None),
]


def test_wrong_cells_of_ratings(eef, editor, mentoring):
    level = mentoring.ratings.get(level__scheme__slug="eef-months").level.key
    for column, cell, line, hint in WRONG_IN_RATINGS:
        row = {"id": mentoring.pk, "scheme": "eef-months", "level": level} | {column: cell}
        job = tried(editor, eef, "ratings", list(row), list(row.values()))
        assert lines(job) == [f"2, {column if column != 'range_low' else ''}: {line}"]
        assert hint in (None, *hints(job))


def test_a_range_is_right_together_with_what_is_here(eef, editor, mentoring):
    rating = mentoring.ratings.get(level__scheme__slug="eef-months")
    Rating.objects.filter(pk=rating.pk).update(range_low="2", range_high="4")
    job = tried(editor, eef, "ratings", ["id", "scheme", "range_high"], [mentoring.pk, "eef-months", "1"])
    assert lines(job) == ["2, range_high: is less than where it starts (2)"]


def test_two_rows_rate_the_same(eef, editor, mentoring):
    level = mentoring.ratings.get(level__scheme__slug="eef-months").level.key
    rows = [["id", "toolkit", "intervention", "scheme", "level"], [mentoring.pk, "", "", "eef-months", level]]
    rows += [["", "teaching-and-learning", "mentoring", "eef-months", level]]
    assert lines(tried(editor, eef, "ratings", *rows)) == ["3, scheme: row 2 is about the same"]


def test_several_ratings_that_are_alike_are_for_a_person_to_mend(eef, editor, mentoring):
    level = mentoring.ratings.get(level__scheme__slug="eef-months").level
    Rating.objects.create(intervention=mentoring, level=level.scheme.levels.exclude(pk=level.pk).first())
    job = tried(editor, eef, "ratings", ["id", "scheme", "level"], [mentoring.pk, "eef-months", level.key])
    assert lines(job) == ["2, scheme: there are several such ratings here, and one is meant"]


def test_the_networks_own_reading_is_for_its_editors(network):
    """An editor neither exports nor names it; and its rating on another centre's scale stays what it is."""
    reading = Rating.objects.filter(level__scheme__centre__isnull=True).select_related("level__scheme").first()
    foundations = reading.intervention
    editor = person("foundations-editor", foundations.centre, "editor")
    row = [foundations.pk, reading.level.scheme.slug, reading.level.key, reading.outcome_id or "", reading.aspect]
    rows = [["id", "scheme", "level", "outcome", "aspect"], row]
    job = tried(editor, foundations.centre, "ratings", *rows)
    assert lines(job) == [f"2, scheme: {foundations.centre} has no such scheme"]
    job = tried(person("admin", superuser=True), foundations.centre, "ratings", *rows)
    assert fates(job) == {2: ("same", {})}


def test_a_rating_on_another_centres_scale_may_stay_and_not_be_made(eef, editor, mentoring, phonics):
    level = RatingScheme.objects.filter(centre__slug="yef").first().levels.first()
    Rating.objects.create(intervention=mentoring, level=level)
    rows = [["id", "scheme", "level", "reason"], [mentoring.pk, level.scheme.slug, level.key, "Because."]]
    assert fates(tried(editor, eef, "ratings", *rows)) == {2: ("changed", {"reason": ("", "Because.")})}
    rows[1][0] = phonics.pk
    assert lines(tried(editor, eef, "ratings", *rows)) == ["2, scheme: EEF has no such scheme"]


def test_a_scale_that_a_newer_version_took_the_place_of_rates_nothing_new(eef, editor, mentoring):
    """As in the form of an intervention; what it rates already may be mended."""
    old = RatingScheme.objects.get(slug="eef-months")
    level = mentoring.ratings.get(level__scheme=old).level.key
    new = RatingScheme.objects.get(slug="eef-padlocks")
    RatingScheme.objects.filter(pk=new.pk).update(succeeds=old)
    header = ["id", "scheme", "level", "aspect", "reason"]
    job = tried(editor, eef, "ratings", header, [mentoring.pk, "eef-months", level, "", "Because."])
    assert fates(job) == {2: ("changed", {"reason": ("", "Because.")})}
    job = tried(editor, eef, "ratings", header, [mentoring.pk, "eef-months", level, "Primary", ""])
    assert lines(job) == ["2, scheme: eef-months rates nothing new: a newer version is public"]
    assert hints(job) == ["Rate by eef-padlocks."]


# Reports


def test_wrong_rows_of_reports(eef, editor, network):
    theirs = Report.objects.exclude(centre=eef).first()
    ours = Report.objects.create(centre=eef, slug="ours", title="Ours", type="report")
    Report.objects.create(centre=eef, slug="other", title="Other", type="report")
    header = ["id", "slug", "title", "kind", "year"]
    job = tried(
        editor,
        eef,
        "reports",
        header,
        [theirs.pk, "x", "T", "report", ""],
        ["", theirs.slug, "T", "report", ""],
        [ours.pk, "", "T", "report", ""],
        [ours.pk, "other", "T", "report", ""],
        ["", "new", "T", "novel", "1899"],
        ["", "", "T", "report", ""],
        ["", "new-2", "T", "report", ""],
        ["", "new-2", "T", "report", ""],
    )
    assert lines(job) == [
        "2, id: EEF has no report with this number",
        "3, slug: the slug is in use",
        "4, slug: the cell is empty, and a report has its address",
        "5, slug: the slug is in use",
        "6, year: the number is out of range",
        "6, kind: not one of the words of this column",
        "7, slug: the row does not say which report it means",
        "9, slug: row 8 is about the same",
    ]


def test_a_draft_without_a_place_is_named_by_number_and_can_be_given_one(eef, editor, mentoring):
    draft = Intervention.objects.create(centre=eef, name="Chess", summary="Chess.", source_url="https://x.org")
    rows = [["id", "toolkit", "slug", "name"], [draft.pk, "", "", "Chess"]]
    assert fates(tried(editor, eef, "interventions", *rows)) == {2: ("same", {})}
    rows[1][1:3] = ["teaching-and-learning", ""]
    assert lines(tried(editor, eef, "interventions", *rows)) == [
        "2, slug: the intervention would have no place in a toolkit"
    ]
    rows[1][1:3] = PLACE
    assert tried(editor, eef, "interventions", *rows).report["counts"]["changed"] == 1
    assert not ToolkitEntry.objects.filter(intervention=draft).exists()


def test_more_errors_than_are_shown_are_counted(eef, editor, mentoring, monkeypatch):
    monkeypatch.setattr("toolkits.spreadsheets.outcomes.PROBLEM_LIMIT", 2)
    job = tried(editor, eef, "interventions", ["id", "name"], *[[10_000 + n, "x"] for n in range(5)])
    assert (len(job.report["problems"]), job.report["problem_count"]) == (2, 5)


def test_bytes_that_are_no_text_are_reported_and_not_stumbled_over(eef, editor, mentoring):
    job = tried(editor, eef, "interventions", data=f"id,name\r\n{mentoring.pk},Caf\xe9\r\n".encode("latin-1"))
    assert job.state == "refused"
    assert lines(job)[1] == "2, name: the cell is not UTF-8"
    assert job.report["problems"][1]["value"] == "Caf\\udce9"
