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

# From each state of a submission, what may be done and what it then is; anything else is refused.
SUBMISSION = {
    "draft": {"submit": "waiting"},
    "waiting": {
        "return": "returned",
        "approve": "approved",
        "emergency": "published, flagged",
        "submit": "waiting",
    },
    "returned": {"submit": "waiting"},
    "approved": {"publish": "published", "appoint": "scheduled", "submit": "waiting"},
    "scheduled": {"publish": "published", "cancel": "approved"},
    "published": {"submit": "waiting"},
    "published, flagged": {"approve": "published", "submit": "waiting"},
}

# The same of a page. `publish` is that of an approved submission.
PAGE = {
    "never public": {"publish": "live"},
    "live": {"publish": "live", "restore": "live", "withdraw": "withdrawn", "remove": "removed", "merge": "merged"},
    "withdrawn": {"publish": "live", "restore": "live", "remove": "removed", "merge": "merged"},
    "removed": {"publish": "live", "restore": "live"},
    "merged": {"publish": "live", "restore": "live"},
}

# Who may, and what it does.
VERBS = {
    "submit": (
        "an editor or reviewer of the centre",
        "a whole payload is frozen, numbered and digested, with the kind of change and a note for the public; "
        "refused while an earlier one is scheduled, and where exactly this text is public or on its way",
    ),
    "return": ("a reviewer who did not submit it", "with the reason; the draft is mended and submitted again"),
    "approve": (
        "a reviewer who neither submitted it nor sent it out in an emergency",
        "exactly this payload may go out; after an emergency it clears the flag",
    ),
    "emergency": (
        "a reviewer",
        "out at once for a stated reason; stays flagged and listed until a third person approves",
    ),
    "publish": (
        "an editor or reviewer of the centre",
        "if it was approved, is the newest and its digest holds; pages of one change set go out all or none",
    ),
    "appoint": ("an editor or reviewer of the centre", "the runner publishes it at that time, once, also when late"),
    "cancel": ("an editor or reviewer of the centre", "the time goes by; it stays approved"),
    "restore": ("a reviewer", "an earlier version's content as a new version, with a reason"),
    "withdraw": ("a reviewer", "out of every list; its address shows it under a banner with the reason"),
    "remove": ("a reviewer", "no longer shown; its addresses say why"),
    "merge": ("a reviewer", "its address leads to another live record of the same kind"),
}


def _table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def _states(machine):
    """A row a state, a column an action; a dash where it is refused."""
    verbs = [verb for verb in VERBS if any(verb in steps for steps in machine.values())]
    rows = [(f"**{state}**", *(steps.get(verb, "–") for verb in verbs)) for state, steps in machine.items()]
    return _table(("from", *verbs), rows)


def as_markdown():
    """The whole of docs/workflow.md."""
    answers = [(f"**{action}**", *row) for action, row in ANSWERS.items()]
    return f"""# From a draft to the public, and back

This page is printed by `python manage.py workflow`. Tests try every action from every state, and ask every address
after every action.

## A submission

{_states(SUBMISSION)}

Working rows are always drafts and carry no state. The state is that of a frozen revision.

## A page

{_states(PAGE)}

Nothing that was public is ever deleted. Every change of a page is a version of its own, and tells its reason.

## Who may, and what it does

{_table(("action", "by", "what it does"), [(f"**{verb}**", *told) for verb, told in VERBS.items()])}

A network administrator may act for every centre, and still decides on nobody's own work. The network's own records
are its editors'. What belonged to a centre that has ended is kept as it was: only an administrator changes it.

## What the public is told of a change

| kind | says | changes the public date |
|---|---|---|
| new study, new method, wording | what changed, and why | yes |
| minor wording | nothing; ratings and figures are never minor | no |
| correction | also what was wrong, and whether the conclusion changes; stays on the page and on `/corrections/` | yes |

## What each address answers afterwards

{_table(("after", *(f"`{a}`" if a.startswith("/") else a for a in ADDRESSES)), answers)}
"""
