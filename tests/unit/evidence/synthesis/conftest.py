import json
from pathlib import Path

import pytest

STUDIES = Path(__file__).resolve().parents[3] / "data" / "studies"


@pytest.fixture(scope="session")
def studies_folder():
    return STUDIES


@pytest.fixture(scope="session")
def reference():
    return json.loads((STUDIES / "reference.json").read_text())["results"]


def pytest_generate_tests(metafunc):
    if "dataset" in metafunc.fixturenames:
        metafunc.parametrize("dataset", sorted(path.stem for path in STUDIES.glob("*.csv")))
