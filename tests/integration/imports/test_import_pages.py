"""The pages: upload, wait, look at the differences, import; another centre's answer 404, a visitor signs in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from centres.models import Role
from evidence.models import Intervention
from tests.factories import person
from tests.factories.spreadsheets import as_csv, as_xlsx
from tests.integration.imports.conftest import ended, imported, tried
from toolkits import jobs
from toolkits.models import Job, PublishedPage

IMPORTS = "/editorial/imports/"
HEADER = ["id", "name", "summary"]


def upload(client, centre, data, *, table="interventions", name="rows.csv"):
    file = SimpleUploadedFile(name, data) if data is not None else ""
    return client.post(IMPORTS, {"table": table, "centre": getattr(centre, "pk", centre), "file": file})


def text(response):
    """What a page says, on one line."""
    return " ".join(response.content.decode().split())


@pytest.fixture
def shown(eef, editor, mentoring, phonics):
    """A dry run that one changed and one unchanged row passed."""
    return tried(
        editor,
        eef,
        "interventions",
        HEADER,
        [mentoring.pk, "Mentors", mentoring.summary],
        [phonics.pk, phonics.name, phonics.summary],
    )


def test_the_way_from_a_file_to_drafts(client, eef, editor, mentoring):
    client.force_login(editor)
    rows = [HEADER, [mentoring.pk, "Mentors", "An older peer."], ["", "", ""]]
    answer = upload(client, eef, as_xlsx(*rows), name="autumn.xlsx")
    job = Job.objects.get()
    address = reverse("editorial:import_job", args=[job.pk])
    assert (answer.status_code, answer.url) == (302, address)

    page = client.get(address)
    assert "Waiting its turn" in text(page)
    assert "Look again" in text(page)
    assert "js/imports" in text(page)
    Job.objects.update(state="running", done=250, total=1000)
    assert "250 of 1000 rows are checked." in text(client.get(address))
    Job.objects.update(state="waiting")

    jobs.do_next_job()
    page = text(client.get(address))
    assert "The file is right. Nothing is written yet" in page
    assert "Import this 1 row" in page
    assert "<del>Mentoring</del>" in page
    assert "<ins>Mentors</ins>" in page
    assert "js/imports" not in page

    answer = client.post(reverse("editorial:import_rows", args=[job.pk]))
    asked = Job.objects.get(kind="import")
    assert answer.url == reverse("editorial:import_job", args=[asked.pk])
    jobs.do_next_job()
    page = text(client.get(answer.url))
    assert "1 row was imported as a draft." in page
    assert f"Open record {mentoring.pk}" in page
    assert "See its import" in text(client.get(address))
    mentoring.refresh_from_db()
    assert mentoring.name == "Mentors"
    assert PublishedPage.objects.get(record=mentoring.pk).title == "Mentoring"
    assert "Imported" in text(client.get(IMPORTS))


def test_errors_are_shown_with_their_row_column_and_remedy(client, eef, editor, mentoring):
    client.force_login(editor)
    job = tried(editor, eef, "interventions", HEADER, [mentoring.pk, "<b>=1+1", ""])
    page = text(client.get(reverse("editorial:import_job", args=[job.pk])))
    assert "There is 1 error in the file, so nothing can be imported." in page
    assert "<code>summary</code>" in page
    assert "The cell is empty." in page
    assert "Every row needs it." in page
    assert "Import th" not in page
    answer = client.post(reverse("editorial:import_rows", args=[job.pk]), follow=True)
    assert "Only what a dry run without errors has shown can be imported." in text(answer)
    assert not Job.objects.filter(kind="import").exists()


def test_what_is_no_change_is_not_imported(client, eef, editor, mentoring):
    client.force_login(editor)
    job = tried(editor, eef, "interventions", ["id", "name"], [mentoring.pk, "Mentoring"])
    page = text(client.get(reverse("editorial:import_job", args=[job.pk])))
    assert "No change: every row is here already" in page
    answer = client.post(reverse("editorial:import_rows", args=[job.pk]), follow=True)
    assert "there is nothing to import" in text(answer)


def test_asking_twice_imports_once(client, editor, second_editor, shown):
    for somebody in (editor, second_editor):
        client.force_login(somebody)
        client.post(reverse("editorial:import_rows", args=[shown.pk]))
    assert Job.objects.filter(kind="import").count() == 1


def test_a_stale_dry_run_is_shown_anew_with_what_came_between_marked(client, editor, shown, mentoring):
    Intervention.objects.filter(pk=mentoring.pk).update(name="Mentoring schemes")
    job = imported(shown, editor)
    client.force_login(editor)
    page = text(client.get(reverse("editorial:import_job", args=[job.pk])))
    assert "Somebody changed something here since the dry run, so nothing was written." in page
    assert "not as in the dry run" in page
    assert "<del>Mentoring schemes</del>" in page
    assert "Import this 1 row" in page


def test_rows_are_told_by_fate_and_paged(client, eef, editor, mentoring, monkeypatch):
    header = ["toolkit", "slug", "name", "summary", "source_url"]
    rows = [["teaching-and-learning", f"new-{n}", f"New {n}", "x", "https://x.org"] for n in range(120)]
    job = tried(
        editor, eef, "interventions", header, *rows, ["teaching-and-learning", "mentoring", "M", "M", "https://x.org"]
    )
    client.force_login(editor)
    address = reverse("editorial:import_job", args=[job.pk])
    first = text(client.get(address))
    assert first.count("<details") == 1  # what changes what is here comes first
    assert all(words in first for words in ("Changed (1)", "New (120)", "The same (0)", 'aria-current="page"'))
    new = text(client.get(address + "?show=new&page=3"))
    assert new.count("<details") == 20
    assert "101 to 120 of 120" in new
    assert "?show=new&amp;page=2" in new
    for odd in ("?show=x", "?page=x", "?show=new&page=99", "?show=same&page=0"):
        assert client.get(address + odd).status_code == 200


def test_long_texts_are_shown_around_what_differs(client, eef, editor, mentoring):
    mentoring.how_sure = "Same words. " * 200 + "Old end."
    mentoring.save()
    job = tried(editor, eef, "interventions", ["id", "how_sure"], [mentoring.pk, "Same words. " * 200 + "New end."])
    ((_column, was, becomes),) = job.report["rows"][0]["differences"]
    assert was.startswith("…")
    assert was.endswith("Old end.")
    assert becomes.endswith("New end.")
    assert len(was) < 60


# What is refused at the door


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "Choose a file."),
        (b"", "The file is empty. Take the template."),
        (b"%PDF-1.7", "The file is a PDF."),
        (b"x" * 10_000_001, "The file has 10.0 MB; 10 MB is the most. Split it into several files."),
    ],
)
def test_a_file_that_cannot_be_one_is_refused_at_once(client, eef, editor, data, words):
    client.force_login(editor)
    answer = upload(client, eef, data)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "Nothing was uploaded." in text(answer)
    assert not Job.objects.exists()


def test_what_the_file_holds_has_to_be_chosen(client, eef, editor):
    client.force_login(editor)
    assert upload(client, eef, as_csv(HEADER), table="centres").status_code == 422
    assert upload(client, eef, as_csv(HEADER), table="").status_code == 422


# The file itself


@pytest.mark.parametrize("name", ["page.html", '../../etc/pass"wd.csv', "picture.svg", "naïve.csv"])
def test_the_file_is_given_back_as_bytes_to_be_saved(client, eef, editor, mentoring, name):
    client.force_login(editor)
    data = as_csv(HEADER, [mentoring.pk, "<script>alert(1)</script>", "x"])
    upload(client, eef, data, name=name)
    answer = client.get(reverse("editorial:import_file", args=[Job.objects.get().pk]))
    assert answer.content == data
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "/" not in answer["Content-Disposition"].replace("''", "")


def test_a_cell_with_markup_is_shown_as_text(client, eef, editor, mentoring):
    client.force_login(editor)
    job = tried(editor, eef, "interventions", ["id", "name"], [mentoring.pk, "<script>alert(1)</script>"])
    page = text(client.get(reverse("editorial:import_job", args=[job.pk])))
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


# Whose it is


def every_address(job, centre):
    return [
        f"{IMPORTS}?centre={centre.slug}",
        reverse("editorial:import_job", args=[job.pk]),
        reverse("editorial:import_file", args=[job.pk]),
        *(reverse("editorial:import_template", args=[centre.slug, "ratings", form]) for form in ("csv", "xlsx")),
        *(reverse("editorial:export", args=[centre.slug, "ratings", form]) for form in ("csv", "xlsx")),
    ]


def test_everything_of_another_centre_answers_404(client, eef, shown, other_centre_editor):
    client.force_login(other_centre_editor)
    for address in every_address(shown, eef):
        assert client.get(address).status_code == 404, address
    assert client.post(reverse("editorial:import_rows", args=[shown.pk])).status_code == 404
    assert upload(client, eef, as_csv(HEADER)).status_code == 404
    assert upload(client, "nobody's", as_csv(HEADER)).status_code == 404
    assert reverse("editorial:import_job", args=[shown.pk]) not in text(client.get(IMPORTS))
    assert not Job.objects.filter(kind="import").exists()


def test_colleagues_and_administrators_see_it(client, eef, shown, second_editor, reviewer, network_admin):
    for somebody in (second_editor, reviewer, network_admin):
        client.force_login(somebody)
        for address in every_address(shown, eef):
            assert client.get(address).status_code == 200, address


def test_a_manager_and_a_network_editor_have_nothing_to_import(client, eef, shown):
    for somebody in (person("manager", eef, Role.Name.MANAGER), person("network", None, Role.Name.NETWORK_EDITOR)):
        client.force_login(somebody)
        for address in every_address(shown, eef):
            assert client.get(address).status_code == 404, address
        page = client.get(IMPORTS)
        assert page.status_code == 200
        assert "You are not an editor of any centre" in text(page)
        assert upload(client, eef, as_csv(HEADER)).status_code == 404


def test_who_left_the_centre_no_longer_sees_what_they_asked_for(client, editor, shown):
    editor.roles.all().delete()
    client.force_login(editor)
    assert client.get(reverse("editorial:import_job", args=[shown.pk])).status_code == 404


def test_a_visitor_signs_in_first(client, eef, shown):
    addresses = every_address(shown, eef)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert "login" in answer.url
    assert client.post(reverse("editorial:import_rows", args=[shown.pk])).status_code == 302
    assert not Job.objects.filter(kind="import").exists()


def test_nothing_of_it_is_kept_by_a_browser_or_indexed(client, eef, editor, shown):
    client.force_login(editor)
    for address in every_address(shown, eef):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"], address
        assert answer["X-Robots-Tag"] == "noindex", address


def test_addresses_that_are_none(client, eef, editor, network):
    client.force_login(editor)
    for address in (
        "imports/999999/",
        "imports/templates/eef/centres.csv",
        "exports/eef/ratings.html",
        "exports/eef/people.csv",
    ):
        assert client.get(f"/editorial/{address}").status_code == 404
    assert client.get(f"{IMPORTS}?centre=nobody").status_code == 404
    assert client.get(reverse("editorial:import_rows", args=[1])).status_code == 405


def test_a_person_of_two_centres_chooses(client, eef, yef, editor, mentoring):
    editor.roles.create(centre=yef, name=Role.Name.EDITOR)
    client.force_login(editor)
    page = text(client.get(f"{IMPORTS}?centre=yef"))
    assert '<option value="yef" selected>' in page
    assert "exports/yef/" in page
    upload(client, yef, as_csv(["id", "name"], [mentoring.pk, "x"]))
    job = ended(Job.objects.get())
    assert job.report["problems"][0]["message"] == "YEF has no intervention with this number"
