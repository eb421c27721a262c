"""Studies of a synthesis from a file: mapped, computed, compared, written whole or not at all."""

import math
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from evidence.models import Appraisal, Estimate, Inclusion, Study, Synthesis
from tests.factories.spreadsheets import as_csv, as_xlsx, repacked
from toolkits import jobs
from toolkits.models import ColumnMapping, Job
from toolkits.study_files import asking, effects, plans, reading

SETS = sorted(Path(settings.BASE_DIR, "tests", "data", "studies").glob("*.csv"))
HEADER = ("study", "year", "effect", "variance")


def synthesis_of(centre, metric="SMD", better="higher", slug="tutoring"):
    return Synthesis.objects.create(
        slug=slug,
        centre=centre,
        title="Tutoring",
        question="Does it help?",
        outcome_measured="Reading",
        metric=metric,
        better=better,
    )


@pytest.fixture
def synthesis(eef):
    return synthesis_of(eef)


def ended(job):
    assert jobs.do_next_job()
    return Job.objects.get(pk=job.pk)


def tried(synthesis, by, data, name="studies.csv", higher=None):
    return ended(asking.ask_for_check(synthesis=synthesis, file_name=name, file=data, higher=higher, by=by))


def imported(shown, by):
    return ended(jobs.ask_for_import(shown=shown, by=by))


def numbers(synthesis):
    return {one.study.label: one.estimate.effect for one in synthesis.inclusions.filter(included=True)}


def test_a_csv_is_imported_and_a_second_time_changes_nothing(synthesis, editor):
    data = as_csv(
        (*HEADER, "rob_overall", "subgroup"),
        ("Smith 2019", 2019, 0.25, 0.04, "Low", "Pupils"),
        ("Lee", "", -0.1, 0.02, "", ""),
    )
    shown = tried(synthesis, editor, data)
    assert shown.report["problems"] == []
    assert Study.objects.filter(centre=synthesis.centre).count() == 0
    job = imported(shown, editor)
    assert job.state == Job.State.DONE
    assert numbers(synthesis) == {"Smith 2019": 0.25, "Lee": -0.1}
    assert Appraisal.objects.get(estimate__study__label="Smith 2019").judgement == "Low"
    assert synthesis.inclusions.get(study__label="Smith 2019").subgroup == "Pupils"
    again = tried(synthesis, editor, data)
    assert again.report["counts"] == {"new": 0, "changed": 0, "same": 2}
    assert not jobs.can_import(again, by=editor)


def test_a_changed_number_is_a_change(synthesis, editor):
    imported(tried(synthesis, editor, as_csv(HEADER, ("Smith 2019", 2019, 0.25, 0.04))), editor)
    imported(tried(synthesis, editor, as_csv(HEADER, ("Smith 2019", 2019, 0.35, 0.04))), editor)
    assert numbers(synthesis) == {"Smith 2019": 0.35}
    assert Estimate.objects.filter(study__label="Smith 2019").count() == 1


def test_a_workbook(synthesis, editor):
    shown = tried(synthesis, editor, as_xlsx(HEADER, ("Smith 2019", 2019, 0.25, 0.04), sheet="any"), "studies.xlsx")
    imported(shown, editor)
    assert numbers(synthesis) == {"Smith 2019": 0.25}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("found.ris", "TY  - JOUR\nAU  - Smith, Ann\nTI  - A trial of tutoring\nPY  - 2019\nDO  - 10.1/x\nER  - \n"),
        ("found.bib", "@article{a, author={Smith, Ann}, title={A trial of {tutoring}}, year=2019, doi={10.1/x}}"),
    ],
)
def test_a_bibliography_brings_studies_without_numbers(synthesis, editor, name, text):
    imported(tried(synthesis, editor, text.encode(), name), editor)
    found = synthesis.inclusions.get()
    assert (found.study.label, found.study.title, found.study.doi) == ("Smith 2019", "A trial of tutoring", "10.1/x")
    assert not found.included
    assert found.reason
    imported(tried(synthesis, editor, as_csv((*HEADER, "doi"), ("Smith 2019", 2019, 0.2, 0.1, "10.1/X"))), editor)
    assert synthesis.inclusions.get().included


def test_what_is_wrong_in_a_bibliography_is_told_to_whoever_brought_it_and_not_to_the_log(synthesis, editor, caplog):
    shown = tried(synthesis, editor, b"@article{a, title={One}}\n@article{a, title={Two}}", "found.bib")
    assert "has the key of another" in shown.report["problems"][0]["message"]
    assert not [record for record in caplog.records if record.name.startswith("bibtexparser")]


