"""The search box as a combobox: keyboard, screen reader, narrow phone, and without script."""

import re

import pytest

from tests.browser.test_accessibility import findings

BOXES = {
    "home": ("/", "home-q", 320),
    "header": ("/centres/", "header-q", 1280),
    "search": ("/search/", "search-q", 320),
}


def suggest(visit, name, text="ment"):
    """A page with suggestions for `text` open in one of its boxes: (page, box, list)."""
    path, identity, width = BOXES[name]
    page = visit(path, width=width)
    box = page.locator(f"#{identity}")
    box.focus()
    page.keyboard.type(text)
    options = page.locator(f"#{identity}-suggestions")
    options.wait_for(state="visible")
    return page, box, options


def active(page, box):
    """The text of the option that is active, or None."""
    identity = box.get_attribute("aria-activedescendant")
    return page.locator(f"#{identity}").inner_text() if identity else None


@pytest.mark.parametrize("name", BOXES)
def test_axe_finds_nothing_with_the_suggestions_open(visit, axe, name):
    page, box, _options = suggest(visit, name)
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant")
    assert findings(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_box_says_what_it_is_and_whether_it_is_open(visit):
    page, box, options = suggest(visit, "home")
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-autocomplete") == "list"
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-controls") == options.get_attribute("id")
    assert options.get_attribute("role") == "listbox"
    assert options.get_attribute("aria-label")
    count = options.locator("[role=option]").count()
    assert 1 < count <= 8
    assert str(count) in page.locator(".search-box__field [role=status]").inner_text()


def test_arrows_go_round_through_the_options_and_the_box(visit):
    page, box, options = suggest(visit, "home")
    texts = options.locator("[role=option]").all_inner_texts()
    seen = []
    for _ in range(len(texts) + 1):
        page.keyboard.press("ArrowDown")
        seen.append(active(page, box))
    assert seen == [*texts, None]
    page.keyboard.press("ArrowUp")
    assert active(page, box) == texts[-1]
    assert options.locator("[aria-selected=true]").all_inner_texts() == [texts[-1]]
    # What was typed stays, and so does the focus.
    assert box.input_value() == "ment"
    assert page.evaluate("document.activeElement.id") == "home-q"


def test_escape_closes_and_keeps_what_was_typed(visit):
    page, box, options = suggest(visit, "home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    options.wait_for(state="hidden")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    assert box.input_value() == "ment"
    page.keyboard.press("ArrowDown")
    options.wait_for(state="visible")


def test_enter_on_an_option_goes_to_its_page(visit):
    page, box, _options = suggest(visit, "home", "one to one tui")
    page.keyboard.press("ArrowDown")
    name = active(page, box).splitlines()[0].strip()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text().strip() == name


def test_enter_without_an_option_is_a_plain_search(visit):
    page, _box, _options = suggest(visit, "header")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/search/?q=ment")


def test_an_option_can_be_pressed(visit):
    page, _box, options = suggest(visit, "search")
    with page.expect_navigation():
        options.locator("[role=option]").nth(1).click()
    assert "/search/" not in page.url


def test_leaving_the_box_closes_the_list(visit):
    page, _box, options = suggest(visit, "home")
    page.keyboard.press("Tab")
    options.wait_for(state="hidden")


def test_the_server_is_asked_once_for_what_is_typed_in_one_go(visit):
    page = visit("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/search/suggest/" in request.url else None)
    page.locator("#home-q").press_sequentially("mentoring", delay=20)
    page.locator("#home-q-suggestions [role=option]").first.wait_for()
    assert len(asked) == 1
    assert asked[0].endswith("q=mentoring")


def test_without_script_the_box_is_a_plain_search(visit):
    page = visit("/", java_script_enabled=False)
    page.locator("#home-q").fill("rough sleepers")
    with page.expect_navigation():
        page.locator("#home-q").press("Enter")
    assert re.search(r"/search/\?q=rough[+]sleepers$", page.url)
    assert page.locator("mark").count() > 0


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_header_is_one_line(visit, width):
    page = visit("/centres/", width=width)
    # Above it stands the switch to the other language, on a line of its own.
    assert page.locator(".site-header__bar").bounding_box()["height"] < 80
    shown = [page.locator(name).is_visible() for name in (".site-header__search", "#header-q")]
    assert sum(shown) == 1


def test_words_and_facets_work_together_in_a_list(visit):
    page = visit("/interventions/")
    page.locator("#words").fill("mentoring")
    page.locator("#words").press("Enter")
    page.wait_for_url("**q=mentoring**")
    page.locator("#results mark").first.wait_for()
    count = page.locator("#count").inner_text()
    page.locator("input[name=centre][value=eef]").evaluate("box => box.click()")
    page.wait_for_url("**centre=eef**")
    assert "q=mentoring" in page.url
    page.wait_for_function("before => document.getElementById('count').innerText !== before", arg=count)
    assert page.locator("#results mark").count() > 0
