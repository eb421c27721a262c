"""Whether an answer is right, read from its HTML; nothing wrong is ever timed."""

import re
from html import unescape
from urllib.parse import urlencode

OPTION = re.compile(
    r'<input class="govuk-checkboxes__input"[^>]* name="([^"]+)" value="([^"]*)"[^>]*>\s*'
    r'<label.*?<span class="govuk-visually-hidden">\(</span>(\d+)<',
    re.DOTALL,
)
COUNT = re.compile(r'id="count"[^>]*>\s*(?:(\d+) of )?(\d+) interventions?')
ROW = re.compile(r'class="row__name"><a href="[^"]*/([^"/]+)/"')
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


class Wrong(Exception):
    """An answer that does not say what it should."""


def path_of(letter, expected):
    """The address of a request of W."""
    if letter == "d":
        return "/toolkits/{}/{}/".format(*expected["path"])
    return f"/interventions/?{urlencode(dict(expected['query']))}" if expected["query"] else "/interventions/"


def _same(what, found, right):
    if found != right:
        raise Wrong(f"{what}: {found!r} where {right!r} is right")


def check(letter, html, expected):
    """Raise Wrong where the page of a request does not say what a right answer says."""
    if letter == "d":
        heading = HEADING.search(html)
        _same("d, heading", heading and unescape(heading[1]).strip(), expected["title"])
        if len(re.sub(r"<[^>]+>", " ", html).split()) < 700:
            raise Wrong("d: the text is not there")
        return
    shown = COUNT.search(html)
    if not shown:
        raise Wrong(f"{letter}: no count of interventions")
    count, total = int(shown[1] or shown[2]), int(shown[2])
    _same(f"{letter}, count", count, expected["total"])
    if letter != "c":
        _same(f"{letter}, total", total, expected["of"])
    rows = ROW.findall(html)
    _same(f"{letter}, rows", len(rows), expected["rows"])
    if expected["slugs"]:
        _same(f"{letter}, rows that do not belong", set(rows) - set(expected["slugs"]), set())
    counts = {}
    for facet, value, number in OPTION.findall(html):
        counts.setdefault(facet, {})[unescape(value)] = int(number)
    for facet, values in expected["counts"].items():
        # A facet with one value tells nothing apart, so the site does not show it.
        if facet in counts or len(values) > 1:
            for value, number in values.items():
                _same(f"{letter}, {facet}={value}", counts.get(facet, {}).get(value), number)
        for value, number in counts.get(facet, {}).items():
            _same(f"{letter}, {facet}={value}", number, values.get(value, 0))
