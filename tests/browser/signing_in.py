"""Signing in as one of the demonstration's accounts, through the pages."""


def sign_in(page, site, name):
    """From the sign-in page, to which any private address leads, to the page that was asked for."""
    page.goto(site.url("/admin/"))
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", site.password)
    page.click("button:has-text('Sign in') >> nth=0")
    page.fill("input[name=code]", site.manage("code", name).strip())
    page.click("button:has-text('Sign in') >> nth=0")
    page.wait_for_url(site.url("/admin/"))
