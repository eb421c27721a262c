"""Files that a folder may leave out: synonyms.csv and assessed.csv."""

import io

from django.core.management import call_command

from tests.documents import spelled_out
from tests.factories.networks import NOTHING_CHANGED, load, refused
from toolkits.models import Assessed, PublishedVocabulary, SynonymGroup

SYNONYMS = [["term", "equivalents"], ["NEET", "out of work; not in education, employment or training"]]
ASSESSED = [
    ["name", "centre_slug", "reason", "date", "source_url"],
    ["Zorbing", "schools", "No study compares it", "2024-05", "https://example.org/z (minutes)"],
    ["Zorbing", "", "The network agreed", "2025", "https://example.org/n"],
]


def published(name):
    return spelled_out(PublishedVocabulary.objects.get(name=name), "vocabulary")


def test_a_folder_without_them_is_right_and_publishes_no_such_list(loaded):
    assert not loaded.path("synonyms").exists()
    assert sorted(PublishedVocabulary.objects.values_list("name", flat=True)) == [
        "age-bands",
        "network",
        "outcomes",
        "settings",
    ]


def test_they_are_loaded_published_and_written_again(loaded, tmp_path):
    loaded.write("synonyms", SYNONYMS)
    loaded.write("assessed", ASSESSED)
    assert "shared lists 2" in load(loaded)
    assert published("synonyms")["synonyms"] == [
        {"term": "NEET", "equivalents": ["out of work", "not in education, employment or training"]}
    ]
    first, second = published("assessed")["assessed"]
    assert (first["centre"]["slug"], first["reason"], first["date"]) == ("schools", "No study compares it", "2024-05")
    assert first["source"]["url"] == "https://example.org/z"
    assert second["centre"] is None
    assert NOTHING_CHANGED in load(loaded)
    call_command("export_network", tmp_path / "out", stdout=io.StringIO())
    assert {path.name: path.read_bytes() for path in sorted((tmp_path / "out").glob("*.csv"))} == loaded.bytes()


def test_a_changed_row_changes_the_list(loaded):
    loaded.write("synonyms", SYNONYMS)
    load(loaded)
    loaded.set("synonyms", 2, "equivalents", "unemployed").add("synonyms", "maths", "mathematics")
    load(loaded)
    assert list(SynonymGroup.objects.values_list("term", "equivalents")) == [
        ("NEET", "unemployed"),
        ("maths", "mathematics"),
    ]
    assert [group["term"] for group in published("synonyms")["synonyms"]] == ["NEET", "maths"]


def test_taking_a_file_away_leaves_its_list_as_it_is(loaded):
    loaded.write("synonyms", SYNONYMS)
    load(loaded)
    loaded.path("synonyms").unlink()
    assert NOTHING_CHANGED in load(loaded)
    assert SynonymGroup.objects.count() == 1


def test_a_file_with_only_its_header_empties_the_list(loaded, tmp_path):
    loaded.write("assessed", ASSESSED)
    load(loaded)
    loaded.write("assessed", ASSESSED[:1])
    load(loaded)
    assert published("assessed")["assessed"] == []
    assert not Assessed.objects.exists()


def test_their_errors_are_said_by_row(loaded):
    loaded.write("synonyms", [*SYNONYMS, ["NEET", "again"], ["", "x"]])
    loaded.write("assessed", [ASSESSED[0], ["Z", "nobody", "", "May", "somewhere"]])
    lines, _summary = refused(loaded)
    said = "\n".join(lines)
    for part in ("synonyms.csv", "row 2 is about the same", "the cell is empty", "centres.csv has no such centre"):
        assert part in said
    assert "not a year, a month or a day" in said


def test_words_people_changed_are_not_overwritten_unasked(loaded, people):
    loaded.write("synonyms", SYNONYMS)
    load(loaded)
    SynonymGroup.objects.update(equivalents="on the dole")
    loaded.set("synonyms", 2, "equivalents", "unemployed")
    lines, _summary = refused(loaded)
    assert any("vocabulary synonyms" in line for line in lines)
