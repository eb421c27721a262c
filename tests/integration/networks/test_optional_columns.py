"""Columns that a folder may leave out: who assessed, what they declared, what is unrated, which scale takes whose place."""

import io

from django.core.management import call_command

from evidence.models import Intervention, Rating, RatingScheme
from tests.factories.networks import NOTHING_CHANGED, load, refused


def with_all(folder):
    """The folder with every one of these columns; the second of two scales takes the first one's place."""
    folder.add_column("interventions", "unrated_outcomes", ["crime", ""])
    folder.add_column("interventions", "authors", ["Ada Lovelace; Mary Somerville", ""])
    folder.add_column("interventions", "interests", ["None declared", ""])
    folder.add_column("ratings", "source", ["https://schools.example.org/mentoring (table 2)", ""])
    folder.repeat("rating_schemes", 2, scheme="months-2", version="2026")
    folder.repeat("rating_levels", 2, scheme="months-2")
    rows = folder.read("rating_schemes")
    folder.write("rating_schemes", [rows[0] + ["succeeds"], *(row + [""] for row in rows[1:])])
    return folder.set("rating_schemes", len(rows), "succeeds", "months")


def test_they_are_loaded_written_again_byte_for_byte_and_loaded_without_a_change(loaded, tmp_path):
    load(with_all(loaded))
    mentoring = Intervention.objects.get(pk=1001)
    assert mentoring.authors == "Ada Lovelace\nMary Somerville"
    assert mentoring.interests == "None declared"
    assert list(mentoring.unrated_outcomes.values_list("slug", flat=True)) == ["crime"]
    assert mentoring.ratings.first().source == "https://schools.example.org/mentoring (table 2)"
    assert RatingScheme.objects.get(slug="months-2").succeeds.slug == "months"
    call_command("export_network", tmp_path / "out", stdout=io.StringIO())
    out = {path.name: path.read_bytes() for path in sorted((tmp_path / "out").glob("*.csv"))}
    assert {
        name: data.splitlines()[0] for name, data in out.items() if name in ("ratings.csv", "rating_schemes.csv")
    } == {
        "ratings.csv": b"toolkit,intervention,axis,scheme,level,value,outcome,aspect,label_as_published,source",
        "rating_schemes.csv": loaded.bytes()["rating_schemes.csv"].splitlines()[0],
    }
    assert NOTHING_CHANGED in load(loaded)
    loaded.directory = tmp_path / "out"
    assert NOTHING_CHANGED in load(loaded)


def test_a_folder_without_them_leaves_them_as_they_are(loaded):
    load(with_all(loaded))
    for table, name in (
        ("interventions", "authors"),
        ("interventions", "interests"),
        ("interventions", "unrated_outcomes"),
        ("ratings", "source"),
        ("rating_schemes", "succeeds"),
    ):
        loaded.drop_column(table, name)
    loaded.set("interventions", 2, "name", "Mentors").set("rating_schemes", 2, "note", "Old").set(
        "ratings", 2, "label_as_published", "Less"
    )
    load(loaded)
    mentoring = Intervention.objects.get(pk=1001)
    assert (mentoring.name, mentoring.interests) == ("Mentors", "None declared")
    assert mentoring.unrated_outcomes.count() == 1
    assert Rating.objects.exclude(source="").get().label_as_published == "Less"
    assert RatingScheme.objects.get(slug="months-2").succeeds is not None


def test_a_scale_succeeds_one_other_on_its_axis_and_never_itself(loaded):
    with_all(loaded)
    loaded.repeat("rating_schemes", 2, scheme="months-3", succeeds="months")
    loaded.repeat("rating_schemes", 2, scheme="months-4", succeeds="months-4")
    loaded.repeat("rating_schemes", 2, scheme="months-5", succeeds="pounds")
    loaded.repeat("rating_schemes", 2, scheme="months-6", succeeds="nothing")
    for number in "3456":
        loaded.repeat("rating_levels", 2, scheme=f"months-{number}")
    lines, _summary = refused(loaded)
    assert [line.split(": ", 2)[2].split(". ")[0] for line in lines] == [
        f"row {len(loaded.read('rating_schemes')) - 4} takes the place of the same scale",
        "the scale would take its own place",
        "that one rates cost",
        "rating_schemes.csv has no such scheme",
    ]


def test_a_scale_that_the_folder_does_not_hold_keeps_its_place(loaded):
    RatingScheme.objects.create(
        slug="by-hand", axis="impact", name="By hand", succeeds=RatingScheme.objects.get(slug="months")
    )
    lines, _summary = refused(with_all(loaded))
    assert "by-hand, which the folder does not change, takes its place already" in lines[0]
