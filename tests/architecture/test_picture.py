"""The picture of the imports in docs/ is that of the code."""

from tests.architecture.picture import PAGE, arrows, as_markdown


def test_the_picture_is_current():
    assert PAGE.read_text() == as_markdown(), "run: python -m tests.architecture.picture"


def test_it_sees_what_is_there_and_no_arrow_back():
    found = arrows()
    assert ("toolkits.public", "toolkits.published") in found
    assert ("evidence", "toolkits") not in found
    assert ("toolkits.public", "evidence") in found
