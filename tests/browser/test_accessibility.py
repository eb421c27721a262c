"""axe on every public template, on a phone and on a desk; and what axe cannot see."""

import pytest

from tests.browser.pages import ALL

WIDTHS = (320, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def findings(page, axe):
    """What axe finds on a page, as `rule: element` lines."""
    page.evaluate(axe)
    # Without copying style sheets that import others into the page, which our policy refuses and no rule here needs.
    options = {"runOnly": {"type": "tag", "values": RULES}, "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]


# All in one visit, because most of a visit's time is the browser's own.
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ALL)
def test_page_is_accessible(visit, axe, name, width):
    path, answers = ALL[name]
    page = visit(path, width=width, answers=answers)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"
    assert page.locator("h1").count() == 1
    assert page.title()
    assert page.locator("main").count() == 1
    assert findings(page, axe) == []


def test_axe_would_find_something(visit, axe):
    page = visit("/about/")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"/favicon.ico\"><h5></h5>')")
    assert any(line.startswith("image-alt") for line in findings(page, axe))
