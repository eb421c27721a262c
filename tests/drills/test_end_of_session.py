"""A session that ends while an editor types: they are not asked, and lose nothing."""

from tests.browser.signing_in import sign_in
from tests.browser.test_session_ending import asked

ENDED = """
from allauth.usersessions.models import UserSession
UserSession.objects.filter(user__username="police-editor").delete()
"""
FORM = "/admin/evidence/intervention/1118/change/"


def test_whoever_types_is_not_asked_and_loses_nothing_when_the_session_ends(visit, site):
    """Whoever types is not asked, and loses nothing when the session ends"""
    page = visit("/accounts/login/")
    sign_in(page, site, "police-editor")
    page.clock.install()
    page.goto(site.url(FORM))
    page.clock.fast_forward("01:48:00")
    page.fill("[name=costs]", "Typed, and not saved.")
    with page.expect_response("**/sessions/stay/") as answer:
        page.clock.fast_forward("00:04:00")
    assert answer.value.status == 200
    assert page.locator("dialog[open]").count() == 0

    site.manage("shell", "-v0", "-c", ENDED)
    page.click("[name=_continue]")
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, site, "police-editor")
    page.goto(site.url(FORM))
    assert "Typed, and not saved." in page.inner_text(".offer")

    page.fill("[name=costs]", "Typed, and saved.")
    site.manage("shell", "-v0", "-c", ENDED)
    page.clock.fast_forward("02:05:00")
    assert asked(page, "over")
    with page.expect_popup() as opened:
        page.click("#session-over a")
    sign_in(opened.value, site, "police-editor")
    page.locator("#session-over").wait_for(state="hidden")
    page.click("[name=_continue]")
    page.locator(".messagelist .success").wait_for()