@pytest.mark.parametrize(
    ("metric", "row", "effect", "variance"),
    [
        ("SMD", {"effect": 0.3, "standard_error": 0.1}, 0.3, 0.01),
        # metafor: escalc("SMD"), with the exact J; d = 0.5, J = 0.98730.
        ("SMD", {"mean_1": 11, "sd_1": 2, "n_1": 30, "mean_2": 10, "sd_2": 2, "n_2": 32}, 0.49373, None),
        ("SMD", {"t": 2.0, "n_1": 30, "n_2": 32}, 0.50188, None),
        ("SMD", {"f": 4.0, "n_1": 30, "n_2": 32, "intervention_higher": False}, -0.50188, None),
        ("SMD", {"p": 0.05, "n_1": 30, "n_2": 32, "intervention_higher": True}, 0.50196, None),
        ("SMD", {"lower": 0.1, "upper": 0.5}, 0.3, (0.2 / 1.959963984540054) ** 2),
        ("MD", {"mean_1": 5, "sd_1": 2, "n_1": 20, "mean_2": 3, "sd_2": 4, "n_2": 40}, 2, 0.6),
        ("logOR", {"events_1": 10, "n_1": 50, "events_2": 20, "n_2": 50}, math.log(10 * 30 / (40 * 20)), 1 / 10 + 1 / 40 + 1 / 20 + 1 / 30),
        ("logRR", {"events_1": 10, "n_1": 50, "events_2": 20, "n_2": 50}, math.log(0.5), 0.1 - 0.02 + 0.05 - 0.02),
        ("logOR", {"lower": 0.5, "upper": 2.0}, 0.0, (math.log(2) / 1.959963984540054) ** 2),
        ("COR-z", {"r": 0.3, "n_total": 103}, math.atanh(0.3), 0.01),
    ],
)  # fmt: skip
def test_every_way_to_an_effect(metric, row, effect, variance):
    found = effects.computed(metric, row)
    assert found.effect == pytest.approx(effect, abs=2e-5)
    assert variance is None or found.variance == pytest.approx(variance)
    assert found.formula


def test_an_empty_cell_is_corrected_and_that_is_kept(eef, editor):
    synthesis = synthesis_of(eef, metric="logOR")
    header = ("study", "events_1", "n_1", "events_2", "n_2")
    imported(tried(synthesis, editor, as_csv(header, ("A", 0, 10, 3, 10))), editor)
    estimate = Estimate.objects.get(study__label="A")
    assert "0.5 added" in estimate.conversions[0]
    assert estimate.given["events_1"] == 0
    assert estimate.n_1 == 10


@pytest.mark.parametrize(
    ("better", "higher", "sign"), [("higher", False, -1), ("lower", True, -1), ("lower", False, 1)]
)
def test_a_file_that_counts_the_other_way_is_turned(eef, editor, better, higher, sign):
    synthesis = synthesis_of(eef, better=better)
    imported(tried(synthesis, editor, as_csv(HEADER, ("A", 2001, 0.5, 0.1)), higher=higher), editor)
    estimate = Estimate.objects.get(study__label="A")
    assert estimate.effect == sign * 0.5
    assert any("Sign reversed" in step for step in estimate.conversions) == (sign == -1)


def test_one_wrong_row_and_nothing_is_written(synthesis, editor):
    data = as_csv(HEADER, ("A", 2001, 0.5, 0.1), ("B", "then", "x", ""))
    shown = tried(synthesis, editor, data)
    assert shown.state == Job.State.REFUSED
    assert {(one["row"], one["column"]) for one in shown.report["problems"]} == {(3, "year"), (3, "effect")}
    assert all(one["hint"] for one in shown.report["problems"])
    with pytest.raises(jobs.NothingToImport):
        jobs.ask_for_import(shown=shown, by=editor)
    assert not synthesis.inclusions.exists()


def test_all_or_nothing_when_something_changed_since(synthesis, editor):
    shown = tried(synthesis, editor, as_csv(HEADER, ("A", 2001, 0.5, 0.1), ("B", 2002, 0.5, 0.1)))
    study = Study.objects.create(centre=synthesis.centre, label="B", year=2002)
    Inclusion.objects.create(synthesis=synthesis, study=study, included=False, reason="Not a trial.")
    job = imported(shown, editor)
    assert job.state == Job.State.REFUSED
    assert synthesis.inclusions.count() == 1


def test_the_same_doi_is_the_same_study_and_another_choice_makes_a_new_one(synthesis, editor):
    known = Study.objects.create(centre=synthesis.centre, label="Smith and Lee", year=2019, doi="10.1/x")
    shown = tried(synthesis, editor, as_csv((*HEADER, "doi"), ("Smith 2019", 2019, 0.2, 0.1, "https://doi.org/10.1/X")))
    assert shown.report["rows"][0]["record"] == known.pk
    other = ended(asking.ask_again(shown=shown, choices={"2": "new"}, by=editor))
    assert other.report["rows"][0]["record"] is None
    imported(other, editor)
    assert synthesis.inclusions.get().study != known


def test_another_centres_unpublished_study_is_not_told(synthesis, editor, yef):
    Study.objects.create(centre=yef, label="Secret", doi="10.1/x")
    shown = tried(synthesis, editor, as_csv((*HEADER, "doi"), ("Smith 2019", 2019, 0.2, 0.1, "10.1/x")))
    assert shown.report["rows"][0]["likely"] is None


