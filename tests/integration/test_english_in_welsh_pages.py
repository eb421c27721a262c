"""What centres wrote in English stands, in Welsh pages too, where the nearest language is English."""

import re
from html.parser import HTMLParser

from django.utils.html import escape
from django.utils.translation import override

from toolkits.models import PublishedPage, PublishedVocabulary
from toolkits.templatetags.written import saying, written

PAGES = [
    "/",
    "/interventions/",
    "/interventions/?view=by-outcome",
    "/interventions/?q=rough+sleepers",
    "/toolkits/teaching-and-learning/?view=table&impact=6",
    "/toolkits/crime-reduction/?outcome=attainment&outcome=housing&impact=overall-increase",
    "/toolkits/early-intervention-guidebook/",
    "/toolkits/teaching-and-learning/one-to-one-tuition/",
    "/toolkits/youth-violence/prison-awareness-programmes/",
    "/families/mentoring/",
    "/centres/eef/",
    "/centres/eif/",
    "/reports/",
    "/methods/eef-months/",
    "/syntheses/",
    "/syntheses/scared-straight-visits-and-offending/",
    "/syntheses/cognitive-behavioural-therapy-and-reoffending/",
    "/compare/?i=1011&i=1013&i=1101&age=5-10&nation=Wales&spend=lower",
]
# Not words: what names or dates a thing, and what is HTML and marked as a whole.
NO_WORDS = {
    "slug",
    "url",
    "accent",
    "digest",
    "key",
    "off_scale",
    "order",
    "axis",
    "kind",
    "cause",
    "version",
    "edition",
}
# Words of a centre that are ours too, or the same in Welsh.
SHARED = {"Cost", "Online", "Wales", "Scotland", "Northern Ireland"}
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "line", "circle"}
WORD = re.compile(r"\w+")
UNREAD = {"script", "style", "title", "option"}


class Texts(HTMLParser):
    """The texts of a page that are read out, each with the language it stands in; addresses are none."""

    def __init__(self, html):
        super().__init__()
        self.open, self.found = [("", "", False)], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        _tag, language, hidden = self.open[-1]
        if tag not in VOID:
            hidden = hidden or attrs.get("aria-hidden") == "true"
            self.open.append((tag, attrs.get("lang") or language, hidden))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data):
        tag, language, hidden = self.open[-1]
        if tag not in UNREAD and not hidden:
            said = " ".join(word for word in data.split() if "/" not in word)
            self.found.append((language, said))


def strings(value, name=""):
    """Every text of a payload."""
    if isinstance(value, str):
        if name not in NO_WORDS and not name.endswith("_html"):
            yield " ".join(value.split())
    elif isinstance(value, list):
        for one in value:
            yield from strings(one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from strings(one, key)


class Known:
    """Every text of the network that has words enough to be known again, by its first word."""

    def __init__(self):
        rows = PublishedPage.objects.exclude(kind="vocabulary").values_list("payload", flat=True)
        lists = PublishedVocabulary.objects.exclude(name="synonyms").values_list("payload", flat=True)
        self.texts = {}
        for text in {text for payload in (*rows, *lists) for text in strings(payload)} - SHARED:
            if re.match("[A-Z].*[a-z]{3}", text):
                self.texts.setdefault(WORD.match(text)[0], []).append(text)

    def in_(self, said):
        """The first of them that stands in some words; None where none does."""
        for word in WORD.finditer(said):
            for text in self.texts.get(word[0], ()):
                if said.startswith(text, word.start()) and not said[word.start() + len(text) :][:1].isalnum():
                    return text
        return None


def test_every_english_text_stands_in_english(network, client):
    known, left = Known(), []
    for path in PAGES:
        page = client.get(f"/cy{path}").content.decode()
        texts = Texts(page).found
        assert any(language == "en" and known.in_(said) for language, said in texts), path
        left += [(path, said, known.in_(said)) for language, said in texts if language == "cy" and known.in_(said)]
    assert left == []


def test_what_is_marked_is_escaped_once_and_english_pages_are_as_they_were():
    said = "Mentoring & <b>: ar gyfartaledd yn well"
    assert saying(said, ["Mentoring & <b>"]) == said
    assert written("<b>") == "<b>"
    with override("cy"):
        assert written("<b>") == '<span lang="en">&lt;b&gt;</span>'
        assert written("Pwynt", "cy") == "Pwynt"
        assert written("Heb ei gofnodi", "") == "Heb ei gofnodi"
        marked = f'<span lang="en">{escape("Mentoring & <b>")}</span>: ar gyfartaledd yn well'
        assert saying(said, ["Mentoring & <b>", "Mentoring", ""]) == marked
        assert saying(said, None) == said
