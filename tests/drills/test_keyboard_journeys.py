"""The ten main journeys, by Tab, Enter, Space and typing alone; every page on the way is walked from end to end.

At each stop the focus follows the reading order, is covered by nothing, and changes what is seen by enough contrast.
"""

import pytest

from tests.browser.keyboard import Walker
from tests.browser.test_journey import spreadsheet

PHONE, DESK = 320, 1280
STUDIES = [
    {"study": f"Reader {year}", "year": year, "metric": "SMD", "effect": effect, "variance": "0.02"}
    for year, effect in ((2015, "0.21"), (2019, "0.34"))
]

NEW_SYNTHESIS = {
    "Title": "Walked",
    "Name in the address": "walked",
    "Question": "Does it help?",
    "Outcome measured": "Reading",
    "Metric": "SMD",
}


@pytest.fixture(scope="module")
def measured():
    """{kind of element: how much of a focus on it is seen}, of all journeys together."""
    return {}


@pytest.fixture
def walker(visit, probes, measured):
    """Opens a page and walks it: `walker("/", width=320)`."""
    return lambda path, **options: Walker(visit(path, **options), probes, measured)


def type_into_first(walk, text):
    """Type into the field that a page gives the focus to by itself, which it may do after it was loaded."""
    walk.page.wait_for_function("document.activeElement.matches('input')")
    walk.page.keyboard.type(text)
    assert walk.page.evaluate("document.activeElement.value") == text


def signed_in(walker, site, name, **options):
    """Somebody signs in by keyboard, with their second factor."""
    walk = walker("/accounts/login/", **options)
    type_into_first(walk, name)
    walk.to("Password")
    walk.page.keyboard.type(site.password)
    walk.press("Sign in")
    type_into_first(walk, site.manage("code", name).strip())
    walk.press("Sign in")
    walk.page.wait_for_url("**/admin/")
    return walk


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_home_to_an_intervention(walker, width):
    """From the home page to an intervention"""
    walk = walker("/", width=width)
    walk.around()
    walk.to("Search everything")
    walk.page.keyboard.type("one to one tuition")
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Enter")
    walk.around()
    walk.press("One to one tuition")
    assert walk.page.locator("h1").inner_text() == "One to one tuition"
    walk.around()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_filtering_a_list(walker, width):
    """Filtering a list"""
    walk = walker("/toolkits/crime-reduction/", width=width)
    walk.around()
    if width == PHONE:
        walk.to("Filters")
        walk.page.keyboard.press("Enter")
    walk.to("Reoffending")
    walk.page.keyboard.press("Space")
    walk.page.wait_for_url("**outcome=reoffending**")
    walk.around()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_comparing_and_taking_a_pack_away(walker, width):
    """Shortlisting, comparing, and a pack of both"""
    walk = walker("/interventions/?q=mentoring", width=width)
    walk.press("Add to shortlist")
    walk.press("Add to shortlist")
    walk.around()
    walk.press("look")
    walk.around()
    walk.press("Compare them side by side")
    walk.around()
    walk.press("A pack for your committee")
    walk.around()
    walk.to("Word")
    with walk.page.expect_download() as started:
        walk.page.keyboard.press("Enter")
    assert started.value.suggested_filename.endswith(".docx")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_synthesis_and_its_studies(walker, width):
    """Reading a synthesis and one of its studies"""
    walk = walker("/syntheses/", width=width)
    walk.around()
    walk.press("Scared Straight")
    walk.around()
    walk.press("Finkenauer 1982")
    assert "Finkenauer 1982" in walk.page.locator("h1").inner_text()
    walk.around()


def test_following_by_mail(walker):
    """Following a page by mail, with a mistake on the way"""
    walk = walker("/toolkits/teaching-and-learning/mentoring/", width=PHONE)
    walk.press("Follow by mail")
    walk.around()
    walk.press("Send me the link")
    walk.to("Write your e-mail address.")
    walk.page.keyboard.press("Enter")
    walk.page.keyboard.type("keyboard@example.org")
    walk.press("Send me the link")
    assert walk.page.locator("h1").inner_text() == "Look into your mail"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_signing_in(walker, site, width):
    """Signing in with a second factor"""
    walk = walker("/accounts/login/", width=width)
    walk.around()
    walk = signed_in(walker, site, {PHONE: "manager", DESK: "network-editor"}[width], width=width)
    walk.around()


def test_from_a_draft_to_the_public(walker, site):
    """Editing and submitting a draft; reviewing and publishing it"""
    editor = signed_in(walker, site, "editor")
    editor.press("Interventions")
    editor.around()
    editor.to("Search")
    editor.page.keyboard.type("homework")
    with editor.page.expect_navigation():
        editor.page.keyboard.press("Enter")
    editor.press("Homework")
    editor.around()
    editor.to("Summary")
    editor.page.keyboard.press("Control+A")
    editor.page.keyboard.type("Work that pupils do at home, set by their teacher.")
    editor.press("Save and continue editing")
    editor.press("Preview, compare and submit")
    editor.around()
    editor.to("What changed")
    editor.page.keyboard.type("Says what it is.")
    editor.to("Kind of change")
    editor.page.keyboard.type("Wording")
    editor.press("Submit for review")
    editor.around()

    reviewer = signed_in(walker, site, "reviewer")
    reviewer.press("Review and publish")
    reviewer.around()
    reviewer.press("Homework")
    reviewer.around()
    reviewer.to("Approve")
    reviewer.page.keyboard.press("Space")
    reviewer.press("Record the decision")
    reviewer.press("Publish now")
    assert "Published as version" in reviewer.page.content()


def test_studies_from_a_file(walker, site):
    """Bringing studies in from a file"""
    editor = signed_in(walker, site, "editor")
    editor.page.goto(site.url("/admin/evidence/synthesis/add/"))
    editor.around()
    # With the words beside the label, for the list of what is missing has links of the same names.
    for label, text in NEW_SYNTHESIS.items():
        editor.to(f"{label} needed to save")
        editor.page.keyboard.type(text)
    editor.press("Save and continue editing")
    editor.press("Studies from a file")
    editor.around()
    editor.to("The file")
    with editor.page.expect_file_chooser() as chooser:
        editor.page.keyboard.press("Enter")
    chooser.value.set_files(spreadsheet(STUDIES))
    editor.press("Upload and try")
    site.manage("runner", "--once")
    editor.page.locator("#import-progress").wait_for(state="detached")
    editor.around()
    editor.press("Import these")
    site.manage("runner", "--once")
    editor.page.locator("text=2 studies were imported").wait_for()
