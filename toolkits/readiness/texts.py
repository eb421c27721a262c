"""What is asked of texts, whatever kind of document they stand in: length, plain words, links, headings, pictures."""

import re
from html.parser import HTMLParser

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits.readiness.rules import ADVICE, MUST, Lack, Rule, rule
from toolkits.reading_age import reading_age

# What product design asks of summaries: a reader of about 14, in a sentence or two.
READING_AGE = 14
TOLERATED = 2
HTML = "_html"
# Words of a link that say nothing to somebody who hears them alone.
EMPTY_WORDS = {
    "click here",
    "here",
    "this",
    "this page",
    "this link",
    "link",
    "more",
    "read more",
    "see more",
    "website",
}
# How the Markdown of a picture comes out, which the pages do not show: an exclamation mark before a link.
PICTURE = re.compile(r"!<a |&lt;img\b")


class Outline(HTMLParser):
    """The links (address, words) and the levels of the headings of safe HTML, in order."""

    def __init__(self, html):
        super().__init__()
        self.links, self.headings = [], []
        self._address, self._words = None, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self._address, self._words = dict(attrs).get("href") or "", []
        elif tag in {"h3", "h4"}:
            self.headings.append(int(tag[1]))

    def handle_data(self, data):
        self._words.append(data)

    def handle_endtag(self, tag):
        if tag == "a" and self._address is not None:
            self.links.append((self._address, " ".join("".join(self._words).split())))
            self._address = None


def rich(document):
    """(name of the form's field, safe HTML) of each of a document's rich texts that says something."""
    for field in msgspec.structs.fields(document):
        if field.name.endswith(HTML) and getattr(document, field.name):
            yield field.name.removesuffix(HTML), getattr(document, field.name)


def links(document):
    """(name of the form's field, address, words) of each link in a document's rich texts."""
    for name, html in rich(document):
        for address, words in Outline(html).links:
            yield name, address, words


def addresses(document):
    """The addresses that a document's rich texts lead to."""
    return {address for _name, address, _words in links(document)}


def length(name, *, about):
    """The rule that a short text is neither far longer than `about` characters nor next to nothing."""

    @rule("length", ADVICE, gettext_lazy("The summary has a good length."))
    def find(document, facts):
        characters = len(getattr(document, name))
        if characters > about * 1.25:
            text = _("This has %(n)s characters. Readers take in about %(about)s at a glance: shorten it if you can.")
            yield Lack(text % {"n": characters, "about": about}, name)
        elif 0 < characters < about / 4:
            text = _("This has only %(n)s characters. Say in a sentence or two what it is.")
            yield Lack(text % {"n": characters}, name)

    return find


def plain_words(name):
    """The rule that a short text can be followed by a reader of about 14."""

    @rule("reading age", ADVICE, gettext_lazy("The summary is in plain words."))
    def find(document, facts):
        if getattr(document, "language", "en") != "en":
            return
        age = reading_age(getattr(document, name))
        if age is not None and age > READING_AGE + TOLERATED:
            text = _("This reads as for somebody of about %(age)s. Aim for %(aim)s: shorter sentences, everyday words.")
            yield Lack(text % {"age": age, "aim": READING_AGE}, name)

    return find


@rule("links", MUST, gettext_lazy("No link leads nowhere."))
def working_links(document, facts):
    for name, address, words in links(document):
        if not words:
            yield Lack(_("A link to %(to)s has no words to click on.") % {"to": address}, name, (address, "words"))
        if not address.startswith(("/", "#", "http://", "https://", "mailto:")):
            text = _("The link “%(words)s” leads nowhere: write its whole address, or one that begins with /.")
            yield Lack(text % {"words": words}, name, address)
        elif address in facts.broken:
            text = _("The link “%(words)s” leads to %(to)s, which is no public page here.")
            yield Lack(text % {"words": words, "to": address}, name, address)


@rule("link words", ADVICE, gettext_lazy("Links say where they lead."))
def telling_links(document, facts):
    for name, address, words in links(document):
        if words.lower().strip(".:") in EMPTY_WORDS or words == address:
            text = _("The link “%(words)s” does not say where it leads: a screen reader may read only its words.")
            yield Lack(text % {"words": words}, name)


@rule("headings", ADVICE, gettext_lazy("Headings come in order."))
def headings_in_order(document, facts):
    for name, html in rich(document):
        if Outline(html).headings[:1] == [4]:
            yield Lack(_("The first heading is a lesser one (##). Begin with #."), name)


@rule("pictures", MUST, gettext_lazy("No text rests on a picture."))
def no_pictures(document, facts):
    for name, html in rich(document):
        if PICTURE.search(html):
            text = _("Pictures are not shown here: say in words what this one shows, and link to it if need be.")
            yield Lack(text, name, (name, len(PICTURE.findall(html))))


RICH: tuple[Rule, ...] = (working_links, no_pictures, telling_links, headings_in_order)
