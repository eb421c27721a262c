"""What printed sheets are made of: blocks and inlines as `html_tree` has them, and what all sheets say of a version.

Two more blocks stand here: `facts` (rows of label and content) and `table` (head, rows of cells, widths).
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits import payloads
from toolkits.languages import spoken
from toolkits.public.downloads.html_tree import safe_address
from toolkits.words import parted

# Characters of the SHA-256 that are printed: enough to tell two versions apart, short enough to read out.
DIGEST_SHOWN = 12

_STATE_NOTICES = {
    "live": "",
    "withdrawn": gettext_lazy("This page has been withdrawn; its permanent address says why."),
    "merged": gettext_lazy("This record has been merged into another; its permanent address leads there."),
    "removed": gettext_lazy("This record has been removed; its permanent address says why."),
}


def text(words):
    return {"kind": "text", "text": words}


def strong(words):
    return {"kind": "strong", "content": [text(words)]}


def muted(words):
    return {"kind": "muted", "content": [text(words)]}


def block(content):
    return {"kind": "paragraph", "content": content}


def paragraph(words):
    return block([text(words)])


def bullets(items):
    """A list, from the inlines of each of its items."""
    return {"kind": "list", "ordered": False, "items": [[block(item)] for item in items]}


def points(sentences):
    """A list of sentences; nothing where there are none."""
    return [bullets([[text(words)] for words in sentences])] if sentences else []


def facts(rows, across=1):
    """Rows of label and content; on paper `across` of them side by side."""
    return {
        "kind": "facts",
        "rows": [{"label": label, "content": content} for label, content in rows],
        "across": across,
    }


def table(head, rows, widths):
    """A table of words: `rows` of one string a cell."""
    cells = [[[paragraph(words)] if words else [] for words in row] for row in rows]
    return {"kind": "table", "head": head, "widths": widths, "rows": cells}


def with_english(found, texts):
    """Blocks and inlines, with what stands in them of `texts` as inlines of the kind `english` (text)."""
    if isinstance(found, list) and texts:
        return [marked for one in found for marked in _marked(one, texts)]
    return found


def _marked(one, texts):
    if isinstance(one, dict) and one.get("kind") == "text":
        kinds = ("text", "english")
        return [
            {"kind": kinds[place % 2], "text": said} for place, said in enumerate(parted(one["text"], texts)) if said
        ]
    if isinstance(one, dict):
        inside = ("content", "items", "blocks", "rows")
        return [{key: with_english(value, texts) if key in inside else value for key, value in one.items()}]
    return [with_english(one, texts)]


def sections_with_english(sections, texts):
    """Sections, each with `with_english` in its blocks."""
    return [section(one["title"], with_english(one["blocks"], texts)) for one in sections]


def english_in(*documents):
    """What is English of some documents, to be marked in a sheet of another language; nothing in an English one."""
    if spoken() == "en":
        return frozenset()
    return frozenset(text for document in documents for text in payloads.english_texts(document))


def section(title, blocks):
    return {"title": title, "blocks": blocks}


def source(found, role=""):
    """The inlines of a payloads.Source; none where it says nothing."""
    if not found.url and not found.note:
        return []
    href = safe_address(found.url)
    known = [role, _("copy on {site}").format(site=found.copy_on) if found.copy_on else "", found.note]
    known = "; ".join(words for words in known if words)
    if not href:
        return [text("; ".join(words for words in (found.url, known) if words))]
    link = {"kind": "link", "href": href, "content": [text(found.url)]}
    return [link, text(f" ({known})")] if known else [link]


def state_notice(page):
    """What is to be said first of a page that is not live; empty where it is."""
    return _STATE_NOTICES.get(page.state, page.state)


def version_rows(page):
    """Rows of facts: the version, what changed in it, and what was wrong before."""
    change = f"{page.change_label}. {sentence(page.note)}" if page.note else sentence(str(page.change_label))
    published = date(timezone.localtime(page.published_at, timezone.get_default_timezone()))
    return [
        (_("Version"), [text(_("{number}, published {date}.").format(number=page.version, date=published))]),
        (_("What changed"), [text(change)]),
        *((_("Correction"), [text(_corrected(correction))]) for correction in page.corrected),
    ]


def address_rows(page, address):
    """Rows of facts: where exactly this version stays, and how to tell that it is the one."""
    return [
        (_("Permanent address"), [{"kind": "link", "href": safe_address(address), "content": [text(address)]}]),
        (_("Content hash"), [text(_("SHA-256, begins {digest}").format(digest=page.digest[:DIGEST_SHOWN]))]),
    ]


def footer(page, address):
    """What stands at the foot of every sheet of paper."""
    return {
        "version": _("Version {number}").format(number=page.version),
        "address": address,
        "page": _("Page {page} of {pages}"),
    }


def _corrected(correction):
    """A correction in a line: when, what was wrong, whether the conclusion changes."""
    day = date(timezone.localtime(correction.at, timezone.get_default_timezone()))
    words = [_("Version {number}, {date}").format(number=correction.version, date=day), correction.wrong]
    return " ".join(map(sentence, [*words, str(correction.conclusion_label)]))


def date(day):
    return date_format(day, "j F Y") if day else _("not recorded here")


def sentence(words):
    """`words` as a sentence of their own: a capital and an end."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?", "…", "”")) else ".")


def quoted(words):
    return _("“{words}”").format(words=words)
