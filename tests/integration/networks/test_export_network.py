"""Working rows out into a folder: the same bytes, nothing lost, nothing overwritten unasked."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import person
from tests.factories.networks import load
from toolkits import actions

# Out again


def export(directory, *options):
    out = io.StringIO()
    call_command("export_network", directory, *options, stdout=out)
    return out.getvalue()


def files(directory):
    return {path.name: path.read_bytes() for path in sorted(directory.glob("*.csv"))}


def test_what_was_loaded_is_written_byte_for_byte(loaded, tmp_path):
    export(tmp_path / "out")
    assert files(tmp_path / "out") == loaded.bytes()


def test_so_is_what_was_changed_row_by_row(loaded, tmp_path):
    """Rows put into the middle move the others."""
    rows = loaded.read("interventions")
    new = ["1004", "classroom", "spelling", *rows[2][3:]]
    loaded.write("interventions", [*rows, new])
    ratings = loaded.read("ratings")
    loaded.write("ratings", [ratings[0], ["classroom", "spelling", *ratings[2][2:]], *ratings[1:]])
    load(loaded)
    export(tmp_path / "out")
    assert files(tmp_path / "out") == loaded.bytes()


def test_what_editors_added_is_written_and_can_be_loaded(loaded, mentoring, tmp_path):
    mentoring.how_sure = "- two trials\r\n- one of them large"
    mentoring.finding_as_published = "=1+1"
    mentoring.language = "cy"
    mentoring.save()
    mentoring.ratings.filter(level__key="-1").update(reason="+ and -", rated_on="2020-02-29")
    export(tmp_path / "out")
    assert "how_sure,language" in (tmp_path / "out" / "interventions.csv").read_text().splitlines()[0]
    out = io.StringIO()
    call_command("load_network", tmp_path / "out", "--check", stdout=out)
    assert "1 left as people made it: intervention classroom/mentoring (1001)" in out.getvalue()


def test_a_point_with_a_semicolon_is_warned_of(loaded, mentoring, tmp_path):
    mentoring.cautions = "One; or two"
    mentoring.save()
    assert "interventions.csv, cautions of Mentoring: a point holds a semicolon" in export(tmp_path / "out")


def test_records_no_longer_live_are_left_out_and_what_needs_them_stays_right(loaded, people, tmp_path):
    network_admin = person("admin", superuser=True)
    for record in (1001, 5001, 102):
        actions.withdraw(record=record, by=network_admin, reason="Wrong")
    said = export(tmp_path / "out")
    assert "Left out, because their pages are no longer live: intervention classroom/mentoring, report mentors" in said
    call_command("load_network", tmp_path / "out", "--check", stdout=io.StringIO())
    assert "classroom,mentoring" not in (tmp_path / "out" / "ratings.csv").read_text()
    assert "streets" in (tmp_path / "out" / "centres.csv").read_text()


def test_a_folder_with_other_files_is_not_written_to(loaded, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").touch()
    for options in ([], ["--force"]):
        with pytest.raises(CommandError, match=r"holds other files \(thesis.doc\)"):
            export(tmp_path / "out", *options)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.doc"]


def test_a_network_is_written_over_only_when_asked_and_keeps_its_description(loaded, mentoring, tmp_path):
    out = tmp_path / "out"
    export(out)
    described = json.loads((out / "datapackage.json").read_text()) | {"sources": [{"title": "Seen"}]}
    (out / "datapackage.json").write_text(json.dumps(described))
    mentoring.name = "Mentors"
    mentoring.save()
    with pytest.raises(CommandError, match="holds a network already"):
        export(out)
    export(out, "--force")
    assert "Mentors" in (out / "interventions.csv").read_text()
    assert json.loads((out / "datapackage.json").read_text()) == described
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == []
