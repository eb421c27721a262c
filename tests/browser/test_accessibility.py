"""axe on every public template, on a phone and on a desk; and what axe cannot see. Other states: tests/drills."""

import pytest

from tests.browser.pages import ALL, SHOWN_BY_ANOTHER

WIDTHS = (320, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Without copying style sheets that import others into the page, which our policy refuses and no rule here needs.
# The size of targets (2.5.8) is looked at only where it is asked for.
OPTIONS = {
    "runOnly": {"type": "tag", "values": RULES},
    "rules": {"target-size": {"enabled": True}},
    "preload": False,
    "resultTypes": ["violations", "incomplete"],
}


# What may differ when a page is only drawn anew: wider, in other colours, with larger letters.
DRAWN = {
    "type": "rule",
    "values": ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"],
}


def findings(page, axe, *, redrawn=False):
    """What axe finds on a page, as `rule: element` lines; of one that was `redrawn`, only what that can change."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    options = OPTIONS | ({"runOnly": DRAWN} if redrawn else {})
    found = page.evaluate("options => axe.run(document, options)", options)
    wrong = [(rule, node) for rule in found["violations"] for node in rule["nodes"]]
    # In forced colours axe reads letters in the colour of our style sheet, which the browser does not draw them in.
    left = [] if redrawn else found["incomplete"]
    unseen = [(rule, node) for rule in left for node in rule["nodes"] if _is_invisible(node)]
    return [f"{rule['id']}: {node['html'][:160]}" for rule, node in wrong + unseen]


def _is_invisible(node):
    """Whether its letters have the colour of their background, which axe takes for a purpose and leaves to a person."""
    return any((check["data"] or {}).get("messageKey") == "equalRatio" for check in node["any"])


@pytest.fixture(scope="module")
def desk(chromium):
    """One page for all tests of this file, because most of a visit's time is the browser's own; it must log no error."""
    complaints = []
    page = chromium.new_context(locale="en-GB").new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.context.close()
    assert [text for text in complaints if "status of 4" not in text] == []


def test_letters_in_the_colour_of_their_background_are_found(desk, axe):
    desk.set_content('<main><h1>Seen</h1><p style="color: #14213d; background: #14213d">Not seen</p></main>')
    assert [line for line in findings(desk, axe) if line.startswith("color-contrast")] == [
        'color-contrast: <p style="color: #14213d; background: #14213d">Not seen</p>'
    ]


@pytest.mark.parametrize("name", [name for name in ALL if name not in SHOWN_BY_ANOTHER])
def test_page_is_accessible(desk, site, axe, name):
    path, answers = ALL[name]
    desk.set_viewport_size({"width": max(WIDTHS), "height": 900})
    assert desk.goto(site.url(path)).status == answers
    assert desk.locator("h1").count() == 1
    assert desk.title()
    assert desk.locator("main").count() == 1
    for width in reversed(WIDTHS):
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"
        assert findings(desk, axe) == []


def test_axe_would_find_something(visit, axe):
    page = visit("/about/")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"/favicon.ico\"><h5></h5>')")
    assert any(line.startswith("image-alt") for line in findings(page, axe))
