"""A frozen copy of the public site: whole, linked within itself, and never half-written."""

import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from toolkits.freezing.addresses import Scope, file_of
from toolkits.freezing.pages import LINK

ONLY = ["/toolkits/crime-reduction/alley-gating/", "/record/1013", "/interventions/", "/toolkits/crime-reduction/"]


@pytest.fixture(autouse=True)
def one_connection():
    """The end of a request would close the connection that the test's transaction is on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def freeze(folder, *options, only=ONLY):
    call_command("freeze", str(folder), *(f"--only={path}" for path in only), *options, verbosity=0)


def files_led_to(folder, page):
    """Every file that the links of a page lead to, from a sub-folder of a web server."""
    here = f"https://host.example/some/folder/{page.relative_to(folder).as_posix()}"
    for name, link in LINK.findall(page.read_text()):
        if name in {"href", "src"} and not link.startswith(("#", "mailto:", "data:")):
            address = urljoin(here, link)
            if address.startswith("https://host.example/"):
                inside = unquote(urlsplit(address).path).removeprefix("/some/folder/")
                yield folder / (inside + "index.html" if inside.endswith("/") or not inside else inside)


def test_every_link_leads_to_a_file_of_the_copy(network, tmp_path):
    folder = tmp_path / "copy"
    freeze(folder)
    pages = list(folder.rglob("*.html"))
    assert len(pages) > 10
    lost = {target for page in pages for target in files_led_to(folder, page) if not target.is_file()}
    assert lost == set()

    page = (folder / "toolkits/crime-reduction/alley-gating/index.html").read_text()
    assert "A frozen copy of" in page
    assert not re.search("<form|<input", page)
    assert 'href="/' not in page
    assert "Filters need the portal" in (folder / "interventions/index.html").read_text()
    assert (folder / "interventions/page-2/index.html").is_file()
    assert (folder / "interventions/format-csv.csv").read_text(encoding="utf-8-sig").count("\n") > 100
    assert "404" not in json.loads((folder / "frozen.json").read_text())["answers"]
    assert "Page not found" in (folder / "404.html").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_what_is_there_is_not_lost(network, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear")
    for options in [(), ("--force",)]:
        with pytest.raises(CommandError):
            freeze(tmp_path, *options)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_copy_is_replaced_when_asked(network, tmp_path):
    folder = tmp_path / "copy"
    freeze(folder, only=["/about/"])
    (folder / "about" / "extra.html").write_text("old")
    freeze(folder, "--force", only=["/about/"])
    assert (folder / "about" / "index.html").is_file()
    assert not (folder / "about" / "extra.html").exists()


@pytest.mark.parametrize(
    ("address", "kind", "file"),
    [
        ("/", "text/html; charset=utf-8", "index.html"),
        ("/interventions/?page=2", "text/html", "interventions/page-2/index.html"),
        ("/toolkits/a/b/?format=csv", "text/csv", "toolkits/a/b/format-csv.csv"),
        ("/api/v1/records/1", "application/json", "api/v1/records/1.json"),
        ("/feeds/changes.xml", "application/atom+xml", "feeds/changes.xml"),
    ],
)
def test_each_address_has_its_file(address, kind, file):
    assert file_of(address, kind) == Path(file)


def test_what_needs_a_server_is_not_in_the_scope():
    scope = Scope()
    assert scope.has("/interventions/?view=table")
    for address in ("/search/?q=a", "/interventions/?page=2&view=table", "/follow/", "/reports/a/?format=pdf"):
        assert not scope.has(address)
