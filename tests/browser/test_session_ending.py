"""What an editor is told before a session ends, in two tabs, by a clock that the test moves."""

from tests.browser.signing_in import sign_in
from tests.browser.test_accessibility import findings

# The session as it is 1 h 51 min after the last request, and 7 h 35 min after the person signed in.
LATER = """
from datetime import timedelta
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from centres.sessions import BEGAN
row = UserSession.objects.filter(user__username="network-editor").latest("pk")
session = SessionStore(row.session_key)
session[BEGAN] -= (7 * 60 + 35) * 60
session.save()
UserSession.objects.filter(pk=row.pk).update(last_seen_at=row.last_seen_at - timedelta(minutes=111))
"""


def asked(page, name):
    page.locator(f"#session-{name}").wait_for()
    return page.evaluate("document.querySelectorAll('dialog[open]').length") == 1


def test_two_tabs_say_when_a_session_ends_and_put_it_off_as_far_as_it_may_last(visit, site, axe):
    page = visit("/accounts/login/", width=320)
    sign_in(page, site, "network-editor")
    page.clock.install()
    page.goto(site.url("/accounts/"))
    tab = page.context.new_page()
    tab.goto(site.url("/accounts/sessions/"))
    page.clock.fast_forward("01:49:00")
    assert page.locator("dialog[open]").count() == 0
    page.clock.fast_forward("00:02:00")
    assert asked(page, "idle")
    assert asked(tab, "idle")
    assert not page.locator("#session-idle [role=alert]").is_visible()
    assert findings(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    until = page.inner_text("#session-idle [data-until]")
    assert until == page.evaluate(
        "new Date(Date.now() + 9 * 60_000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })"
    )

    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert asked(tab, "idle")
    site.manage("shell", "-v0", "-c", LATER)
    assert tab.evaluate("document.activeElement.textContent") == "Stay signed in"
    tab.keyboard.press("Enter")
    # It has begun anew, and the other limit is near: told once, in both.
    assert asked(tab, "whole")
    assert asked(page, "whole")
    tab.keyboard.press("Enter")
    page.locator("#session-whole").wait_for(state="hidden")
    page.reload()
    assert page.locator("dialog[open]").count() == 0

    page.clock.fast_forward("00:26:00")
    assert asked(page, "over")
    assert asked(tab, "over")
