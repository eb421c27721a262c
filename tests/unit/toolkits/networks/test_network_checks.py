"""Every error of a folder is found, in its place, with its mend; and nothing else is."""

import pytest
from django.conf import settings

from toolkits.networks.checks import check_folder, in_order
from toolkits.networks.reading import read_folder


def problems_of(directory):
    folder, problems = read_folder(directory)
    return in_order([*problems, *check_folder(folder)])


def test_a_right_folder_has_no_problems(tiny):
    assert problems_of(tiny.directory) == []


def test_the_built_in_network_has_no_problems():
    assert problems_of(settings.BASE_DIR / "whatworks" / "networks" / "what-works") == []


# How the folder is spoilt, and the whole line that says so.
CELLS = [
    ("level nobody knows", ("ratings", 2, "level", "minus"), 'ratings.csv, row 2, column level: "minus": months has no such level.'),
    ("level of another scheme", ("ratings", 3, "level", "3"), 'ratings.csv, row 3, column level: "3": pounds has no such level. Known are: 1, 2. There is one in months.'),
    ("scheme nobody knows", ("ratings", 3, "scheme", "pound"), 'ratings.csv, row 3, column scheme: "pound": rating_schemes.csv has no such scheme. Did you mean "pounds"?'),
    ("axis of another scheme", ("ratings", 3, "axis", "strength"), 'ratings.csv, row 3, column axis: "strength": pounds rates cost. Write cost, or mend the scheme.'),
    ("outcome of a rating", ("ratings", 5, "outcome", "crimes"), 'ratings.csv, row 5, column outcome: "crimes": outcomes.csv has no such outcome. Did you mean "crime"?'),
    ("value that is no number", ("ratings", 2, "value", "minus 1"), 'ratings.csv, row 2, column value: "minus 1": not a number. Write digits and a point, such as 3, -2 or 0.36, and the unit elsewhere.'),
    ("centre of an intervention", ("interventions", 2, "centre_slug", "school"), 'interventions.csv, row 2, column centre_slug: "school": centres.csv has no such centre. Did you mean "schools"?'),
    ("no centre at all", ("reports", 2, "centre_slug", ""), 'reports.csv, row 2, column centre_slug: "": the cell is empty. Every row needs it.'),
    ("one outcome of several", ("interventions", 2, "outcomes", "attainment;well-being"), 'interventions.csv, row 2, column outcomes: "well-being": outcomes.csv has no such outcome. Did you mean "wellbeing"?'),
    ("space in a list", ("interventions", 2, "outcomes", "attainment; wellbeing"), 'interventions.csv, row 2, column outcomes: " wellbeing": outcomes.csv has no such outcome. Did you mean "wellbeing"?'),
    ("outcome twice", ("interventions", 2, "outcomes", "wellbeing;wellbeing"), 'interventions.csv, row 2, column outcomes: "wellbeing;wellbeing": wellbeing is there twice. Name each once.'),
    ("setting", ("interventions", 2, "settings", "schools"), 'interventions.csv, row 2, column settings: "schools": settings.csv has no such setting. Did you mean "school"?'),
    ("age band", ("interventions", 4, "age_bands", "11-16"), 'interventions.csv, row 4, column age_bands: "11-16": age_bands.csv has no such age band. Did you mean "11-15"?'),
    ("status", ("interventions", 2, "status", "Retired"), 'interventions.csv, row 2, column status: "Retired": not one of the words of this column. Did you mean "retired"?'),
    ("studies in words", ("interventions", 2, "studies_count", "twelve"), 'interventions.csv, row 2, column studies_count: "twelve": not a whole number. Write digits only, such as 12 or 1200.'),
    ("studies below none", ("interventions", 2, "studies_count", "-3"), 'interventions.csv, row 2, column studies_count: "-3": the number is out of range. It lies from 0 to 2147483647.'),
    ("source that is no address", ("interventions", 2, "source_url", "javascript:alert(1)"), 'interventions.csv, row 2, column source_url: "javascript:alert(1)": the cell does not begin with a web address. Write https:// and the rest of it.'),
    ("name too long", ("interventions", 2, "name", "n" * 201), f'interventions.csv, row 2, column name: "{"n" * 60}…": the cell has 201 characters; 200 is its limit. Shorten it.'),
    ("cell too long for any", ("network", 3, "value", "n" * 32_768), f'network.csv, row 3, column value: "{"n" * 60}…": the cell has 32768 characters; 32767 is the most a cell holds. Shorten it.'),
    ("formula", ("interventions", 2, "summary", "=1+1"), 'interventions.csv, row 2, column summary: "=1+1": a spreadsheet would run the cell as a formula. If it is text, write an apostrophe before it.'),
    ("formula with a plus", ("reports", 2, "finding", "+3 months"), 'reports.csv, row 2, column finding: "+3 months": a spreadsheet would run the cell as a formula. If it is text, write an apostrophe before it.'),
    ("formula with a minus", ("interventions", 2, "cautions", "-2+3"), 'interventions.csv, row 2, column cautions: "-2+3": a spreadsheet would run the cell as a formula. If it is text, write an apostrophe before it.'),
    ("formula with an at", ("centres", 2, "hosts", "@SUM(A1)"), 'centres.csv, row 2, column hosts: "@SUM(A1)": a spreadsheet would run the cell as a formula. If it is text, write an apostrophe before it.'),
    ("formula after a tab", ("interventions", 2, "cautions", "\t=1"), 'interventions.csv, row 2, column cautions: "\\x09=1": a spreadsheet would run the cell as a formula. If it is text, write an apostrophe before it.'),
    ("null byte", ("centres", 2, "name", "Centre\0"), 'centres.csv, row 2, column name: "Centre\\x00": the cell holds a null byte. Type the cell again.'),
    ("control character", ("centres", 2, "name", "Centre\x07"), 'centres.csv, row 2, column name: "Centre\\x07": the cell holds a control character. Type the cell again.'),
    ("line break between points", ("interventions", 2, "key_findings", "One\nTwo"), 'interventions.csv, row 2, column key_findings: "One\\x0aTwo": the cell holds a line break. Separate the points by semicolons.'),
    ("month that is none", ("centres", 2, "founded", "2012-13"), 'centres.csv, row 2, column founded: "2012-13": not a year, a month or a day that exists. Write 2013, 2013-03 or 2013-03-05.'),
    ("day that is none", ("memberships", 3, "from", "2015-02-30"), 'memberships.csv, row 3, column from: "2015-02-30": not a year, a month or a day that exists. Write 2013, 2013-03 or 2013-03-05.'),
    ("colour", ("centres", 2, "accent", "red"), 'centres.csv, row 2, column accent: "red": not written as # and six small hexadecimal digits, such as #1d4f91.'),
    ("slug with a space", ("reports", 2, "slug", "the mentors"), 'reports.csv, row 2, column slug: "the mentors": not written as letters, digits, hyphens and underscores. Write "the-mentors".'),
    ("tier", ("memberships", 3, "tier", "center"), 'memberships.csv, row 3, column tier: "center": not one of the words of this column. Did you mean "centre"?'),
    ("yes or no", ("rating_schemes", 2, "numeric", "true"), 'rating_schemes.csv, row 2, column numeric: "true": neither yes nor no. Write yes, or no.'),
    ("yes or empty", ("reports", 3, "title_is_descriptive", "no"), 'reports.csv, row 3, column title_is_descriptive: "no": neither yes nor no. Write yes, or leave the cell empty.'),
    ("axis", ("toolkit_axes", 2, "axis", "impacts"), 'toolkit_axes.csv, row 2, column axis: "impacts": not one of the words of this column. Did you mean "impact"?'),
    ("toolkit of an axis", ("toolkit_axes", 2, "toolkit", "class-room"), 'toolkit_axes.csv, row 2, column toolkit: "class-room": toolkits.csv has no such toolkit. Did you mean "classroom"?'),
    ("intervention of a rating", ("ratings", 4, "intervention", "phonic"), 'ratings.csv, row 4, column intervention: "phonic": classroom has no such intervention. Did you mean "phonics"?'),
    ("intervention of another toolkit", ("families", 3, "intervention", "phonics"), 'families.csv, row 3, column intervention: "phonics": safer-streets has no such intervention. Known are: mentoring. There is one in classroom.'),
    ("closed before founded", ("centres", 3, "closed", "2012"), 'centres.csv, row 3, column closed: "2012": ends before it starts (2013-05). Swap the two or mend one.'),
    ("membership backwards", ("memberships", 2, "to", "2011"), 'memberships.csv, row 2, column to: "2011": ends before it starts (2012). Swap the two or mend one.'),
    ("memberships that overlap", ("memberships", 2, "to", "2015"), 'memberships.csv, row 3, column from: "2015": row 2 has schools as affiliate until 2015. End that one the day before, or begin this one later.'),
    ("memberships without end", ("memberships", 2, "to", ""), 'memberships.csv, row 3, column from: "2015": row 2 has schools as affiliate until today. End that one the day before, or begin this one later.'),
    ("award backwards", ("funding", 2, "to", "2011"), 'funding.csv, row 2, column to: "2011": ends before it starts (2012). Swap the two or mend one.'),
    ("ages backwards", ("age_bands", 2, "to_age", "4"), 'age_bands.csv, row 2, column to_age: "4": is less than where it starts (5). Swap the two or mend one.'),
    ("merged into nobody", ("successions", 2, "successor", ""), 'successions.csv, row 2, column successor: "": a centre that merged has a successor. Name it.'),
    ("merged into nothing known", ("successions", 2, "successor", "town"), 'successions.csv, row 2, column successor: "town": centres.csv has no such centre. Did you mean "towns"?'),
    ("merged into itself", ("successions", 2, "successor", "streets"), 'successions.csv, row 2, column successor: "streets": a centre does not succeed itself. Name another, or none.'),
    ("level on no place", ("rating_levels", 7, "order", ""), 'rating_levels.csv, row 7, column order: "": the level is neither on the scale nor off it. Give it an order, or say in off_scale why it has none.'),
    ("level on and off", ("rating_levels", 5, "order", "9"), 'rating_levels.csv, row 5, column order: "9": the level is both on the scale and off it. Empty order or off_scale.'),
    ("band of another axis", ("rating_levels", 6, "shared_band", "benefit"), 'rating_levels.csv, row 6, column shared_band: "benefit": no band of cost. Cost has lower, middle, higher.'),
    ("band of no axis", ("rating_levels", 6, "shared_band", "cheap"), 'rating_levels.csv, row 6, column shared_band: "cheap": not one of the words of this column. Known are: benefit, harm, high, higher, low, lower, middle, mixed, moderate, no effect, unknown, very high and 1 more.'),
    ("band without reason", ("rating_levels", 6, "band_reason", ""), 'rating_levels.csv, row 6, column band_reason: "": the band lower has no reason. Say why this band.'),
    ("number of another kind", ("centres", 4, "id", "210"), 'centres.csv, row 4, column id: "210": the number is of another kind\'s series. Choose one below 201.'),
    ("number below the series", ("interventions", 4, "id", "999"), 'interventions.csv, row 4, column id: "999": the number is out of range. It lies from 1001 to 2147483647.'),
    ("number twice", ("interventions", 4, "id", "1001"), 'interventions.csv, row 4, column id: "1001": row 2 is about the same. Give each its own.'),
    ("number of two kinds", ("centres", 4, "id", "5002"), 'reports.csv, row 3, column id: "5002": centres.csv, row 4 has this number. Choose the next free one.'),
    ("name of a term twice", ("outcomes", 4, "name", "Crime"), 'outcomes.csv, row 4, column name: "Crime": row 3 is about the same. Give each its own.'),
    ("two names of a family", ("families", 3, "family_name", "Mentors"), 'families.csv, row 3, column family_name: "Mentors": row 2 calls the same family Mentoring. Write it the same.'),
    ("no name of the network", ("network", 2, "key", "title"), "network.csv, column key: there is no row name. Say what the network is called."),
]  # fmt: skip


