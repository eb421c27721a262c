"""The built-in network's syntheses pool to what R's metafor gives, and a folder's studies are checked and come back."""

import csv
import io
import json

import pytest
from django.conf import settings
from django.core.management import call_command

from centres.models import Centre
from evidence.models import Appraisal, Estimate, Inclusion, Study, Synthesis
from tests.factories import person
from tests.factories.networks import NOTHING_CHANGED, Network, empty, load, refused
from tests.factories.publishing import republish
from tests.factories.syntheses import SETS, synthesis
from toolkits.models import Flag, PublishedPage
from toolkits.networks.tables import TABLE
from toolkits.snapshots.syntheses import for_snapshot, results_of

FOLDER = settings.BASE_DIR / "whatworks" / "networks" / "what-works"
REFERENCE = settings.BASE_DIR / "tests" / "data" / "studies"
SYNTHESES = [
    "id",
    "slug",
    "centre_slug",
    "illustrative",
    "title",
    "question",
    "interventions",
    "outcome",
    "outcome_measured",
    "comparison",
    "metric",
    "unit",
    "better",
    "method",
    "test",
    "prediction",
    "base_rate",
    "base_rate_source",
    "criteria",
    "last_searched",
    "note",
    "citation",
    "source_url",
]


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("network")
class TestBuiltIn:
    def test_all_ten_are_public_illustrative_and_the_networks(self):
        found = Synthesis.objects.in_bulk(field_name="slug")
        assert set(SETS.values()) <= set(found)
        assert all(found[slug].illustrative and found[slug].centre is None for slug in SETS.values())
        live = PublishedPage.objects.filter(kind="synthesis", state=PublishedPage.State.LIVE)
        assert set(SETS.values()) <= {page.payload["slug"] for page in live}
        assert Inclusion.objects.filter(synthesis__slug__in=SETS.values()).count() == 315

    @pytest.mark.parametrize("dataset", SETS)
    def test_every_number_is_the_sources_and_pools_to_the_reference(self, dataset):
        synthesis = for_snapshot(Synthesis.objects.filter(slug=SETS[dataset])).get()
        inclusions = list(synthesis.inclusions.all())
        source = rows(REFERENCE / f"{dataset}.csv")
        names = ("study", "country", "design", "effect_metric", "effect", "variance")
        assert [
            (found.study.label, found.study.country, found.study.design, found.estimate.metric)
            + (found.estimate.effect, found.estimate.variance)
            for found in inclusions
        ] == [(*(row[name] for name in names[:4]), float(row["effect"]), float(row["variance"])) for row in source]
        assert [
            [found.study.year, found.estimate.n_1, found.estimate.n_2, found.estimate.n_total] for found in inclusions
        ] == [
            [int(row[name]) if row[name] else None for name in ("year", "n_treatment", "n_control", "n_total")]
            for row in source
        ]
        pooled = results_of(synthesis, inclusions).parts["pooled"]
        expected = json.loads((REFERENCE / "reference.json").read_text())["results"][dataset]["reml_knapp_hartung"]
        for name in ("estimate", "se", "tau2"):
            assert float(getattr(pooled, name)) == pytest.approx(expected[name], rel=1e-9, abs=1e-9)

    def test_no_nation_is_inferred(self):
        used = Study.objects.filter(inclusions__synthesis__slug__in=SETS.values())
        assert set(used.values_list("uk_nation", flat=True)) == {""}


@pytest.fixture
def tiny(tmp_path):
    folder = Network(tmp_path / "tiny")
    results = rows(FOLDER / "study_results.csv")[:2]
    header = list(results[0])
    base = rows(FOLDER / "syntheses.csv")[0] | {"interventions": "classroom/mentoring", "outcome": ""}
    second = base | {"id": "8002", "slug": "again", "title": "Again"}
    folder.write("syntheses", [SYNTHESES, *([row[name] for name in SYNTHESES] for row in (base, second))])
    again = results[0] | {"synthesis": "again"}
    folder.write("study_results", [header, *([row[name] for name in header] for row in (*results, again))])
    return folder


