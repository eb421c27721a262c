"""`make lock`: the exact files every later install takes, without naming where they come from."""

import json
import os
import re
import tomllib
from pathlib import Path

from whatworks.setup import environment, frontend, paths
from whatworks.setup.steps import Trouble, call, step

# Each set is held to the versions of the one before it, so that a richer environment contains the poorer one.
EXTRAS = {"production": [], "run": ["embedded"], "test": ["embedded", "test"]}
NPM_FOLDERS = (paths.CHECKOUT, paths.REQUIREMENTS / "browser", paths.REQUIREMENTS / "observatory")
# A mirror's address or a folder of this machine would be of no use elsewhere, and tells more than it should.
PLACES = re.compile(
    r"https?:|file:|--index|--extra-index|--find-links|--trusted-host|\"resolved\"| @ |(?<!\w)/(?:home|opt|root|srv|usr)/"
)


def write_locks() -> None:
    """Resolve again, keeping pinned versions unless `UPGRADE=1`; raises Trouble without uv or when a place leaked in."""
    uv = environment.find_uv()
    if not uv:
        raise Trouble("`make lock` needs uv: `pip install uv`. (`make run` and `make test` do not.)")
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") == "1" else []
    common = [
        uv,
        "pip",
        "compile",
        "--quiet",
        "--no-config",
        "--generate-hashes",
        "--universal",
        "--python-version",
        "3.11",
    ]
    common += ["--no-header", "--no-annotate", *upgrade]
    log = paths.logs_dir() / "lock.log"
    before: list = []
    for name, extras in EXTRAS.items():
        target = paths.REQUIREMENTS / f"{name}.txt"
        with step(f"requirements/{name}.txt"):
            wanted = [word for extra in extras for word in ("--extra", extra)]
            call([*common, *wanted, *before, "-o", target, "pyproject.toml"], log, cwd=paths.CHECKOUT, fetching=True)
        before = ["-c", target]
    with step("requirements/node.txt"):
        extra = tomllib.loads((paths.CHECKOUT / "pyproject.toml").read_text())["project"]["optional-dependencies"][
            "node"
        ]
        wanted = paths.data_dir() / "node.in"
        wanted.write_text("\n".join(extra) + "\n")
        call([*common, "-o", paths.REQUIREMENTS / "node.txt", wanted], log, cwd=paths.CHECKOUT, fetching=True)
    for folder in NPM_FOLDERS:
        with step(f"{(folder / 'package-lock.json').relative_to(paths.CHECKOUT)}"):
            npm_lock(folder, upgrade)
    for path in lock_files():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if PLACES.search(line):
                raise Trouble(f"{path.name}:{number} names a place: {line.strip()}")


def npm_lock(folder: Path, upgrade: list) -> None:
    """Write one npm lock. Its funding links are dropped: they are the only addresses in it."""
    lock = folder / "package-lock.json"
    if upgrade:
        lock.unlink(missing_ok=True)
    npm = frontend.node_tools()[1]
    settings = ["--userconfig", os.devnull, "--omit-lockfile-registry-resolved"]
    call(
        [npm, "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", *settings],
        paths.logs_dir() / "lock.log",
        cwd=folder,
        fetching=True,
    )
    content = json.loads(lock.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(content, indent=2) + "\n")


def lock_files() -> list[Path]:
    """Every lock of the checkout."""
    return [*sorted(paths.REQUIREMENTS.glob("*.txt")), *(folder / "package-lock.json" for folder in NPM_FOLDERS)]
