"""What the pages for people name is there: files, tests, commands, settings, headings that are linked to."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from whatworks.setup.commands import COMMANDS
from whatworks.variables import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md"))]
FOLDERS = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and re.fullmatch(r"[a-z]+", path.name))
TESTS = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
MAKE = {*COMMANDS, "help"}
MADE = ("build/", "node_modules/")  # by a command, and not committed


def names(page, pattern):
    """What a pattern finds in a page, each once."""
    return sorted(set(re.findall(pattern, page.read_text())))


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request):
    return request.param


def anchor(heading):
    """How GitHub names a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_link_leads_somewhere(page):
    for target in names(page, r"\]\(([^)\s]+)\)"):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, part = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if part:
            assert part in {anchor(line) for line in re.findall(r"^#+ (.*)$", file.read_text(), re.M)}, target


def test_every_file_and_test_is_there(page):
    for file, test in names(page, rf"`((?:{FOLDERS})/[\w./-]*)(?:::(\w+))?`"):
        if not file.startswith(MADE):
            assert (ROOT / file).exists(), file
        assert not test or f"def {test}(" in (ROOT / file).read_text(), test
    for test in names(page, r"\b(test_\w+)\b(?!\.py)"):
        assert f"def {test}" in TESTS or list((ROOT / "tests").rglob(f"{test}.py")), test


def test_every_command_and_setting_is_there(page):
    commands = get_commands().keys()
    assert {name for name in names(page, r"manage\.py ([a-z_]+)\b") if name not in commands} == set()
    assert {name for name in names(page, r"(?m)(?:`|^|portal |=\S+ )make ([a-z]+)\b") if name not in MAKE} == set()
    assert {name for name in names(page, r"\bWHATWORKS_[A-Z_]+\b") if name not in VARIABLES} == set()
