"""axe and the tape measure on every page there is: plain, wrong, empty and full, narrow and wide, magnified, recoloured.

A page is opened once and looked at in every way before the next. The server says which templates an answer was made of
(telling.py), so that the last test knows whether any was never looked at.
"""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.browser.conftest import portal
from tests.browser.letters import link_to
from tests.browser.pages import ALL
from tests.browser.signing_in import sign_in
from tests.browser.test_accessibility import WIDTHS, findings
from tests.browser.test_account_pages import AUTHENTICATOR
from tests.browser.test_follow import READER
from tests.drills import mistakes
from tests.drills.told import HEADER

TEMPLATES = Path(settings.BASE_DIR, "templates")
ONCE, TWICE = {"standard": 16, "fixed": 13}, {"standard": 32, "fixed": 26}

# Pages for people who have signed in, by the names of their addresses.
EDITORIAL = [
    *("admin:index", "admin:app_list", "admin:evidence_intervention_changelist", "admin:evidence_intervention_add"),
    *("admin:evidence_intervention_change", "admin:evidence_intervention_history", "admin:evidence_report_change"),
    *("admin:evidence_study_changelist", "admin:evidence_study_change"),
    *("admin:evidence_synthesis_change", "admin:evidence_ratingscheme_change", "admin:evidence_outcome_change"),
    *("admin:centres_centre_change", "admin:centres_auditentry_changelist", "admin:centres_auditentry_change"),
    *("admin:centres_person_changelist", "admin:centres_person_change", "admin:centres_person_leave"),
    *("admin:centres_person_forget_second_factors", "admin:centres_invitation_changelist"),
    *("admin:centres_invitation_change", "admin:centres_invitation_add", "admin:toolkits_toolkit_change"),
    *("admin:toolkits_revision_changelist", "admin:centres_succession_change", "admin:toolkits_assessed_change"),
    *("editorial:queue", "editorial:work_list", "editorial:draft", "editorial:preview_draft", "editorial:missing"),
    *("preview of a report",),
    *("editorial:standing", "editorial:revision", "editorial:preview_revision"),
    *("editorial:change_sets", "editorial:change_set", "editorial:new_change_set", "editorial:rate"),
    "rate from a synthesis",
    *("editorial:family_differences", "editorial:family_difference", "editorial:rerating", "editorial:new_version"),
    *("editorial:appraisal", "editorial:study_copies", "editorial:merge_studies", "editorial:imports"),
    *("editorial:import_job", "editorial:study_import", "editorial:study_import_job"),
]
ACCOUNT = [
    *("accounts:own", "accounts:sessions", "account_change_password", "account_reauthenticate", "mfa_index"),
    *("mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *("mfa_add_webauthn", "account_logout"),
]
ENTRANCE = [
    *("account_login", "account_reset_password", "account_reset_password_done", "account_inactive"),
    *("account_reset_password_from_key_done", "new password", "invitation of a stranger", "invitation of a member"),
    *("accounts:invitation",),
]
# Without any network: what lists say when there is nothing in them.
PUBLIC_LISTS = [
    *("/", "/interventions/", "/toolkits/", "/families/", "/centres/", "/reports/", "/syntheses/", "/methods/"),
    *(
        "/corrections/",
        "/search/?q=mentoring",
        "/shortlist/",
        "/pack/",
        "/data/",
        "/data/codebook/",
        "/about/",
        "/api/",
    ),
]
EDITORIAL_LISTS = [
    # Interventions are centres', so that there is nobody who could open their list before there is one.
    *("/admin/", "/admin/evidence/study/", "/admin/centres/auditentry/"),
    *("/admin/centres/person/", "/admin/centres/invitation/", "/editorial/"),
    *("/editorial/change-sets/", "/editorial/imports/", "/editorial/re-rating/", "/editorial/study-copies/"),
    *("/editorial/lists/drafts/",),
]


class Eye:
    """One page of one browser, looked at in every way; `found` keeps what was wrong, `seen` which templates were shown."""

    def __init__(self, page, axe, probes, seen):
        self.page, self.axe, self.probes, self.seen = page, axe, probes, seen
        self.found, self.templates = [], []
        self.protocol = page.context.new_cdp_session(page)
        page.on("response", self._note)

    def _note(self, response):
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.templates = response.headers.get(HEADER.lower(), "").split(",")

    def look(self, name, *, state="plain"):
        """Look at what is shown now: as it is and full; recoloured, magnified and spaced where it is plain."""
        page = self.page
        page.evaluate(self.probes)
        for template in self.templates:
            self.seen.setdefault(template, set()).add(state)
        self._at(name, state, desk="redrawn" if state == "error" else "whole")
        if state == "plain":
            self._wide(max(WIDTHS))
            page.emulate_media(forced_colors="active")
            self._measure(name, "in forced colours", axe="redrawn")
            page.emulate_media(forced_colors="none")
            self.protocol.send("Page.setFontSizes", {"fontSizes": TWICE})
            self._measure(name, "text at 200 %", "sideways", "clipped", axe="redrawn")
            self.protocol.send("Page.setFontSizes", {"fontSizes": ONCE})
            page.evaluate("probes.space()")
            for width in WIDTHS:
                self._wide(width)
                self._measure(name, f"spaced at {width}", "sideways", "clipped")
            page.evaluate("document.adoptedStyleSheets = []; probes.fill()")
            self._at(name, "full", desk="redrawn")
            for template in self.templates:
                self.seen[template].add("full")

    def _at(self, name, state, *, desk="whole"):
        for width, axe in ((max(WIDTHS), desk), (min(WIDTHS), "whole")):
            self._wide(width)
            self._measure(name, f"{state} at {width}", "sideways", "headings", axe=axe)

    def _wide(self, width):
        self.page.set_viewport_size({"width": width, "height": 900})

    def _measure(self, name, how, *probes, axe=""):
        said = [line for probe in probes for line in self.page.evaluate(f"probes.{probe}()")]
        said += findings(self.page, self.axe, redrawn=axe == "redrawn") if axe else []
        self.found += [f"{name}, {how}: {line}" for line in said]

    def go(self, address, *, name=None, answers=200, state="plain"):
        """Open an address, which has to answer so, and look."""
        response = self.page.goto(address)
        if response.status == answers:
            self.look(name or address, state=state)
        else:
            self.found.append(f"{name or address} answered {response.status}")


def assert_nothing(*eyes):
    """Fail with all that these eyes found, a line each."""
    found = [line for eye in eyes for line in eye.found]
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def seen():
    """{template: the states in which it was looked at}."""
    return {}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The built-in network with something of every kind in it: (the site, {name: address}, {template: page})."""
    with portal(tmp_path_factory.mktemp("town"), application="tests.drills.telling:application") as site:
        yield site


@pytest.fixture(scope="module")
def desert(tmp_path_factory):
    """A portal that has no network yet, and its administrators."""
    folder = tmp_path_factory.mktemp("desert")
    with portal(folder, like="migrated", application="tests.drills.telling:application") as site:
        yield site


@pytest.fixture(scope="module")
def built(chromium, town):
    """{"at": {name: address}, "html": {template: page}} of what town.py makes, once its editor has signed in somewhere."""
    page = chromium.new_context(locale="en-GB").new_page()
    sign_in(page, town, "editor")
    page.context.close()
    told = town.manage("shell", "-v0", "-c", "from tests.drills.town import build; build()")
    town.manage("runner", "--once")
    return json.loads(told.strip().splitlines()[-1])


@pytest.fixture
def eye(chromium, axe, probes, seen):
    """Makes an eye on a new browser profile: `eye()`."""
    contexts = []

    def open_eye():
        contexts.append(chromium.new_context(locale="en-GB"))
        return Eye(contexts[-1].new_page(), axe, probes, seen)

    yield open_eye
    for context in contexts:
        context.close()


def test_public_pages(eye, town, record_property):
    """Every public page: axe, reflow, spacing, forced colours, text at 200 %, folds open"""
    reader = eye()
    for name, (path, answers) in ALL.items():
        reader.go(town.url(path), name=name, answers=answers)
    record_property("said", f"{len(ALL)} pages")
    assert_nothing(reader)


def test_pages_that_no_reader_should_see(eye, town, built):
    """The pages for failures, for data that is being made, of a frozen copy and of a removed record"""
    reader = eye()
    for template, html in built["html"].items():
        address = town.url(f"/shown-here/{template}")
        answer = {"status": 200, "body": html, "content_type": "text/html", "headers": {HEADER: template}}
        reader.page.route(address, lambda route, _request, answer=answer: route.fulfill(**answer))
        reader.go(address, name=template)
    reader.go(town.url(built["at"]["removed report"]), name="removed", answers=410)
    assert_nothing(reader)


def test_following_by_mail(eye, town):
    """Following by mail, from the confirmation to the end"""
    reader = eye()
    reader.page.goto(town.url("/follow/?record=1011"))
    reader.page.get_by_label("Your e-mail address").fill(READER)
    reader.page.get_by_role("button", name="Send me the link").click()
    town.manage("runner", "--once")
    confirm = urlsplit(link_to(town, READER, r"/confirm/\d+/")).path
    reader.go(town.url(confirm), name="confirm")
    reader.page.goto(town.url(confirm))
    reader.page.get_by_role("button", name="Yes, send me mail of this").click()
    town.manage("runner", "--once")
    own = re.sub(r"confirm/\d+/$", "", confirm)
    reader.go(town.url(own), name="followed")
    reader.go(town.url(f"{own}stop/"), name="stop")
    assert_nothing(reader)


def test_the_entrance(eye, town, built):
    """Signing in, forgotten passwords and invitations, each with what it says when something is wrong"""
    stranger = eye()
    for name in ENTRANCE:
        stranger.go(town.url(built["at"][name]), name=name, answers=404 if name == "accounts:invitation" else 200)
    # While its link is good: signing in ends it.
    mistakes.send_empty(stranger, town.url(built["at"]["new password"]), mistakes.ACCOUNTS, name="new password")
    page = stranger.page
    page.goto(town.url("/accounts/login/"))
    page.fill("input[name=login]", "police-editor")
    page.fill("input[name=password]", town.password)
    page.click("button:has-text('Sign in') >> nth=0")
    stranger.look("second factor")
    page.fill("input[name=code]", "000000")
    page.click("button:has-text('Sign in') >> nth=0")
    stranger.look("second factor", state="error")
    page.fill("input[name=code]", town.manage("code", "police-editor").strip())
    page.click("button:has-text('Sign in') >> nth=0")
    page.wait_for_url("**/admin/")
    stranger.go(town.url(built["at"]["invitation of a member"]), name="accepting")
    stranger.go(town.url(built["at"]["invitation of a stranger"]), name="for another", answers=403)
    stranger.go(town.url("/admin/centres/networkfact/"), name="not allowed", answers=403)
    newcomer = eye()
    newcomer.page.goto(town.url("/accounts/login/"))
    newcomer.page.fill("input[name=login]", "without-a-factor")
    newcomer.page.fill("input[name=password]", "without-a-factor")
    newcomer.page.click("button:has-text('Sign in') >> nth=0")
    newcomer.page.wait_for_url("**/accounts/2fa/**")
    newcomer.look("second factors, none yet")
    newcomer.go(town.url(built["at"]["mfa_activate_totp"]), name="first second factor")
    newcomer.page.fill("[name=code]", "000000")
    newcomer.page.click("button:has-text('The app is set up')")
    mistakes.look_for_errors(newcomer, "first second factor, wrong code")
    assert_nothing(stranger, newcomer)


def test_editorial_pages(eye, town, built, record_property):
    """Every page of the editorial side and of one's account, signed in"""
    admin = eye()
    sign_in(admin.page, town, "admin")
    chip = admin.protocol
    chip.send("WebAuthn.enable")
    chip.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    _passkey(admin, town)  # first, while the second factor was shown a moment ago
    for name in (*ACCOUNT, *EDITORIAL):
        admin.go(town.url(built["at"][name]), name=name)
    _markdown(admin, town, built)
    record_property("said", f"{len(EDITORIAL) + len(ACCOUNT)} pages")
    assert_nothing(admin)


def _passkey(eye, town):
    """The pages of a passkey, once there is one."""
    page = eye.page
    page.goto(town.url("/accounts/2fa/passkeys/add/"))
    page.fill("[name=name]", "My phone")
    page.click("button:has-text('Add this passkey')")
    page.wait_for_url(lambda address: not address.endswith("/add/"))  # to recovery codes, which the first one brings
    page.goto(town.url("/accounts/2fa/"))
    eye.look("with a passkey")
    for way in ("edit", "remove"):
        address = page.locator(f"a[href*='/{way}/']").first.get_attribute("href")
        eye.go(town.url(address), name=f"passkey: {way}")
        page.goto(town.url("/accounts/2fa/"))
    eye.go(town.url("/accounts/2fa/passkeys/reauthenticate/"), name="passkey: is it still you?")


def _markdown(eye, town, built):
    """What a text's preview is without a script: a page."""
    page = eye.page
    page.goto(town.url(built["at"]["admin:evidence_intervention_change"]))
    page.evaluate(
        "const button = document.querySelector('.preview__button').cloneNode(true);"
        "button.removeAttribute('data-preview'); button.className = ''; button.removeAttribute('formtarget'); button.id = 'plain';"
        "document.querySelector('.preview').append(button)"
    )
    with page.expect_navigation():
        page.click("#plain")
    eye.look("markdown")


def test_forms_sent_empty(eye, town, built, record_property):
    """Every form sent with nothing in it: what is wrong is said, tied to its field, and passes axe"""
    eyes = {"stranger": eye(), "admin": eye(), "editor": eye()}
    for name, forms in mistakes.EMPTY.items():
        if name != "stranger":
            sign_in(eyes[name].page, town, name)
        for page, form in forms:
            mistakes.send_empty(eyes[name], town.url(built["at"].get(page, page)), form, name=page)
    for address, answers in mistakes.ADDRESSES.items():
        eyes["stranger"].go(town.url(address), answers=answers, state="error")
    record_property("said", f"{sum(map(len, mistakes.EMPTY.values()))} forms, {len(mistakes.ADDRESSES)} addresses")
    assert_nothing(*eyes.values())


def test_mistakes_that_take_more_than_an_empty_form(eye, town, built):
    """Files with wrong rows, a name too long, a text saved by two people, an app that has to stay"""
    admin, reviewer = eye(), eye()
    sign_in(admin.page, town, "admin")
    sign_in(reviewer.page, town, "reviewer")
    file = {"mimeType": "text/csv", "buffer": b"record,title\r\nbanana,\r\n99999999,A report\r\n"}
    for page, name in (("editorial:imports", "reports.csv"), ("editorial:study_import", "studies.csv")):
        mistakes.send_file(reviewer, town, town.url(built["at"][page]), file | {"name": name})
    for page in ("accounts:own", "admin:centres_person_change"):
        mistakes.send_too_long(admin, town.url(built["at"][page]), "first_name")
    mistakes.save_both(admin, reviewer, town.url(built["at"]["admin:evidence_intervention_change"]))
    reviewer.page.goto(town.url("/accounts/2fa/app/deactivate/"))
    mistakes.look_for_errors(reviewer, "the only second factor")
    assert_nothing(admin, reviewer)


def test_the_end_of_a_session(eye, town):
    """What is said before and after a session ends, on a page of the editors' side"""
    manager = eye()
    sign_in(manager.page, town, "manager")
    for name in ("idle", "whole", "over"):
        manager.page.goto(town.url("/admin/"))
        manager.page.evaluate(f"document.getElementById('session-{name}').showModal()")
        manager.look(f"session: {name}")
    assert_nothing(manager)


def test_a_portal_without_a_network(eye, desert, record_property):
    """Every list with nothing in it, for visitors and for editors"""
    reader, admin = eye(), eye()
    for path in PUBLIC_LISTS:
        reader.go(desert.url(path), name=path, state="empty")
    sign_in(admin.page, desert, "admin")
    for path in EDITORIAL_LISTS:
        admin.go(desert.url(path), name=path, state="empty")
    record_property("said", f"{len(PUBLIC_LISTS) + len(EDITORIAL_LISTS)} pages")
    assert_nothing(reader, admin)


def test_too_often(eye, town):
    """Whoever tries too often is told to wait, accessibly"""
    stranger = eye()
    for _time in range(25):
        answer = stranger.page.goto(town.url("/accounts/invitation/no-such-secret/"))
        if answer.status == 429:
            break
    stranger.look("too often")
    assert answer.status == 429
    assert_nothing(stranger)


def page_templates():
    """The templates that are a page: those that extend another and that none extends, and those that are whole."""
    sources = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}
    extended = {
        name for own, text in sources.items() for name in re.findall(r"{% extends ['\"]([^'\"]+)", text) if name != own
    }
    pages = {name for name, text in sources.items() if "{% extends" in text or "<!doctype" in text}
    return pages - extended


def test_no_template_was_forgotten(seen, request, record_property):
    """No template that is a page was left out"""
    if request.config.option.keyword or len(seen) < 2:
        pytest.skip("only where all pages were looked at before")
    missing = sorted(page_templates() - set(seen))
    record_property("said", f"{len(page_templates())} templates")
    assert not missing, missing
