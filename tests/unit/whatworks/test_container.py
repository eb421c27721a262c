"""The container's recipe names what is there, and forgets no room. The image itself is built where an engine is."""

import os
import re
import subprocess
import sys

import pytest

from whatworks.setup import paths

DOCKERFILE = (paths.CHECKOUT / "Dockerfile").read_text()
SENT = {line[1:] for line in (paths.CHECKOUT / ".dockerignore").read_text().split() if line.startswith("!")}
COPIED = [
    source for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for source in line.split()[:-1]
]
AT_BUILD = dict(re.findall(r"\b((?:WHATWORKS|DATABASE)_\w+)=(\S+)", DOCKERFILE[: DOCKERFILE.rindex("\nFROM ")]))
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


def loads(variables):
    """What the settings say of an environment that has nothing but `variables`; empty where they take it."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("WHATWORKS_", "DATABASE_"))}
    settings = [sys.executable, "-c", "import whatworks.settings"]
    run = subprocess.run(
        settings, cwd=paths.CHECKOUT, env=bare | variables, capture_output=True, text=True, check=False
    )
    return run.stderr


def test_the_image_and_the_portal_of_compose_are_given_every_setting_that_is_required():
    assert loads(AT_BUILD) == ""
    named = set(
        re.findall(r"^ +((?:WHATWORKS|DATABASE)_\w+): ", (paths.CHECKOUT / "compose.yaml").read_text(), re.MULTILINE)
    )
    assert set(AT_BUILD) <= named


def test_an_address_that_is_none_is_refused():
    assert "write it like https://" in loads(AT_BUILD | {"WHATWORKS_ADDRESS": "evidence.example.org"})
