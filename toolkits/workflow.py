"""What every editorial action makes each address answer: one table, shown in docs/workflow.md and tested.

The test carries each action out and asks every address; the document is this table, printed.
"""

ADDRESSES = ("its page", "lists", "feed", "sitemap", "/record/<id>/", "/record/<id>/v1/")

NO_CHANGE = ("as before",) * len(ADDRESSES)

ANSWERS = {
    "submit": NO_CHANGE,
    "return": NO_CHANGE,
    "approve": NO_CHANGE,
    "publish": (
        "200, new text",
        "listed",
        "event added",
        "listed",
        "302 to its page",
        "200, with a link to the newest",
    ),
    "restore": (
        "200, old text",
        "listed",
        "event added",
        "listed",
        "302 to its page",
        "200, with a link to the newest",
    ),
    "withdraw": ("200, banner and reason", "not listed", "event added", "not listed", "302 to its page", "200, banner"),
    "remove": (
        "410, with the reason",
        "not listed",
        "event added",
        "not listed",
        "410, with the reason",
        "410, with the reason",
    ),
    "merge": (
        "301 to the other",
        "not listed",
        "event added",
        "not listed",
        "301 to the other",
        "200, with a link to the other",
    ),
    "move": (
        "301 from the old address",
        "listed",
        "event added",
        "listed",
        "302 to its page",
        "200, with a link to the newest",
    ),
}

STEPS = (
    ("draft", "submit", "waiting", "an editor of the centre", "a whole payload is frozen, numbered and digested"),
    ("waiting", "return", "draft", "a reviewer of the centre who did not submit it", "with the reason"),
    ("waiting", "approve", "approved", "a reviewer of the centre who did not submit it", "exactly this payload"),
    ("waiting", "emergency", "approved", "a reviewer", "with a reason; stays flagged until another person approves"),
    (
        "approved",
        "publish",
        "public",
        "an editor or reviewer of the centre",
        "if it is the newest and its digest holds",
    ),
    ("public", "restore", "public", "a reviewer", "an earlier version's content as a new version"),
    ("public", "withdraw", "withdrawn", "a reviewer", "with a reason shown to the public"),
    ("public, withdrawn", "remove", "removed", "a reviewer", "with a reason shown to the public"),
    ("public, withdrawn", "merge", "merged", "a reviewer", "into a live record of the same kind"),
    ("withdrawn, removed, merged", "restore", "public", "a reviewer", "with a reason"),
)


def _table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def as_markdown():
    """The whole of docs/workflow.md."""
    answers = [(f"**{action}**", *row) for action, row in ANSWERS.items()]
    return f"""# From a draft to the public, and back

This page is printed by `python manage.py workflow`; a test carries out every action and asks every address.

## Steps

{_table(("from", "action", "to", "by", "what it does"), STEPS)}

Working rows are always drafts and carry no state. The state is that of a frozen revision and of the published row.
Nothing that was public is ever deleted.

## What each address answers afterwards

{_table(("after", *(f"`{a}`" if a.startswith("/") else a for a in ADDRESSES)), answers)}
"""
