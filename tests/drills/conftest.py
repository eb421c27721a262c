"""What the drills share, and docs/drills.md, which a whole run writes anew.

A drill says what it measured by `record_property("said", "500 publications, 0 lost")`: it stands in the table.
"""

import platform

import pytest
from django.utils import timezone

from tests.browser.conftest import axe, chromium, probes, site, visit
from tests.databases import ROOT
from tests.drills.portal import postgres

__all__ = ["axe", "chromium", "postgres", "probes", "site", "visit"]

PAGE = ROOT / "docs" / "drills.md"
BEGINNING = """# Drills

`make drill` tries what goes wrong, on a portal and a PostgreSQL of its own: what `make test` has no time for. It takes at
most twenty minutes. A whole run writes this page; `make drill ARGS="-k replica"` runs some of them and writes nothing.
"""


def pytest_collection_modifyitems(items):
    """Each with the first sentence of its docstring as its name on the page."""
    for item in items:
        words = item.function.__doc__ or item.name.removeprefix("test_").replace("_", " ").capitalize()
        item.user_properties.append(("title", words.strip().splitlines()[0].rstrip(".")))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, config):
    whole = config.args == ["tests/drills"] and not (config.option.keyword or config.option.lf)
    if whole and not config.option.collectonly:
        outcomes = {"passed": "passed", "failed": "**failed**", "error": "**failed**", "skipped": "not run"}
        reports = [
            (report, word)
            for outcome, word in outcomes.items()
            for report in terminalreporter.getreports(outcome)
            if report.when == "call" or outcome != "passed"
        ]
        PAGE.write_text(written(reports))


def written(reports):
    """The page: when it ran, on what, and a row for each of `reports`, which are (report, outcome in a word)."""
    rows = []
    for report, word in reports:
        properties = report.user_properties
        title = next(value for name, value in properties if name == "title")
        case = report.nodeid.partition("[")[2].removesuffix("]")
        said = "; ".join(str(value) for name, value in properties if name == "said")
        rows.append(f"| {title}{f' ({case})' if case else ''} | {word} | {report.duration:.0f} s | {said} |")
    passed = sum(word == "passed" for _report, word in reports)
    lines = [
        BEGINNING,
        f"Last run: {timezone.now():%-d %B %Y}, Python {platform.python_version()}, "
        f"{passed} of {len(rows)} passed, {sum(report.duration for report, _word in reports) / 60:.1f} minutes.\n",
        "| drill | result | time | measured |",
        "|---|---|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"
