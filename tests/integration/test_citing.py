"""Citing a version: every kind, every form, at an address that never changes."""

import json

import pytest
import rispy
from django.utils.html import strip_tags

from tests.factories.publishing import republish
from toolkits import actions
from toolkits.models import PublishedPage
from toolkits.public.citations import FORMS


@pytest.mark.parametrize("kind", ["intervention", "synthesis", "report", "family", "toolkit", "centre", "method"])
def test_every_kind_is_cited_in_every_form(network, client, kind):
    page = PublishedPage.objects.filter(kind=kind).first()
    where = f"/record/{page.record}/v1/"
    for name, form in FORMS.items():
        response = client.get(f"{where}?format={name}")
        assert response.status_code == 200, name
        assert response["Content-Type"] == form.content_type
        assert response["ETag"]
        assert f"http://testserver{where}" in response.content.decode()
    (item,) = json.loads(client.get(f"{where}?format=csl").content)
    assert item["title"] == page.title


@pytest.mark.parametrize("kind", ["intervention", "synthesis", "report"])
def test_the_page_shows_what_the_file_says(network, client, kind):
    page = PublishedPage.objects.filter(kind=kind).first()
    shown = client.get(page.path).content.decode()
    sentence = shown[shown.index('<p class="cite">') :].partition("</p>")[0]
    said = client.get(f"/record/{page.record}/v1/?format=txt").content.decode()
    assert " ".join(strip_tags(sentence).replace("&#x27;", "'").replace("&amp;", "&").split()) == said.strip()


def test_an_old_version_is_cited_as_it_was(network, client, mentoring, editor, reviewer):
    mentoring.name = "Mentoring by peers"
    mentoring.save()
    republish(mentoring, editor, reviewer)
    first, second = (
        rispy.loads(client.get(f"/record/{mentoring.pk}/v{number}/?format=ris").content.decode())[0]
        for number in (1, 2)
    )
    assert (first["title"], first["edition"]) == ("Mentoring", "Version 1")
    assert (second["title"], second["edition"]) == ("Mentoring by peers", "Version 2")


def test_what_is_no_form_is_said_and_what_was_removed_is_not_cited(network, client, mentoring, reviewer):
    where = f"/record/{mentoring.pk}/v1/"
    response = client.get(f"{where}?format=endnote")
    assert response.status_code == 400
    assert "html, txt, ris, bib, csl" in response.content.decode()
    actions.remove(record=mentoring.pk, by=reviewer, reason="By mistake")
    assert client.get(f"{where}?format=ris").status_code == 410
