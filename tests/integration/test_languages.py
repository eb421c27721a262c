"""Welsh and English as equals: every page in both, the same in all but its words, and the address alone decides."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.urls import Resolver404, resolve
from django.utils.translation import override

from tests.browser import pages
from toolkits import inbox
from toolkits.languages import in_language, language_of, stored
from toolkits.models import PublishedPage
from toolkits.models.inbox import Inbox
from toolkits.public.forms import token_for

MACHINES = ("/static/", "/feeds/", "/api/", "/data/", "/accounts/")
SWITCHED = re.compile(r'<a class="languages__link" href="([^"]*)" lang="(\w+)"')
BOTH = {name: asked for name, asked in pages.ALL.items() if asked[0] != "/api/"}


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


@pytest.mark.parametrize("path", ["/cy/feeds/changes.xml", "/cy/sitemap.xml", "/cy/api/", "/cy/accounts/login/"])
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
