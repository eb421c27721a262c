"""Following a page by mail, from the link on it to the last mail, without a script; and data blocks under our policy."""

import json
from urllib.parse import urlsplit

from tests.browser.letters import link_to
from tests.browser.test_accessibility import findings

MENTORING = "/toolkits/teaching-and-learning/mentoring/"
READER = "reader@example.org"


def test_a_reader_follows_changes_and_stops_without_a_script(visit, axe, site):
    page = visit(MENTORING, width=320, java_script_enabled=False)
    page.get_by_role("link", name="Follow by mail").first.click()
    page.get_by_role("button", name="Send me the link").click()
    assert page.get_by_role("alert").inner_text().splitlines()[-1] == "Write your e-mail address."
    assert page.title().startswith("Error:")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Write your e-mail address.").click()
    page.get_by_label("Your e-mail address").fill(READER)
    page.get_by_label("Once a day").check()
    page.get_by_role("button", name="Send me the link").click()
    assert page.locator("h1").inner_text() == "Look into your mail"
    site.manage("runner", "--once")

    page.goto(site.url(urlsplit(link_to(site, READER, r"/confirm/\d+/")).path))
    page.get_by_role("button", name="Yes, send me mail of this").click()
    site.manage("runner", "--once")
    own = urlsplit(page.url).path
    shown = visit(own, width=320)
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320
    assert findings(shown, axe) == []
    assert shown.get_by_label("Once a day, in the morning").is_checked()
    assert page.context.cookies() == []

    page.goto(site.url(own))
    page.get_by_role("button", name="Stop all mail and delete my address").click()
    assert page.locator("h1").inner_text() == "Stopped"
    site.manage("runner", "--once")
    assert "Nothing is followed with this link" in visit(own).locator("main").inner_text()


def test_what_is_wrong_is_accessible(visit, axe):
    page = visit("/follow/?record=1011", width=320)
    page.get_by_role("button", name="Send me the link").click()
    page.get_by_role("alert").wait_for()
    assert findings(page, axe) == []


def test_the_policy_refuses_no_data_block(visit):
    # `visit` fails where the browser says that the policy refused anything.
    page = visit(MENTORING)
    block = page.locator('script[type="application/ld+json"]')
    assert json.loads(block.text_content())["@context"] == "https://schema.org"
