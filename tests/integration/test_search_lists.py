"""The lists that search needs, kept by the network's editors: words that mean the same, assessed and not listed."""

import pytest

from centres.models import Role
from tests.admin_forms import form_of
from tests.factories import person
from toolkits.models import Assessed, SharedList, SynonymGroup


@pytest.fixture
def network_editor(db):
    return person("network-editor", None, Role.Name.NETWORK_EDITOR)


PAGES = {
    "words": ("/admin/toolkits/synonymgroup/", {"term": "TTG", "equivalents": "tea, toast\nand gossip"}),
    "assessed": (
        "/admin/toolkits/assessed/",
        {"name": "Zorbing", "reason": "No comparison", "date": "2024", "source_url": "https://example.org/z"},
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_editors_of_the_network_add_change_and_delete(network, client, network_editor, name):
    path, data = PAGES[name]
    model = {"words": SynonymGroup, "assessed": Assessed}[name]
    before = set(model.objects.values_list("pk", flat=True))
    client.force_login(network_editor)
    response = client.post(f"{path}add/", data, follow=True)
    assert "is submitted and published" in response.content.decode()
    (row,) = model.objects.exclude(pk__in=before)
    first = next(iter(data))
    form = form_of(client.get(f"{path}{row.pk}/change/"), f"{model._meta.model_name}_form")
    changed = client.post(f"{path}{row.pk}/change/", form | {first: "Changed"})
    assert changed.status_code == 302
    row.refresh_from_db()
    assert getattr(row, first) == "Changed"
    assert client.post(f"{path}{row.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_does(network, client, editor, other_centre_editor, name):
    path, data = PAGES[name]
    for somebody in (editor, other_centre_editor):
        client.force_login(somebody)
        assert client.get(path).status_code == 403
        assert client.post(f"{path}add/", data).status_code == 403


def test_a_missing_date_or_source_is_asked_for(network, client, network_editor):
    client.force_login(network_editor)
    path, data = PAGES["assessed"]
    for name in ("date", "source_url", "reason"):
        response = client.post(f"{path}add/", data | {name: ""})
        assert name in response.context["adminform"].form.errors
    assert "date" in client.post(f"{path}add/", data | {"date": "last May"}).context["adminform"].form.errors


def test_a_list_that_no_folder_brought_can_be_begun(network, client, network_editor):
    client.force_login(network_editor)
    assert client.post("/admin/toolkits/sharedlist/add/", {"slug": "assessed"}).status_code == 302
    assert SharedList.objects.get(slug="assessed").pk
    assert client.get("/admin/toolkits/sharedlist/add/").status_code == 403
