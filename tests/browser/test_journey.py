"""One intervention from a row of a spreadsheet to a public page, to its correction, to its withdrawal.

An editor, a reviewer and a visitor, in three browsers. `SCREENSHOTS=FOLDER` keeps a picture of every step.
"""

import csv
import datetime
import io
import os
from pathlib import Path

from tests.browser.signing_in import sign_in
from tests.browser.test_accessibility import findings

PAGE = "/toolkits/teaching-and-learning/reading-buddies/"
ROW = {
    "toolkit": "teaching-and-learning",
    "slug": "reading-buddies",
    "name": "Reading buddies",
    "summary": "An older pupil listens to a younger one read, twice a week.",
    "outcomes": "attainment",
    "key_findings": "Pupils who read aloud to an older pupil make more progress than others.",
    "how_it_works": "Two pupils meet for twenty minutes, with a book that the younger one chose.",
    "source_url": "https://educationendowmentfoundation.org.uk/reading-buddies",
    "authors": "A. Reader",
    "interests": "None declared",
    "last_searched": datetime.date.today().isoformat(),
}
RATINGS = [
    {"level": "3", "scheme": "eef-months", "reason": "Nine trials, most of them in primary schools."},
    {"level": "1", "scheme": "eef-cost", "reason": "Books and one hour of a teacher's time a week."},
]


class Album:
    """Pictures of a journey, numbered as they were taken; none without a folder to keep them in."""

    def __init__(self):
        self.folder, self.count = os.environ.get("SCREENSHOTS"), 0

    def take(self, page, name):
        self.count += 1
        if self.folder:
            page.screenshot(path=Path(self.folder, f"{self.count:02}-{name}.png"), full_page=True)


def spreadsheet(rows):
    """CSV of `rows` as an upload."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return {"name": "rows.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def bring_in(editor, site, album, table, rows):
    """Upload rows, look at the dry run, and have them written."""
    editor.goto(site.url("/editorial/imports/"))
    editor.check(f"input[name=table][value={table}]")
    editor.set_input_files("input[name=file]", spreadsheet(rows))
    editor.click("button:has-text('Upload and try')")
    # The page looks again by itself until the runner is done.
    site.manage("runner", "--once")
    go_ahead = editor.locator("button:has-text('Import these'), button:has-text('Import this')")
    go_ahead.wait_for()
    album.take(editor, f"dry-run-of-{table}")
    go_ahead.click()
    site.manage("runner", "--once")
    editor.locator("#content :text('imported as')").first.wait_for()


def approve_and_publish(reviewer, site, album, axe, name):
    """As another person: find the submission in the queue, read it, approve it and let it out."""
    reviewer.goto(site.url("/editorial/"))
    reviewer.click("a:has-text('Reading buddies') >> nth=0")
    assert findings(reviewer, axe) == []
    reviewer.check("input[value=approved]")
    album.take(reviewer, name)
    reviewer.click("button:has-text('Record the decision')")
    reviewer.click("button:has-text('Publish now')")
    assert "Published as version" in reviewer.content()


def test_from_a_spreadsheet_to_the_public_to_a_correction_to_withdrawal(visit, site, axe):
    album, visitor = Album(), visit(PAGE, answers=404)

    editor = visit("/accounts/login/")
    sign_in(editor, site, "editor")
    album.take(editor, "home")
    bring_in(editor, site, album, "interventions", [ROW])
    where = {"toolkit": ROW["toolkit"], "intervention": ROW["slug"]}
    bring_in(editor, site, album, "ratings", [where | rating for rating in RATINGS])

    editor.goto(site.url("/admin/evidence/intervention/?q=reading+buddies"))
    editor.click("#result_list a:has-text('Reading buddies')")
    album.take(editor, "form")
    editor.click("a:has-text('Preview, compare and submit')")
    editor.fill("textarea[name=note]", "Older pupils listen to younger ones read.")
    album.take(editor, "draft")
    editor.click("button:has-text('Submit for review')")
    assert "Another reviewer has to decide" in editor.content()
    assert visitor.goto(site.url(PAGE)).status == 404

    reviewer = visit("/accounts/login/")
    sign_in(reviewer, site, "reviewer")
    approve_and_publish(reviewer, site, album, axe, "revision")
    assert visitor.goto(site.url(PAGE)).status == 200
    assert ROW["summary"] in visitor.content()
    album.take(visitor, "public-page")

    editor.goto(site.url("/admin/evidence/intervention/?q=reading+buddies"))
    editor.click("#result_list a:has-text('Reading buddies')")
    editor.fill("textarea[name=summary]", "An older pupil listens to a younger one read, three times a week.")
    editor.click("input[name=_continue] >> nth=0")
    editor.click("a:has-text('Preview, compare and submit')")
    assert not editor.locator("textarea[name=wrong]").is_visible()
    editor.select_option("select[name=change]", "correction")
    editor.fill("textarea[name=note]", "The trials had three meetings a week.")
    editor.fill("textarea[name=wrong]", "We said that the pupils meet twice a week.")
    editor.check("input[name=conclusion][value=same]")
    album.take(editor, "correction")
    editor.click("button:has-text('Submit for review')")
    approve_and_publish(reviewer, site, album, axe, "correction-in-review")
    visitor.reload()
    assert "three times a week" in visitor.content()
    assert "We said that the pupils meet twice a week." in visitor.content()
    album.take(visitor, "corrected-page")
    visitor.goto(site.url("/corrections/"))
    assert "We said that the pupils meet twice a week." in visitor.content()
    album.take(visitor, "corrections")

    reviewer.click("a:has-text('The draft, as it is now')")
    reviewer.click("a:has-text('What is public')")
    reviewer.click("summary:has-text('Withdraw')")
    withdraw = reviewer.locator("form[action$='/withdraw/']")
    withdraw.locator("textarea[name=reason]").fill("The programme is being evaluated anew.")
    album.take(reviewer, "standing")
    withdraw.locator("button").click()
    visitor.goto(site.url(PAGE))
    assert "The programme is being evaluated anew." in visitor.content()
    album.take(visitor, "withdrawn-page")
    visitor.goto(site.url("/toolkits/teaching-and-learning/"))
    assert "Reading buddies" not in visitor.content()
