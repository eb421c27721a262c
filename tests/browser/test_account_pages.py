"""Signing in as people do: by keyboard, on a phone, with a code and with a passkey; every page of it looked at by axe."""

from tests.browser.letters import link_to
from tests.browser.signing_in import sign_in
from tests.browser.test_accessibility import WIDTHS, findings
from tests.integration.accounts.people import code

PASSWORD = "a staple of correct horses"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def look(page, axe):
    """Nothing that axe finds on a phone, and nothing that scrolls sideways there or on a desk."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    page.set_viewport_size({"width": min(WIDTHS), "height": 900})
    assert findings(page, axe) == [], page.url
    assert page.locator("h1").count() == 1, page.url


def tab_to(page, wanted):
    for _press in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({wanted!r})"):
            return
    raise AssertionError(f"{wanted} is not reached by keyboard")


def test_signing_in_by_keyboard(visit, site):
    page = visit("/accounts/login/", width=320)
    assert page.evaluate("document.activeElement.name") == "login"
    page.keyboard.type("reviewer")
    tab_to(page, "[name=password]")
    page.keyboard.type(site.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/authenticate/")
    assert page.evaluate("document.activeElement.name") == "code"
    page.keyboard.type(site.manage("code", "reviewer").strip())
    tab_to(page, "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    tab_to(page, "#logout-form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/")
    assert "You are signed out." in page.content()


def test_without_javascript_a_password_and_a_code_are_enough(visit, site):
    page = visit("/accounts/login/", java_script_enabled=False)
    assert not page.locator("text=Sign in with a passkey").is_visible()
    sign_in(page, site, "network-editor")
    page.goto(site.url("/accounts/2fa/passkeys/add/"))
    assert page.locator("text=offers no passkeys here").is_visible()


def test_every_page_of_ones_account(visit, site, axe):
    page = visit("/accounts/login/")
    look(page, axe)
    for path in ("/accounts/password/reset/", "/accounts/inactive/"):
        page.goto(site.url(path))
        look(page, axe)
    page.goto(site.url("/accounts/login/"))
    page.fill("input[name=login]", "police-editor")
    page.fill("input[name=password]", site.password)
    page.click("button:has-text('Sign in') >> nth=0")
    page.fill("input[name=code]", "000000")
    page.click("button:has-text('Sign in') >> nth=0")
    assert page.locator("[role=alert]").first.is_visible()
    look(page, axe)
    page.fill("input[name=code]", site.manage("code", "police-editor").strip())
    page.click("button:has-text('Sign in') >> nth=0")
    page.wait_for_url("**/admin/")
    for path in ("", "sessions/", "password/change/", "2fa/", "2fa/passkeys/add/", "2fa/app/deactivate/", "logout/"):
        page.goto(site.url(f"/accounts/{path}"))
        look(page, axe)


def test_passkeys_need_a_name(visit, site):
    page = visit("/accounts/login/")
    page.goto(site.url("/accounts/login/").replace("localhost", "127.0.0.1"))
    assert page.locator("text=Sign in with a passkey").count() == 0


def test_from_an_invitation_to_a_passkey(visit, site, axe):
    manager = visit("/accounts/login/")
    sign_in(manager, site, "manager")
    manager.goto(site.url("/admin/centres/invitation/add/"))
    look(manager, axe)
    manager.fill("[name=email]", "nora@example.org")
    manager.click("text=Send the invitation")
    manager.wait_for_url("**/invitation/")

    nora = visit("/accounts/login/")
    chip = nora.context.new_cdp_session(nora)
    chip.send("WebAuthn.enable")
    chip.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    nora.goto(link_to(site, "nora@example.org"))
    look(nora, axe)
    for name, value in {"username": "nora", "first_name": "Nora", "last_name": "New"}.items():
        nora.fill(f"[name={name}]", value)
    for name in ("password1", "password2"):
        nora.fill(f"[name={name}]", PASSWORD)
    nora.click("button:has-text('Join')")
    nora.wait_for_url("**/accounts/2fa/")
    look(nora, axe)
    nora.click("text=Set up an app")
    look(nora, axe)
    assert nora.evaluate("document.querySelector('.accounts-code').naturalWidth") > 0
    nora.fill("[name=code]", code(nora.inner_text(".accounts-key")))
    nora.click("text=The app is set up")
    look(nora, axe)
    nora.goto(site.url("/accounts/2fa/passkeys/add/"))
    nora.fill("[name=name]", "My phone")
    nora.check("[name=passwordless]")
    nora.click("button:has-text('Add this passkey')")
    nora.wait_for_url("**/accounts/2fa/")
    look(nora, axe)

    nora.click("text=Sign out")
    nora.click("text=Sign in with a passkey")
    nora.wait_for_url("**/admin/")
    nora.goto(site.url("/accounts/2fa/"))
    nora.click("text=Sign out")
    nora.fill("[name=login]", "nora")
    nora.fill("[name=password]", PASSWORD)
    nora.click("button:has-text('Sign in') >> nth=0")
    nora.click("text=Use a passkey")
    nora.wait_for_url("**/admin/")

    manager.goto(site.url("/admin/centres/person/?q=nora"))
    manager.click("text=Nora New")
    look(manager, axe)
    manager.click("text=Let this person leave")
    look(manager, axe)
    manager.click("button:has-text('Let them leave')")
    nora.reload()
    assert nora.url.startswith(site.url("/accounts/login/"))
