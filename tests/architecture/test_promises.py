"""docs/promises.md names tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "promises.md").read_text())


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_the_test_that_holds_a_promise_is_there(file, test):
    assert f"def {test or 'test_'}" in (ROOT / file).read_text()


def test_every_promise_names_one():
    rows = [line for line in (ROOT / "docs" / "promises.md").read_text().splitlines() if line.startswith("| ")]
    assert len(rows) - 1 == len(NAMED)
