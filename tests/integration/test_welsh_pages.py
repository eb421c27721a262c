"""Toolkits, centres and reports say their names and what they are in Welsh, as interventions do."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from centres.models import Centre
from evidence.models import Report
from tests.admin_forms import form_of
from tests.factories import person
from tests.factories.publishing import republish
from toolkits import snapshots
from toolkits.models import PublishedPage, Toolkit
from toolkits.networks.exporting import export

NAME, SAID = "Enw yn Gymraeg", "Dyma mae'r dudalen yn ei ddweud"
# Of each: the row, and the fields of its name and of what it says.
ROWS = {
    "toolkit": (lambda: Toolkit.objects.get(slug="teaching-and-learning"), "name_cy", "introduction_cy"),
    "centre": (lambda: Centre.objects.get(slug="eef"), "name_cy", "policy_area_cy"),
    "report": (lambda: Report.objects.first(), "title_cy", "finding_cy"),
}
OLDER = "The English has changed since, so what stands here in Welsh may be out of date."


@pytest.fixture(params=ROWS)
def row(request, network):
    return ROWS[request.param][0]()


@pytest.fixture
def welsh(row, network_admin):
    """A live page with both of its texts in Welsh."""
    _find, name, said = ROWS[row.KIND]
    setattr(row, name, NAME)
    setattr(row, said, SAID)
    row.confirm_welsh()
    row.save()
    republish(row, person("network-editor", superuser=True), network_admin)
    return row


def text(response):
    return unescape(" ".join(response.content.decode().split()))


def path_of(row):
    return PublishedPage.objects.get(record=row.pk).path


def test_without_welsh_a_document_is_as_it_was(row):
    frozen, digest = snapshots.freeze(snapshots.reload(row))
    live = PublishedPage.objects.get(record=row.pk)
    assert "welsh" not in frozen
    assert (frozen, digest) == (live.payload, live.digest)


def test_its_page_and_its_lists_say_it_in_welsh_and_the_english_stays(welsh, client):
    page = text(client.get(f"/cy{path_of(welsh)}"))
    assert f"<h1>{NAME}</h1>" in page
    assert SAID in page
    assert f'lang="en">{SAID}' not in page
    with override("cy"):
        assert gettext("What the centre has not given in Welsh is shown in English.") in page
    english = text(client.get(path_of(welsh)))
    assert NAME not in english
    assert SAID not in english
    lists = {"toolkit": "/cy/toolkits/", "centre": "/cy/centres/", "report": "/cy/reports/?q=Enw+Gymraeg"}
    found = text(client.get(lists[welsh.KIND])).replace("<mark>", "").replace("</mark>", "")
    assert f">{NAME}</a>" in found


def test_it_is_found_by_its_welsh_words(welsh, client):
    groups = {group.kind: group for group in client.get("/cy/search/", {"q": "dudalen ddweud"}).context["groups"]}
    assert groups[welsh.KIND].rows[0].page.record == welsh.pk
    assert f">{NAME}</a>" in text(client.get("/cy/search/suggest/", {"q": "Enw yn Gym"}))


def test_readers_are_told_when_the_english_has_changed(welsh, network_admin, client):
    english = list(welsh.IN_WELSH.values())[1]
    with override("cy"):
        older = gettext(OLDER)
    assert older not in text(client.get(f"/cy{path_of(welsh)}"))
    setattr(welsh, english, f"{getattr(welsh, english)} and more")
    welsh.save()
    republish(welsh, person("another-editor", superuser=True), network_admin)
    assert older in text(client.get(f"/cy{path_of(welsh)}"))


def test_the_form_has_it_and_notes_which_english_it_says(row, network_admin, client):
    client.force_login(network_admin)
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    _find, name, said = ROWS[row.KIND]
    form = form_of(client.get(address), f"{row.KIND}_form")
    assert client.post(address, form | {name: NAME, said: SAID}).status_code == 302
    row.refresh_from_db()
    assert (row.welsh_of, row.welsh_on) == (row.english, localdate())
    preview = text(client.get(reverse("editorial:preview_draft", args=[row.KIND, row.pk])))
    assert f'<dd lang="cy">{NAME}</dd>' in preview
    assert SAID in preview


def test_it_stays_in_a_network_folder(welsh, tmp_path):
    export(tmp_path / "out", tell=lambda _line: None)
    written = (tmp_path / "out" / f"{welsh.KIND}s.csv").read_text(encoding="utf-8")
    assert NAME in written
    assert SAID in written
    assert welsh.welsh_of in written
