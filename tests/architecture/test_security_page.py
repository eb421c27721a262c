"""docs/security.md goes through every requirement, and names tests, files and settings that exist."""

import re
from pathlib import Path

from django.conf import settings

from whatworks.variables import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text()
NAMED = re.findall(r"`([^`\n]+)`", TEXT)
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has. They are the first of their section.
SECTIONS = {
    **{"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1},
    **{"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4},
    **{"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4},
    **{"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1},
    **{"9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3},
    **{"11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4},
    **{"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3},
    **{"15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3},
    **{"17.1": 1, "17.2": 4, "17.3": 2},
}
NUMBER = r"\d+\.\d+\.\d+"


def gone_through():
    """Every number of a row, or of what is not used at all; `1.2.6 to 1.2.8` are three."""
    found = []
    for line in TEXT.splitlines():
        if not line.startswith(("| ", "Not used: ")):
            continue
        said = line.split("|")[1] if line.startswith("|") else line
        for first, last in re.findall(rf"({NUMBER})(?: to ({NUMBER}))?", said):
            section, _dot, number = first.rpartition(".")
            found += [f"{section}.{n}" for n in range(int(number), int((last or first).rpartition(".")[2]) + 1)]
    return found


def test_every_requirement_is_gone_through_once():
    wanted = [f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)]
    assert sorted(gone_through()) == sorted(wanted)


def test_every_test_that_is_named_is_there():
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    named = {name for name in NAMED if re.fullmatch(r"test_\w+", name)}
    assert len(named) > 100
    assert {name for name in named if f"def {name}(" not in tests} == set()


def test_every_file_that_is_named_is_there():
    files = {name for name in NAMED if re.fullmatch(r"[\w./-]+/[\w.-]*|[\w-]+\.(?:py|toml|yaml|md)", name)}
    files = {name for name in files if not name.startswith(("/", "build/"))}
    assert len(files) > 15
    missing = {name for name in files if not (ROOT / name).exists() and not list((ROOT / "tests").rglob(name))}
    assert missing == set()


def test_every_setting_that_is_named_is_there():
    variables = VARIABLES.keys()
    named = {name for name in NAMED if re.fullmatch(r"[A-Z]+(?:_[A-Z]+)+|DEBUG", name)}
    assert len(named) > 15
    assert {name for name in named if name not in variables and not hasattr(settings, name)} == set()
