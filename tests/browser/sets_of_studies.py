"""Sets of studies, walked from a spreadsheet to a published forest plot that shows what R's metafor gives.

The first set is walked by clicks through every page, with headings of its own that the editor maps; the others take
the same forms, and their headings are known by then. Every file is written from the built-in network's studies.
"""

import contextlib
import csv
import functools
import json
import math
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.browser.signing_in import sign_in
from tests.factories.spreadsheets import as_csv, as_xlsx
from tests.factories.syntheses import SETS

NETWORK = Path(settings.BASE_DIR, "whatworks", "networks", "what-works")
REFERENCE = Path(settings.BASE_DIR, "tests", "data", "studies", "reference.json")
# Headings of a file of one's own -> what the editor says they are; and the column of the network folder.
HEADINGS = {
    "Paper": ("study", "label"),
    "Came out": ("year", "year"),
    "Where": ("country", "country"),
    "Scale": ("metric", "metric"),
    "Result": ("effect", "effect"),
    "Spread": ("variance", "variance"),
    "Treated": ("n_1", "n_1"),
    "Compared": ("n_2", "n_2"),
    "Everybody": ("n_total", "n_total"),
}
SHOWN_AS = {"logOR": math.exp, "logRR": math.exp, "COR-z": math.tanh, "SMD": float, "MD": float}
AVERAGE = re.compile(r"Average effect\s+([-−]?\d+(?:\.(\d+))?)\b")


@functools.cache
def folder(table):
    with open(NETWORK / f"{table}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def question(dataset):
    """What the built-in network asks of a set's studies."""
    return next(row for row in folder("syntheses") if row["slug"] == SETS[dataset])


def studies(dataset):
    return [row for row in folder("study_results") if row["synthesis"] == SETS[dataset]]


def upload(dataset, form):
    """The studies of a set as a file of one's own."""
    rows = [[row[column] for _field, column in HEADINGS.values()] for row in studies(dataset)]
    data = (as_xlsx if form == "xlsx" else as_csv)(list(HEADINGS), *rows)
    return {"name": f"{dataset}.{form}", "mimeType": "application/octet-stream", "buffer": data}


def fill_in(editor, dataset):
    """A new synthesis in the admin's form, saved; leads to its page there."""
    asked = question(dataset)
    editor.get_by_label("Title", exact=False).first.fill(f"Our reading of {dataset}")
    editor.fill("input[name=slug]", dataset.replace("_", "-"))
    editor.fill("textarea[name=question]", asked["question"])
    editor.fill("input[name=outcome_measured]", asked["outcome_measured"])
    editor.select_option("select[name=metric]", asked["metric"])
    editor.fill("input[name=unit]", asked["unit"])
    editor.select_option("select[name=better]", asked["better"])
    editor.click("input[name=_continue] >> nth=0")


def give_file(editor, dataset, form):
    """From the synthesis in the admin to the dry run of a file, which the runner has yet to do."""
    editor.click("a:has-text('Studies from a file')")
    editor.set_input_files("input[type=file]", upload(dataset, form))
    editor.click("button:has-text('Upload and try')")


def submit(editor, dataset):
    """From the end of an import to the queue of the reviewers."""
    editor.click("a:has-text('Back to the synthesis')")
    editor.fill("textarea[name=note]", f"The studies of {dataset}, pooled.")
    editor.click("button:has-text('Submit for review')")
    assert "Another reviewer has to decide" in editor.content()


def publish(reviewer, site, dataset):
    """Another person reads the submission, approves it and lets it out; the number of studies is what they see."""
    reviewer.goto(site.url("/editorial/"))
    reviewer.click(f"a:has-text('Our reading of {dataset}') >> nth=0")
    reviewer.check("input[value=approved]")
    reviewer.click("button:has-text('Record the decision')")
    reviewer.click("button:has-text('Publish now')")
    assert "Published as version 1" in reviewer.content()


def check_what_is_public(visitor, site, dataset, expected):
    """The public page: a forest plot of k studies, and the average as the reference has it, in the digits shown."""
    visitor.goto(site.url(f"/syntheses/{dataset.replace('_', '-')}/"))
    main = visitor.locator("main")
    text = main.inner_text()
    shown, decimals = AVERAGE.search(text).groups()
    average = SHOWN_AS[expected["effect_metric"]](expected["reml_knapp_hartung"]["estimate"])
    assert abs(float(shown.replace("−", "-")) - average) <= 0.5 * 10 ** -len(decimals or "") + 1e-12, dataset
    assert main.locator("svg").first.is_visible()
    assert main.get_by_role("link", name=re.compile(".")).locator("visible=true").count() >= expected["k"]
    for row in (studies(dataset)[0], studies(dataset)[-1]):
        assert row["label"] in text
    assert re.search(rf"\bStudies\s+{expected['k']}\b", text), dataset


@contextlib.contextmanager
def runner(site):
    """The background process beside the web server, as every portal has it."""
    command = [sys.executable, "manage.py", "runner", "--every", "0.2"]
    running = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=site.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        running.terminate()
        running.wait(timeout=30)


def walk(visit, site, first, *others):
    """From files to the public, for the sets of these names, of which the first file needs its columns mapped."""
    reference = json.loads(REFERENCE.read_text(encoding="utf-8"))["results"]
    with runner(site):
        editor = visit("/accounts/login/")
        sign_in(editor, site, "editor")
        ways = dict(zip((first, *others), imported(editor, site, reference, first, *others), strict=True))
        for dataset, page in ways.items():
            submit(page, dataset)

        reviewer, visitor = visit("/accounts/login/"), visit("/syntheses/")
        assert "Our reading of" not in visitor.content()
        sign_in(reviewer, site, "reviewer")
        for dataset in ways:
            publish(reviewer, site, dataset)
            check_what_is_public(visitor, site, dataset, reference[dataset])


def imported(editor, site, reference, first, *others):
    """A page of the editor's for each set, at the end of its import."""
    editor.click("a:has-text('Syntheses') >> nth=0")
    editor.click("a:has-text('Add synthesis')")
    fill_in(editor, first)
    give_file(editor, first, "xlsx")
    editor.locator("text=no column is the study's label").wait_for()
    for heading, (field, _column) in HEADINGS.items():
        editor.get_by_label(heading, exact=True).select_option(field)
    editor.click("button:has-text('Try with these columns')")
    editor.locator("text=Nothing is written yet").wait_for()
    assert studies(first)[0]["label"] in editor.content()
    editor.click(f"button:has-text('Import these {reference[first]['k']} studies')")

    pages = []
    for place, dataset in enumerate(others):
        page = editor.context.new_page()
        page.goto(site.url("/admin/evidence/synthesis/add/"))
        fill_in(page, dataset)
        give_file(page, dataset, "csv" if place % 2 else "xlsx")
        pages.append(page)
    editor.locator(f"text={reference[first]['k']} studies were imported").wait_for()
    for page, dataset in zip(pages, others, strict=True):
        page.click(f"button:has-text('Import these {reference[dataset]['k']} studies')")
    return [editor, *pages]
