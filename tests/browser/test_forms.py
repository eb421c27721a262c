"""The admin's forms in a browser: they count, preview, say what is missing and keep what was typed; and axe looks."""

import re

import pytest

from tests.browser.signing_in import sign_in
from tests.browser.test_accessibility import findings

FORM = "/admin/evidence/intervention/1011/change/"
# One of each kind of page that Django draws and we mend, and of those between a draft and the public.
LOOKED_AT = {
    "home": "/admin/",
    "list": "/admin/evidence/intervention/",
    "form": FORM,
    "new": "/admin/evidence/intervention/add/",
    "report": "/admin/evidence/report/5001/change/",
    "history": "/admin/evidence/intervention/1011/history/",
    "work": "/editorial/lists/recent/",
    "missing": "/editorial/intervention/1011/missing/",
    "queue": "/editorial/",
    "draft": "/editorial/intervention/1011/",
    "standing": "/editorial/intervention/1011/public/",
    "change sets": "/editorial/change-sets/",
    "new change set": "/editorial/change-sets/new/?record=1011",
    "imports": "/editorial/imports/",
    "re-rating": "/editorial/re-rating/",
    "audit": "/admin/centres/auditentry/",
    "revisions": "/admin/toolkits/revision/",
    "scale": "/admin/evidence/ratingscheme/301/change/",
}


@pytest.fixture(scope="module")
def editor_state(chromium, site):
    """What a browser keeps of an editor who has signed in: once for all tests of this file."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    sign_in(page, site, "editor")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_page(visit, editor_state):
    """Open an address as that editor."""
    return lambda path, **options: visit(path, storage_state=editor_state, **options)


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, site, axe, width):
    page = open_page("/admin/", width=width)
    found = {}
    for name, path in LOOKED_AT.items():
        page.goto(site.url(path))
        found[name] = findings(page, axe)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[name].append("it scrolls sideways")
    assert found == {name: [] for name in LOOKED_AT}


def test_a_text_is_counted_as_it_is_typed(open_page):
    page = open_page(FORM)
    count = page.locator(".field-summary .count")
    page.fill("[name=summary]", "Twelve chars")
    assert count.inner_text() == "12 now"
    page.click("text=Add another Rating")
    assert page.locator("#ratings-3 .field-reason .count").inner_text() == "0 now"


def test_the_list_of_what_is_missing_follows_the_form(open_page):
    page = open_page(FORM)
    missing = page.locator("#missing")
    assert "Nothing is missing" in missing.inner_text()
    with page.expect_response(re.compile("/missing/")):
        page.fill("[name=ratings-0-value]", "9")
    missing.locator(".missing__count:has-text('1 thing is missing')").wait_for()
    assert page.locator("[data-missing-status]").inner_text() == "1 thing is missing"
    missing.locator("text=Months' additional progress: Low impact: say why this level.").first.click()
    assert page.evaluate("document.activeElement.name") == "ratings-0-reason"
    with page.expect_response(re.compile("/missing/")):
        page.keyboard.type("A fifth trial was found.")
    missing.locator(".missing__count:has-text('Nothing is missing')").wait_for()


def test_markdown_is_previewed_in_place(open_page):
    page = open_page(FORM)
    page.fill("[name=costs]", "**About £100** a pupil")
    page.click(".field-costs .preview__button")
    page.locator(".field-costs .preview__text strong:has-text('About £100')").wait_for()
    assert page.url.endswith(FORM)


def test_a_text_that_was_not_saved_is_offered_again_and_one_that_was_is_not(open_page):
    page = open_page(FORM)
    page.fill("[name=gaps]", "Nobody knows about girls.")
    page.reload()
    assert page.locator("[name=gaps]").input_value() == ""
    page.click(".field-gaps [data-put-back]")
    assert page.locator("[name=gaps]").input_value() == "Nobody knows about girls."
    page.click("[name=_continue] >> nth=0")
    page.locator(".messagelist .success").wait_for()
    page.fill("[name=gaps]", "")
    page.click("[name=_continue] >> nth=0")
    page.locator(".messagelist .success").wait_for()
    assert page.locator(".offer").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('text:'))") == []


def test_it_all_works_without_a_script(open_page):
    page = open_page(FORM, java_script_enabled=False)
    with page.context.expect_page() as opened:
        page.click("text=Check what is missing")
    assert "Nothing is missing" in opened.value.content()
    page.fill("[name=costs]", "**About £100** a pupil")
    with page.context.expect_page() as opened:
        page.click(".field-costs .preview__button")
    assert "<strong>About £100</strong>" in opened.value.content()
    page.click("text=Show an empty row to add another")
    assert page.locator("[name=ratings-3-level]").count() == 1


def test_a_form_is_filled_in_and_saved_by_keyboard(open_page):
    page = open_page(FORM)
    page.focus("[name=name]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "summary"
    page.focus("[name=name]")
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert page.url.endswith("/admin/evidence/intervention/")
