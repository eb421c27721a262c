"""Welsh and English as equals: every page in both, the same in all but its words, and the address alone decides."""

import re
from html import escape, unescape
from html.parser import HTMLParser

import pytest
from django.urls import Resolver404, resolve, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from tests.admin_forms import form_of
from tests.browser import pages
from tests.factories.publishing import republish
from toolkits import inbox
from toolkits.languages import in_language, language_of, stored
from toolkits.models import PublishedPage
from toolkits.models.inbox import Inbox
from toolkits.networks.exporting import export
from toolkits.public.forms import token_for

MACHINES = ("/static/", "/feeds/", "/api/", "/data/", "/accounts/")
SWITCHED = re.compile(r'<a class="languages__link" href="([^"]*)" lang="(\w+)"')
BOTH = {name: asked for name, asked in pages.ALL.items() if not asked[0].startswith(("/api/", "/cy/"))}


class Page(HTMLParser):
    """What a page has: its language, its links and the fields of its forms."""

    def __init__(self, response):
        super().__init__()
        self.language, self.links, self.fields = "", [], []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.language = attrs["lang"]
        if tag in {"a", "form"}:
            link = attrs.get("href") or attrs.get("action") or ""
            if attrs.get("class") != "languages__link" and link.startswith("/"):
                self.links.append(link)
        if tag in {"input", "select", "textarea"}:
            self.fields.append(attrs.get("name"))


def welsh(address):
    path, mark, query = address.partition("?")
    return f"{in_language(path, 'cy')}{mark}{query}"


@pytest.mark.parametrize(("path", "status"), BOTH.values(), ids=BOTH)
def test_a_page_is_the_same_page_in_welsh(network, client, path, status):
    english, cymraeg = client.get(path), client.get(welsh(path))

    assert (english.status_code, cymraeg.status_code) == (status, status)
    assert english.headers["Content-Language"] == "en-gb"
    assert cymraeg.headers["Content-Language"] == "cy"
    ours, theirs = Page(english), Page(cymraeg)
    assert (ours.language, theirs.language) == ("en-gb", "cy")
    assert theirs.fields == ours.fields
    assert [stored(link) for link in theirs.links] == ours.links
    left = [link for link in theirs.links if language_of(link) != "cy" and not link.startswith(MACHINES)]
    assert left == []
    assert "Set-Cookie" not in cymraeg.headers
    if status == 200:
        there, back = (SWITCHED.findall(page.content.decode()) for page in (english, cymraeg))
        assert [(unescape(address), code) for address, code in there] == [(welsh(path), "cy")]
        assert [(unescape(address), code) for address, code in back] == [(path, "en")]


def test_nothing_but_the_address_decides(network, client):
    plain = client.get("/toolkits/")
    asked = client.get("/toolkits/", headers={"Accept-Language": "cy"})
    client.get("/cy/toolkits/")

    assert asked.content == plain.content == client.get("/toolkits/").content
    assert "Accept-Language" not in plain.headers.get("Vary", "")
    assert client.get("/cy/toolkits/").headers["ETag"] != plain.headers["ETag"]


def test_what_moved_leads_on_in_the_same_language(network, client):
    page = PublishedPage.objects.get(record=1013)

    assert client.get("/cy/record/1013/").headers["Location"] == f"/cy{page.path}"
    assert client.get("/cy").headers["Location"] == "/cy/"


@pytest.mark.parametrize(
    "path", ["/cy/feeds/changes.xml", "/cy/sitemap.xml", "/cy/api/", "/cy/editorial/", "/cy/admin/"]
)
def test_what_is_for_machines_and_editors_has_one_address(network, client, path):
    assert client.get(path).status_code == 404
    with override("cy"), pytest.raises(Resolver404):
        resolve(path)


def test_the_sitemap_names_each_page_in_both(network, client):
    said = client.get("/sitemap.xml").content.decode()

    for own in ("/toolkits/", "/cy/toolkits/"):
        assert f"<loc>http://testserver{own}</loc>" in said
    assert said.count('href="http://testserver/cy/toolkits/" hreflang="cy"') == 2
    assert said.count('href="http://testserver/toolkits/" hreflang="en"') == 2


