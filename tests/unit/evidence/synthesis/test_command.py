"""`manage.py synthesise`, and the files it reads."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis import files

HEADER = "study,year,effect_metric,effect,variance\n"


def synthesise(path, *options):
    out = io.StringIO()
    call_command("synthesise", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "own.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def mistakes(content):
    with pytest.raises(files.BadFile) as caught:
        files.read(content if isinstance(content, bytes) else content.encode(), "own")
    return caught.value.mistakes


def test_json_is_an_entry_of_the_reference(studies_folder, reference):
    ours, theirs = json.loads(synthesise(studies_folder / "curry2018.csv", "--json")), reference["curry2018"]

    def structure(value):
        if isinstance(value, dict):
            return {key: structure(part) for key, part in value.items()}
        if isinstance(value, list):
            return [structure(part) for part in value]
        return "number" if isinstance(value, int | float) else value

    assert structure(ours) == structure(theirs)
    assert ours["reml"]["estimate"] == pytest.approx(theirs["reml"]["estimate"], abs=1e-9)


def test_the_table_is_short_and_readable(studies_folder):
    lines = synthesise(studies_folder / "petrosino2013.csv").splitlines()
    assert lines[0] == "petrosino2013: 7 studies, logOR"
    assert next(line for line in lines if line.startswith("REML, Knapp-Hartung")).split()[2] == "0.5354"
    assert len(lines) < 20
    assert max(map(len, lines)) <= 120


def test_a_file_of_ones_own_needs_five_columns(written):
    path = written("\ufeff" + HEADER + '"One, a",2001,SMD,0.1,0.01\nTwo,,SMD,-.5e-1,.02\n\n')
    result = json.loads(synthesise(path, "--json"))
    assert (result["dataset"], result["effect_metric"], result["k"]) == ("own", "SMD", 2)
    assert result["cumulative_by_year"]["order"] == ["One, a", "Two"]
    assert "own: 2 studies" in synthesise(path)


def test_columns_may_be_in_any_order_and_years_may_be_absent(written):
    path = written("note,variance,effect,effect_metric,study\nx,0.01,0.1,SMD,One\ny,0.02,-0.05,SMD,Two\n")
    result = json.loads(synthesise(path, "--json"))
    assert result["k"] == 2
    with_years = json.loads(synthesise(written(HEADER + "One,,SMD,0.1,0.01\nTwo,,SMD,-0.05,0.02\n"), "--json"))
    assert result == with_years


def test_a_name_that_is_there_twice_is_told_by_its_row_also_after_a_torn_one(written):
    path = written(HEADER + "One,2001\nTwo,,SMD,1,1\nTwo,,SMD,1,1\n")
    with pytest.raises(CommandError, match="Row 4, column study: 'Two' stands in row 3 too"):
        synthesise(path)


def test_one_study_prints_a_table_too(written):
    assert "own: 1 studies, MD" in synthesise(written(HEADER + "One,,MD,3,4\n"))


def test_every_mistake_is_told_by_row_and_column(written):
    path = written(
        HEADER + 'One,2001,SMD,"0,1",0.01\nOne,two,SMD,0.1,0\n,2001,d,,x\nFour,2001\nFive,2001,SMD,nan,-1e-3\n'
    )
    with pytest.raises(CommandError) as caught:
        synthesise(path)
    assert str(caught.value).splitlines() == [
        f"{path} is not a set of studies:",
        "Row 2, column effect: '0,1' is not a number; write a point, not a comma.",
        "Row 3, column study: 'One' stands in row 2 too.",
        "Row 3, column year: 'two' is not a year; leave it empty where there is none.",
        "Row 3, column variance: 0 is not above zero.",
        "Row 4, column study: it is empty; every study needs a label.",
        "Row 4, column effect: it is empty.",
        "Row 4, column variance: 'x' is not a number.",
        "Row 4, column effect_metric: 'd' is none of SMD, logOR, logRR, COR-z, MD.",
        "Row 5: it has 2 cells where the header has 5.",
        "Row 6, column effect: 'nan' is not a number.",
        "Row 6, column variance: -1e-3 is not above zero.",
        "Row 4, column effect_metric: 'd' where row 2 has 'SMD'; a file is one set.",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "The file is empty."),
        ("\n\n", "The file is empty."),
        (HEADER, "There are no studies below the header."),
        ("study,year,effect,variance\nOne,,1,1\n", "Row 1: there is no column effect_metric."),
        ("effect," + HEADER + "1,One,,SMD,1,1\n", "Row 1: there are several columns effect."),
        (HEADER.encode() + b"One\xff,,SMD,1,1\n", "Line 2: it is not UTF-8. Save the file as CSV UTF-8."),
        (HEADER + '"One,,SMD,1,1\n', "Row 2: it is not written as CSV (unexpected end of data)"),
        ("study;effect\n", "Row 1: ';' is between the cells. Save the file with commas."),
        (
            "slab,effect_metric,effect,variance\nA,SMD,1,1\n",
            "Row 1: there is no column study. Is it 'slab'? Call it study.",
        ),
        ("Study,effect_metric,effect,variance\nA,SMD,1,1\n", "Row 1: there is no column study. Is it 'Study'?"),
        (HEADER + "One,,SMD,1,1\n\nTwo,,SMD,1,1\n", "Row 3: it is empty. Delete it."),
        (HEADER + "One,,SMD,\u22121,1\n", "Row 2, column effect: '\u22121' is not a number; write a hyphen"),
        (HEADER + "One,,SMD,1e31,1\n", "Row 2, column effect: the number is too large to calculate with."),
        (HEADER + "One,,SMD,1e999,1\n", "Row 2, column effect: the number is missing or not a finite number."),
        (HEADER + "One,,SMD,1,1e-6\nTwo,,SMD,1,1e6\n", "The largest variance is more than 1e+10 times"),
        (
            "dataset," + HEADER + "a,One,,SMD,1,1\nb,Two,,SMD,1,1\n",
            "Row 3, column dataset: 'b' where row 2 has 'a'; a file is one set.",
        ),
    ],
)
def test_what_is_no_set_of_studies_is_said_to_be_none(content, said):
    (mistake,) = mistakes(content)
    assert mistake.startswith(said)


def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        synthesise(tmp_path / "none.csv")


CELL = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ["1", "0", "-2.5", "1e400", "SMD", "logOR", "2001", '"', ",", "\n", "nan", ""]
)


@given(st.binary(max_size=60) | st.lists(st.lists(CELL, min_size=4, max_size=6), max_size=4))
def test_any_file_is_a_set_or_a_list_of_mistakes(content):
    if not isinstance(content, bytes):
        content = (HEADER + "\n".join(",".join(row) for row in content)).encode()
    try:
        studies = files.read(content, "own")
    except files.BadFile as error:
        said = error.mistakes
    else:
        said = studies.studies
    assert said
    assert all(isinstance(sentence, str) and sentence for sentence in said)