@pytest.fixture
def appraised(tiny):
    """`tiny` with a result of row 2 that is in two syntheses, judged by two readers who agreed, and another by one."""
    tiny.set("study_results", 2, "intervention", "classroom/mentoring")
    tiny.set("study_results", 4, "intervention", "classroom/mentoring")
    columns = [column.name for column in TABLE["appraisals"].columns]
    results = rows(tiny.path("study_results"))
    readings = [
        ("Randomisation", "Low", "Numbers from a table, =so", "first", "A. Reader"),
        ("Randomisation", "Some concerns", "", "second", ""),
        ("Randomisation", "Low", "The protocol says how", "agreed", ""),
    ]
    said = [
        *((results[0], reading) for reading in readings),
        (results[1], ("Overall", "High", "", "first", "B. Reader")),
        *((results[2], reading) for reading in readings),
    ]
    names = ("domain", "judgement", "reason", "reading", "reader")
    judged = [result | dict(zip(names, reading, strict=True)) | {"tool": "rob2"} for result, reading in said]
    tiny.write("appraisals", [columns, *([row[name] for name in columns] for row in judged)])
    return tiny


def described(folder, table):
    package = json.loads((folder / "datapackage.json").read_text())
    return next(one for one in package["resources"] if one["name"] == table)


@pytest.mark.django_db
class TestFolder:
    def test_they_are_loaded_and_written_again(self, tiny, tmp_path):
        empty()
        tiny.set("study_results", 3, "included", "no").set("study_results", 3, "reason", "No comparison group")
        tiny.set("study_results", 3, "given", '{"events_1": 3}')
        assert "syntheses 2" in load(tiny)
        assert Study.objects.count() == 2
        assert NOTHING_CHANGED in load(tiny)
        call_command("export_network", tmp_path / "out", stdout=io.StringIO())
        assert {path.name: path.read_bytes() for path in sorted((tmp_path / "out").glob("*.csv"))} == tiny.bytes()

    @pytest.mark.parametrize(
        ("table", "row", "column", "value", "message"),
        [
            ("study_results", 2, "synthesis", "unknown", "syntheses.csv has no such"),
            ("study_results", 4, "year", "1999", "row 2 says otherwise of the same study"),
            ("study_results", 4, "effect", "9", "row 2 says otherwise of the same result"),
            ("study_results", 2, "effect", "much", "not a number"),
            ("study_results", 3, "variance", "0", "a variance is above 0"),
            ("study_results", 3, "variance", "", "the cell is empty"),
            ("study_results", 3, "included", "no", "nothing says why"),
            ("study_results", 3, "metric", "SMD", "the synthesis pools logOR"),
            ("study_results", 3, "given", "[1]", "not a JSON object"),
            ("syntheses", 2, "interventions", "classroom/nothing", "interventions.csv has no such intervention"),
            ("syntheses", 2, "centre_slug", "schools", "an illustrative synthesis is no centre's"),
            ("syntheses", 2, "base_rate", "20", "the base rate has no source"),
        ],
    )
    def test_what_is_wrong_is_said(self, tiny, table, row, column, value, message):
        tiny.set(table, row, column, value)
        assert message in refused(tiny)[0][0]

    def test_appraisals_are_loaded_and_written_again(self, appraised, tmp_path):
        empty()
        load(appraised)
        assert Appraisal.objects.count() == 4
        assert NOTHING_CHANGED in load(appraised)
        call_command("export_network", tmp_path / "out", stdout=io.StringIO())
        assert {path.name: path.read_bytes() for path in sorted((tmp_path / "out").glob("*.csv"))} == appraised.bytes()
        fields = {field["name"] for field in described(tmp_path / "out", "appraisals")["schema"]["fields"]}
        assert {"tool", "domain", "judgement", "reason", "reading", "reader"} <= fields
        shown = PublishedPage.objects.get(kind="synthesis", payload__slug="again").payload["rows"][0]["finding"]
        assert [(one["domain"], one["judgement"], one["readers"]) for one in shown["appraisals"]] == [
            ("Randomisation", "Low", 2)
        ]

    def test_who_entered_an_appraisal_stays_and_a_folder_without_the_file_leaves_them(self, appraised):
        empty()
        load(appraised)
        others = Estimate.objects.create(
            study_id=20001, centre=Centre.objects.first(), metric="SMD", effect=1, variance=1
        )
        others.appraisals.create(tool="rob2", domain="Overall", judgement="High")
        reader = person("reader")
        Appraisal.objects.filter(reading="first").update(by=reader, reader="")
        for row in (2, 6):
            appraised.set("appraisals", row, "judgement", "High").set("appraisals", row, "reader", "reader")
        load(appraised, "--overwrite")
        found = Appraisal.objects.get(reading="first", domain="Randomisation")
        assert (found.judgement, found.by, found.reader) == ("High", reader, "")
        assert others.appraisals.exists()
        appraised.path("appraisals").unlink()
        assert NOTHING_CHANGED in load(appraised)
        assert Appraisal.objects.count() == 5

    def test_an_appraisal_that_is_gone_from_the_file_is_gone(self, appraised):
        empty()
        load(appraised)
        appraised.drop("appraisals", 5)
        load(appraised)
        assert Appraisal.objects.count() == 3

    @pytest.mark.parametrize(
        ("row", "column", "value", "message"),
        [
            (2, "tool", "rob3", "not one of the words"),
            (2, "domain", "Confounding", "knows no such domain"),
            (2, "judgement", "low", 'Did you mean "Low"?'),
            (4, "reason", "", "Say why both readers agreed on it"),
            (2, "outcome_reported", "Something else", "no such result of the study"),
            (2, "intervention", "classroom/nothing", "interventions.csv has no such intervention"),
            (2, "reading", "third", "not one of the words"),
            (6, "judgement", "High", "row 2 says otherwise of the same judgement"),
        ],
    )
    def test_what_is_wrong_with_an_appraisal_is_said_by_row_and_column(self, appraised, row, column, value, message):
        appraised.set("appraisals", row, column, value)
        problems = [line for line in refused(appraised)[0] if message in line]
        assert problems[0].startswith(f"appraisals.csv, row {row}, column ")

    def test_a_result_is_judged_alike_in_all_its_syntheses(self, appraised):
        appraised.drop("appraisals", 8)
        assert "row 4, column synthesis" in (line := refused(appraised)[0][0])
        assert "the result is in again too" in line

    def test_appraisals_without_results_are_refused(self, appraised):
        appraised.path("study_results").unlink()
        assert "appraisals.csv names its rows" in refused(appraised)[0][0]

    def test_a_changed_study_flags_the_live_syntheses_that_the_folder_does_not_hold(self, tiny):
        empty()
        load(tiny)
        result = Estimate.objects.get(study=rows(tiny.path("study_results"))[0]["study_id"])
        outside = synthesis("elsewhere", metric="logOR")
        Inclusion.objects.create(synthesis=outside, study=result.study, estimate=result, position=9)
        republish(outside, person("first-admin", superuser=True), person("second-admin", superuser=True))
        load(tiny)
        assert not Flag.objects.filter(why=Flag.Why.STUDIES).exists()
        tiny.set("study_results", 2, "effect", "0.5").set("study_results", 4, "effect", "0.5")
        load(tiny)
        flag = Flag.objects.get(why=Flag.Why.STUDIES)
        assert flag.record_id == flag.cause == outside.pk
        assert [study[0] for study in flag.studies] == [result.study_id]
        assert flag.was != flag.now

    def test_a_study_that_was_merged_is_named_with_the_one_that_was_kept(self, tiny):
        empty()
        load(tiny)
        copy, kept = (int(row["study_id"]) for row in rows(tiny.path("study_results"))[:2])
        Study.objects.filter(pk=copy).update(merged_into=kept)
        said = refused(tiny)[0][0]
        assert "study_results.csv, row 2, column study_id" in said
        assert f"merged into {kept}. Write {kept}." in said

    def test_results_without_syntheses_are_refused(self, tiny):
        tiny.path("syntheses").unlink()
        assert "study_results.csv names its rows" in refused(tiny)[0][0]
