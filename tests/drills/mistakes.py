"""Forms sent with something wrong in them: what is wrong has to be said, and the field it is about has to be described by it."""

ACCOUNTS = ".accounts-form"
OWN = "#content form[method=post]"
CHANGE = "#content-main > form[method=post]"


def posts_to(end):
    """The form of a page that is sent to an address with this end."""
    return f"form[action$='/{end}/']"


# Who sends which form of which page (its name, or its address) with nothing in it.
EMPTY = {
    "stranger": [
        ("/follow/?record=1011", "form.public-form"),
        *((name, ACCOUNTS) for name in ("account_login", "account_reset_password", "invitation of a stranger")),
    ],
    "admin": [
        *((name, ACCOUNTS) for name in ("account_change_password", "account_reauthenticate", "mfa_reauthenticate")),
        *(
            (f"admin:evidence_{model}_add", CHANGE)
            for model in ("intervention", "report", "study", "synthesis", "ratingscheme")
        ),
        *((f"admin:evidence_{model}_add", CHANGE) for model in ("outcome", "setting", "ageband", "family")),
        *((f"admin:centres_{model}_add", CHANGE) for model in ("centre", "membership", "succession", "networkfact")),
        *((f"admin:toolkits_{model}_add", CHANGE) for model in ("toolkit", "assessed", "synonymgroup", "sharedlist")),
        *(
            (f"admin:evidence_{model}_change", CHANGE)
            for model in ("intervention", "study", "synthesis", "ratingscheme")
        ),
        ("admin:centres_centre_change", CHANGE),
        ("admin:toolkits_toolkit_change", CHANGE),
        ("admin:centres_invitation_add", ACCOUNTS),
        ("admin:centres_person_change", posts_to("roles/give")),
        ("an edited draft", posts_to("submit")),
        ("editorial:draft", posts_to("settle")),
        *(("editorial:standing", posts_to(verb)) for verb in ("restore", "withdraw", "merge", "remove")),
        ("editorial:new_version", OWN),
        *((name, "form.editorial-form") for name in ("rate from a synthesis", "editorial:appraisal")),
        ("editorial:merge_studies", OWN),
        *(("a waiting revision", posts_to(verb)) for verb in ("comment", "decide", "emergency")),
        ("an approved revision", posts_to("appoint")),
        ("a waiting change set", posts_to("decide")),
        ("an approved change set", posts_to("appoint")),
        *(("editorial:family_difference", posts_to(verb)) for verb in ("other-words", "withdraw")),
    ],
    "editor": [
        ("editorial:new_change_set", OWN),
        ("editorial:revision", posts_to("comment")),
        ("editorial:family_differences", OWN),
        ("editorial:imports", "form[enctype]"),
        ("editorial:study_import", "form[enctype]"),
    ],
}
# Addresses of public pages that say what in them could not be used; those of pages.py apart.
ADDRESSES = {
    "/centres/?on=yesterday": 400,
    "/shortlist/?i=1011&age=banana": 400,
    "/compare/?i=banana": 400,
    "/corrections/?page=99": 404,
    "/pack/?i=banana": 400,
}
# Sent with every text, choice and tick taken out of it, past what the browser would ask for.
SEND_EMPTY = """form => {
  for (const field of form.elements) {
    if (/text|password|email|url|number|date|time|textarea/.test(field.type)) field.value = '';
    if (/radio|checkbox/.test(field.type)) field.checked = false;
    if (/select/.test(field.type)) field.selectedIndex = field.querySelector('option[value=""]') ? 0 : field.selectedIndex;
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector('button:not([formaction]), input[type=submit]'));
}"""
SAYS = ".errorlist:visible, .govuk-error-summary:visible, .errornote:visible, .stale:visible"
# Errors of a field that no control is described by, so that who comes to the field does not hear them.
UNTIED = """() => [...document.querySelectorAll(".errorlist:not(.nonfield), .govuk-error-message")].filter((list) => {
  const shown = list.checkVisibility() && !list.closest(".errornote");
  return shown && !(list.id && document.querySelector(`[aria-describedby~="${CSS.escape(list.id)}"]`));
}).map((list) => `no field is described by ${list.outerHTML.slice(0, 140)}`)"""


def send_empty(eye, address, form, *, name):
    """Open the page, send its form with nothing in it, and look at the answer."""
    page = eye.page
    page.goto(address)
    sent = page.locator(form).first
    if sent.count() == 0:
        eye.found.append(f"{name}: no form {form}")
        return
    with page.expect_navigation():
        sent.evaluate(SEND_EMPTY)
    look_for_errors(eye, f"{name}, {form}")


def look_for_errors(eye, name):
    """Look at a page that has to say what is wrong."""
    eye.look(name, state="error")
    if eye.page.locator(SAYS).count() == 0:
        eye.found.append(f"{name}: says nothing")
    eye.found += [f"{name}: {line}" for line in eye.page.evaluate(UNTIED)]


def send_file(eye, site, address, file):
    """Upload a file whose rows are wrong, let the runner read it, and look at what is said."""
    page = eye.page
    page.goto(address)
    page.set_input_files("input[type=file]", file)
    page.locator("form[enctype] [type=radio]").first.check()
    with page.expect_navigation():
        page.locator("form[enctype] button").click()
    eye.look(f"{address}: being read")
    for _pass in range(3):  # other jobs may wait before it
        site.manage("runner", "--once")
    page.locator("#import-progress").wait_for(state="detached")
    look_for_errors(eye, f"{address}: {file['name']}")


def send_too_long(eye, address, field):
    """Send a form with more in a field than it takes."""
    page = eye.page
    page.goto(address)
    page.evaluate("name => document.querySelector(`[name=${name}]`).removeAttribute('maxlength')", field)
    page.fill(f"[name={field}]", "Bartholomew " * 20)
    with page.expect_navigation():
        page.press(f"[name={field}]", "Enter")
    look_for_errors(eye, f"{address}, too long")


def save_both(eye, other, address):
    """Two people change one text of a form, one after the other: the second is shown both."""
    for somebody in (eye, other):
        somebody.page.goto(address)
    for somebody, words in ((other, "Theirs."), (eye, "Mine.")):
        somebody.page.fill("textarea >> nth=0", words)
        with somebody.page.expect_navigation():
            somebody.page.click("[name=_continue]")
    look_for_errors(eye, f"{address}, saved by two")