@pytest.mark.parametrize(("spoilt", "line"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_one_wrong_cell_gives_one_line(tiny, spoilt, line):
    tiny.set(*spoilt)
    found = [str(problem) for problem in problems_of(tiny.directory)]
    assert len(found) == 1
    assert found[0].startswith(line)


ROWS = [
    ("intervention twice", lambda n: n.repeat("interventions", 2, id="1009"), 'interventions.csv, row 5, column toolkit and slug: "classroom / mentoring": row 2 is about the same. Keep one of them.'),
    ("rating twice", lambda n: n.repeat("ratings", 5), 'ratings.csv, row 7, column toolkit and intervention and scheme and level and outcome and aspect: "safer-streets / mentoring / stars / 2 / crime / Arrests": row 5 is about the same. Keep one of them.'),
    ("two levels of one scheme", lambda n: n.repeat("ratings", 3, level="2"), 'ratings.csv, row 7, column level: "2": row 3 rates the same 1. Keep one, or tell them apart by outcome or aspect.'),
    ("one intervention twice in a family", lambda n: n.repeat("families", 3), 'families.csv, row 4, column toolkit and intervention: "safer-streets / mentoring": row 3 is about the same. Keep one of them.'),
    ("one intervention in two families", lambda n: n.repeat("families", 3, family="others", family_name="Others"), 'families.csv, row 4, column toolkit and intervention: "safer-streets / mentoring": row 3 is about the same. Keep one of them.'),
    ("axis of a toolkit twice", lambda n: n.repeat("toolkit_axes", 2), 'toolkit_axes.csv, row 5, column toolkit and axis: "classroom / impact": row 2 is about the same. Keep one of them.'),
    ("slug of a report twice", lambda n: n.repeat("reports", 2, id="5009"), 'reports.csv, row 4, column slug: "mentors": row 2 is about the same. Keep one of them.'),
    ("level twice", lambda n: n.repeat("rating_levels", 2), 'rating_levels.csv, row 12, column scheme and level: "months / -1": row 2 is about the same. Keep one of them.'),
    ("two ends of one centre", lambda n: n.repeat("successions", 2, successor="schools"), 'successions.csv, row 3, column predecessor: "streets": row 2 is about the same. Keep one of them.'),
    ("award twice", lambda n: n.repeat("funding", 2), 'funding.csv, row 4, column centre_slug and funder and what and amount_gbp and from and to: "schools / A department / endowment / 1000000 / 2012 / 2022": row 2 is about the same. Keep one of them.'),
    ("scheme without levels", lambda n: n.repeat("rating_schemes", 2, scheme="years"), 'rating_schemes.csv, row 6, column scheme: "years": the scheme has no levels. Add them to rating_levels.csv.'),
    ("rating in an empty toolkit", lambda n: n.repeat("toolkits", 3, id="203", slug="empty").repeat("ratings", 4, toolkit="empty"), 'ratings.csv, row 7, column intervention: "phonics": empty has no such intervention. None is known yet. There is one in classroom.'),
    ("only a header", lambda n: n.drop("network", 2, 3), "network.csv: there is only a header. The file needs at least one row."),
    ("row too short", lambda n: n.add("settings", "home"), "settings.csv, row 4: the row has 1 cells, fewer than the 2 of the header. Write a comma for each empty cell."),
    ("row too long", lambda n: n.add("settings", "home", "Home", "sweet"), "settings.csv, row 4: the row has 3 cells, more than the 2 of the header. Put a cell that holds a comma in quotes."),
    ("row of nothing", lambda n: n.add("settings", "", ""), "settings.csv, row 4: the row is empty. Delete it."),
    ("column missing", lambda n: n.drop_column("reports", "topic"), "reports.csv, row 1, column topic: the column is missing. Add it."),
    ("column nobody knows", lambda n: n.add_column("settings", "colour", ["red"]), 'settings.csv, row 1, column "colour": no column has this name. Take it out. Known are: slug, name.'),
    ("column twice", lambda n: n.add_column("settings", "name", ["Schools", "Streets"]), "settings.csv, row 1, column name: the column is there twice."),
    ("file missing", lambda n: n.path("successions").unlink(), "successions.csv: the file is missing. Add it, if only with its header row."),
    ("file empty", lambda n: n.path("successions").write_bytes(b"\r\n"), "successions.csv: the file is empty. Its header is predecessor,successor,kind,date,note."),
    ("file nobody knows", lambda n: n.path("successions").with_name("succession.csv").touch(), "succession.csv: no file of a network has this name. Did you mean successions.csv?"),
    ("range with one end", lambda n: n.add_column("ratings", "range_low", ["-2", ""]), 'ratings.csv, row 2, column level: "-1": the range has only one end. Add the column range_high.'),
    ("range backwards", lambda n: n.add_column("ratings", "range_low", ["2", ""]).add_column("ratings", "range_high", ["1", ""]), 'ratings.csv, row 2, column range_high: "1": is less than where it starts (2). Swap the two or mend one.'),
    ("day of a rating", lambda n: n.add_column("ratings", "rated_on", ["2020", ""]), 'ratings.csv, row 2, column rated_on: "2020": not a day that exists. Write it as 2013-03-05.'),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "line"), [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
def test_one_wrong_row_or_file_gives_one_line(tiny, spoil, line):
    spoil(tiny)
    assert [str(problem) for problem in problems_of(tiny.directory)] == [line]


def test_a_column_with_another_name_is_named_on_both_sides(tiny):
    tiny.drop_column("settings", "name").add_column("settings", "Name", ["Schools", "Streets"])
    assert [str(problem) for problem in problems_of(tiny.directory)] == [
        'settings.csv, row 1, column "Name": no column has this name. Did you mean name?',
        'settings.csv, row 1, column name: the column is missing. Is it the one called "Name"?',
    ]


def test_every_error_is_reported_at_once(tiny):
    tiny.set("ratings", 2, "level", "minus").set("centres", 2, "accent", "red").set("reports", 3, "kind", "leaflet")
    tiny.drop_column("toolkits", "name").add("settings", "home").path("funding").unlink()
    assert [(problem.file, problem.row) for problem in problems_of(tiny.directory)] == [
        ("centres.csv", 2),
        ("funding.csv", None),
        ("settings.csv", 4),
        ("toolkits.csv", 1),
        ("ratings.csv", 2),
        ("reports.csv", 3),
    ]


@pytest.mark.parametrize(
    "cell", ["-1.10", "-2", "'=1+1", "'-not a sum", "3", "7 of 9", "it's", "a = b"], ids=lambda cell: cell
)
def test_text_that_no_spreadsheet_runs_passes(tiny, cell):
    tiny.set("interventions", 2, "headline_text", cell)
    assert problems_of(tiny.directory) == []


def test_a_row_number_counts_as_a_spreadsheet_does(tiny):
    """A cell with line breaks is one row, however many lines the file has."""
    tiny.set("interventions", 2, "summary", "One\nand\nanother").set("interventions", 4, "status", "gone")
    assert [problem.row for problem in problems_of(tiny.directory)] == [4]