def test_a_list_followed_in_welsh_is_kept_by_its_stored_address(network, client):
    client.post(
        "/cy/follow/",
        {
            "address": "a@example.org",
            "often": "daily",
            "search": "/cy/interventions/?q=mentoring",
            "token": token_for("follow"),
        },
    )

    letter = Inbox.objects.get(kind=inbox.Kind.FOLLOW)
    assert letter.payload["search"].startswith("/interventions/?")


def test_a_path_is_stored_once_and_said_in_each():
    assert in_language("/", "cy") == "/cy/"
    assert in_language("/cy/toolkits/", "cy") == "/cy/toolkits/"
    assert in_language("/cy/toolkits/", "en-gb") == "/toolkits/"
    assert in_language("", "cy") == ""
    assert stored("/cynllun/") == "/cynllun/"
    assert stored("/cy?q=a") == "/?q=a"
    assert stored("/cy//other.example/") == "/other.example/"


@pytest.fixture
def in_welsh(mentoring, editor, reviewer):
    """Mentoring, live with a name and key messages in Welsh but no summary, and its first level with a Welsh word."""
    rating = mentoring.ratings.select_related("level").first()
    rating.label_as_published = ""
    rating.save()
    rating.level.label_cy = "Gair y lefel"
    rating.level.save()
    mentoring.name_cy, mentoring.key_messages_cy = "Mentora disgyblion", "Pwynt un\nPwynt dau"
    mentoring.confirm_welsh()
    mentoring.save()
    republish(mentoring, editor, reviewer)
    return mentoring


PAGE = "/toolkits/teaching-and-learning/mentoring/"


def text(response):
    return " ".join(response.content.decode().split())


def test_what_a_centre_gave_in_welsh_stands_in_welsh_and_the_rest_says_it_is_english(in_welsh, client):
    page = text(client.get(f"/cy{PAGE}"))

    assert "<h1>Mentora disgyblion</h1>" in page
    assert f'<p class="lead" lang="en">{escape(in_welsh.summary)}' in page
    assert "<li>Pwynt un</li><li>Pwynt dau</li>" in page
    assert "Gair y lefel" in page
    assert "Mentora disgyblion" in text(client.get("/cy/toolkits/teaching-and-learning/"))
    english = text(client.get(PAGE))
    assert "<h1>Mentoring</h1>" in english
    assert "Gair y lefel" not in english


def test_readers_of_welsh_are_told_when_the_english_has_changed(in_welsh, client, editor, reviewer):
    with override("cy"):
        old = gettext("The English has changed since, so what stands here in Welsh may be out of date.")
    assert old not in unescape(text(client.get(f"/cy{PAGE}")))

    in_welsh.summary += " More of it."
    in_welsh.save()
    republish(in_welsh, editor, reviewer)
    assert old in unescape(text(client.get(f"/cy{PAGE}")))

    in_welsh.confirm_welsh()
    in_welsh.save()
    republish(in_welsh, editor, reviewer)
    assert old not in unescape(text(client.get(f"/cy{PAGE}")))


def test_the_form_notes_which_english_the_welsh_says(mentoring, editor, client):
    client.force_login(editor)
    address = reverse("admin:evidence_intervention_change", args=[mentoring.pk])
    form = form_of(client.get(address)) | {"name_cy": "Mentora"}
    assert client.post(address, form).status_code == 302
    mentoring.refresh_from_db()
    assert (mentoring.welsh_of, mentoring.welsh_on) == (mentoring.english, localdate())

    client.post(address, form_of(client.get(address)) | {"summary": "Something else."})
    mentoring.refresh_from_db()
    assert mentoring.welsh_of != mentoring.english
    client.post(address, form_of(client.get(address)) | {"welsh_still_right": "on"})
    mentoring.refresh_from_db()
    assert mentoring.welsh_of == mentoring.english


def test_welsh_stays_in_a_network_folder(in_welsh, tmp_path):
    export(tmp_path / "out", tell=lambda _line: None)

    written = (tmp_path / "out" / "interventions.csv").read_text(encoding="utf-8")
    assert "Mentora disgyblion" in written
    assert in_welsh.welsh_of in written
    assert "Gair y lefel" in (tmp_path / "out" / "rating_levels.csv").read_text(encoding="utf-8")
