"""The container's recipe names what is there, and forgets no room. The image itself is built where an engine is."""

import re

import pytest

from whatworks.setup import paths

DOCKERFILE = (paths.CHECKOUT / "Dockerfile").read_text()
SENT = {line[1:] for line in (paths.CHECKOUT / ".dockerignore").read_text().split() if line.startswith("!")}
COPIED = [
    source for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for source in line.split()[:-1]
]
PACKAGES = [path.parent.name for path in paths.CHECKOUT.glob("*/__init__.py") if path.parent.name != "tests"]


@pytest.mark.parametrize("source", COPIED)
def test_what_is_copied_exists_and_is_sent(source):
    assert (paths.CHECKOUT / source).exists()
    assert source.split("/")[0] in SENT


@pytest.mark.parametrize("name", [*PACKAGES, "templates", "static", "manage.py"])
def test_nothing_the_portal_needs_is_left_out(name):
    assert name in COPIED


def test_it_runs_as_an_ordinary_user_and_does_not_migrate():
    last = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert re.search(r"^USER whatworks$", last, re.MULTILINE)
    assert "manage.py migrate" not in re.sub(r"^#.*$", "", DOCKERFILE, flags=re.MULTILINE)
