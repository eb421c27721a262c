"""The built-in network's syntheses pool to what R's metafor gives, and a folder's studies are checked and come back."""

import csv
import io
import json

import pytest
from django.conf import settings
from django.core.management import call_command

from evidence.models import Inclusion, Study, Synthesis
from tests.factories.networks import NOTHING_CHANGED, Network, empty, load, refused
from toolkits.models import PublishedPage
from toolkits.snapshots.syntheses import for_snapshot, results_of

FOLDER = settings.BASE_DIR / "whatworks" / "networks" / "what-works"
REFERENCE = settings.BASE_DIR / "tests" / "data" / "studies"
SETS = {
    "petrosino2013": "scared-straight-visits-and-offending",
    "landenberger2005": "cognitive-behavioural-therapy-and-reoffending",
    "dietrichson2021": "small-group-reading-tuition-and-attainment",
    "bangertdrowns2004": "writing-to-learn-and-attainment",
    "raudenbush1985": "teacher-expectations-and-iq",
    "bachmann2010": "rehabilitation-for-older-people-and-nursing-homes",
    "curry2018": "acts-of-kindness-and-wellbeing",
    "taylor2024_youth_employment": "youth-employment-programmes-and-work",
    "molloy2014": "conscientiousness-and-taking-medicines",
    "normand1999": "specialist-stroke-care-and-days-in-hospital",
}
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

    def test_results_without_syntheses_are_refused(self, tiny):
        tiny.path("syntheses").unlink()
        assert "study_results.csv names its rows" in refused(tiny)[0][0]
