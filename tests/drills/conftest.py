"""What the drills share, and docs/drills.md, which a whole run writes anew.

A drill says what it measured by `record_property("said", "500 publications, 0 lost")`: it stands in the table.
"""

import platform
import time

import pytest
from django.utils import timezone

from tests.browser.conftest import axe, chromium, probes, site, visit
from tests.databases import ROOT
from tests.drills.portal import postgres

__all__ = ["axe", "chromium", "postgres", "probes", "site", "visit"]

LONGEST = ("test_accessibility", "test_killed_parts", "test_fuzz")
PAGE = ROOT / "docs" / "drills.md"
BEGINNING = """# Drills

`make drill` tries what goes wrong, on a portal and a PostgreSQL of its own: what `make test` has no time for. It takes at
most twenty minutes. A whole run writes this page; `make drill ARGS="-k replica"` runs some of them and writes nothing.
"""


def pytest_collection_modifyitems(items):
    """What takes longest begins first; each with the first sentence of its docstring as its name on the page."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))
    for item in items:
        words = item.function.__doc__ or item.name.removeprefix("test_").replace("_", " ").capitalize()
        item.user_properties.append(("title", words.strip().splitlines()[0].rstrip(".")))


def pytest_configure(config):
    config.drills_began = time.monotonic()


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, config):
    whole = config.args == ["tests/drills"] and not (config.option.keyword or config.option.lf)
    if whole and not (config.option.collectonly or hasattr(config, "workerinput")):
        every = [report for found in terminalreporter.stats.values() for report in found]
        reports = [report for report in every if isinstance(report, pytest.TestReport)]
        PAGE.write_text(written(reports, minutes=(time.monotonic() - config.drills_began) / 60))


def written(reports, *, minutes):
    """The page: when it ran, on what, how long, and a row for each drill of the pytest `reports` (setup, call, teardown)."""
    drills = {}
    for report in reports:
        drills.setdefault(report.nodeid, []).append(report)
    rows, passed = [], 0
    for nodeid, steps in drills.items():
        word = _outcome(steps)
        passed += word == "passed"
        properties = [pair for step in steps for pair in step.user_properties]
        title = next(value for name, value in properties if name == "title")
        case = nodeid.partition("[")[2].removesuffix("]")
        said = "; ".join(dict.fromkeys(str(value) for name, value in properties if name == "said"))
        seconds = sum(step.duration for step in steps)
        rows.append(f"| {title}{f' ({case})' if case else ''} | {word} | {seconds:.0f} s | {said} |")
    lines = [
        BEGINNING,
        f"Last run: {timezone.now():%-d %B %Y}, Python {platform.python_version()}, "
        f"{passed} of {len(rows)} passed, {minutes:.0f} minutes.\n",
        "| drill | result | time | measured |",
        "|---|---|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def _outcome(steps):
    if any(step.failed for step in steps):
        return "**failed**"
    return "not run" if any(step.skipped for step in steps) else "passed"