def test_the_columns_are_remembered_for_the_centre(synthesis, editor):
    data = as_csv(("who", "result", "spread"), ("A", 0.5, 0.1))
    shown = tried(synthesis, editor, data)
    assert shown.state == Job.State.REFUSED
    mapping = {"study": "who", "effect": "result", "variance": "spread"}
    assert ended(asking.ask_again(shown=shown, mapping=mapping, by=editor)).state == Job.State.DONE
    assert ColumnMapping.objects.get().centre == synthesis.centre
    assert tried(synthesis, editor, data).state == Job.State.DONE


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_real_sets_map_by_themselves(path, eef):
    studies, problems = reading.read(path.read_bytes(), path.name)
    assert not problems
    assert set(studies.mapping) >= {"study", "year", "metric", "effect", "variance", "n_1", "n_2", "n_total"}
    plan = plans.Plan(synthesis_of(eef, metric=studies.rows[0].values["metric"]), problems)
    plan.fill(studies, higher=None, choices={})
    assert not plan.problems
    assert len(plan.rows) == len(studies.rows)


def test_there_are_315_real_rows():
    assert sum(len(reading.read(path.read_bytes(), path.name)[0].rows) for path in SETS) == 315


def test_the_pages_from_the_upload_to_the_import(synthesis, editor, client):
    client.force_login(editor)
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("a.csv", as_csv(HEADER, ("A", 2001, 0.5, 0.1)))
    upload = reverse("editorial:study_import", args=[synthesis.pk])
    assert client.get(upload).status_code == 200
    answer = client.post(upload, {"file": file, "direction": "same"})
    address = answer.headers["Location"]
    assert b"import-progress" in client.get(address).content
    assert jobs.do_next_job()
    assert b"Effect and variance as the study gives them" in client.get(address).content
    answer = client.post(f"{address}import/")
    assert jobs.do_next_job()
    assert b"1 study was imported" in client.get(answer.headers["Location"]).content
    assert client.get(reverse("editorial:imports")).status_code == 200
    for form in ("csv", "xlsx"):
        data = client.get(reverse("editorial:study_import_template", args=[synthesis.pk, form])).content
        studies, problems = reading.read(data, f"a.{form}")
        assert not problems
        assert studies.rows[0].values["study"] == "Smith 2019"


def test_another_centre_finds_nothing(synthesis, editor, other_centre_editor, client):
    job = tried(synthesis, editor, as_csv(HEADER, ("A", 2001, 0.5, 0.1)))
    client.force_login(other_centre_editor)
    for name, arguments in (("study_import", []), ("study_import_job", [job.pk]), ("study_import_template", ["csv"])):
        assert client.get(reverse(f"editorial:{name}", args=[synthesis.pk, *arguments])).status_code == 404
    for name in ("study_import_rows", "study_import_again"):
        assert client.post(reverse(f"editorial:{name}", args=[synthesis.pk, job.pk])).status_code == 404


def sheet_of(inside):
    """A workbook with this XML between `sheetData` and its end."""
    start = "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    return repacked(as_xlsx(("study",)), **{"xl__worksheets__sheet1.xml": f"{start}{inside}</worksheet>"})


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<row r='1'><c r='A1' t='inlineStr'><v>0</v></c></row></sheetData>", "the file holds no value"),
        ("<row r='1'><c r='A0'><f>1+1</f><v>2</v></c><c r='A1'><v>2</v></c></row></sheetData>", "the workbook is damaged"),
        ("<row r='1'><c r='A1'><v>2</v></c></row></sheetData><mergeCells><mergeCell ref='A0:B1'/></mergeCells>", "the workbook is damaged"),
    ],
)  # fmt: skip
def test_a_workbook_without_a_table_says_so(inside, message):
    studies, problems = reading.read(sheet_of(inside), "a.xlsx")
    assert studies is None
    assert problems[0].message.startswith(message)
    assert problems[0].hint


def test_a_long_cell_is_cut_in_the_report(synthesis, editor):
    shown = tried(synthesis, editor, as_csv(HEADER, ("A", 2001, "9" * 30_000, 0.1)))
    assert len(shown.report["problems"][0]["value"]) == 400
    title = tried(synthesis, editor, as_csv((*HEADER, "participants"), ("A", 2001, 0.1, 0.1, "x" * 30_000)))
    assert max(len(becomes) for _name, _was, becomes in title.report["rows"][0]["differences"]) == 400


def test_two_of_one_name_are_told_by_their_years(synthesis, editor):
    data = as_csv(HEADER, ("Smith", "", 0.1, 0.1), ("Smith", 2001, 0.2, 0.1), ("Smith", 2003, 0.3, 0.1))
    imported(tried(synthesis, editor, data), editor)
    assert tried(synthesis, editor, data).report["counts"] == {"new": 0, "changed": 0, "same": 3}


@pytest.mark.parametrize("effect", ["61272660153580670", "1e29", "-0", "1e-300", "0.1"])
def test_a_number_as_it_is_given_is_the_same_when_it_comes_again(synthesis, editor, effect):
    data = as_csv(HEADER, ("A", 2001, effect, 0.1))
    imported(tried(synthesis, editor, data), editor)
    assert tried(synthesis, editor, data).report["counts"] == {"new": 0, "changed": 0, "same": 1}
