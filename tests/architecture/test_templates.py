"""Rules every template keeps: all words through gettext, nothing inline, no logic beyond if and for."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

from toolkits.templatetags import contact, rating_symbols, written

TEMPLATES = Path(settings.BASE_DIR, "templates")
ALL = sorted(TEMPLATES.rglob("*.html"))
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title", "label"}
# Marks that mean the same in every language.
NO_WORDS = re.compile(r"(©|&\w+;|[^\w]|\d|_)+")
LOGIC = {
    *("if", "elif", "else", "endif", "for", "empty", "endfor", "with", "endwith", "include", "block", "endblock"),
    *("extends", "load", "url", "static", "translate", "trans", "blocktranslate", "plural", "endblocktranslate"),
    *("comment", "endcomment", "csrf_token", "cycle", "get_current_language", "language", "endlanguage", "spaceless"),
    *("endspaceless", "now", "querystring", "firstof", "ifchanged", "endifchanged", "regroup"),
    *rating_symbols.register.tags,
    *contact.register.tags,
    *written.register.tags,
}


def shown(source):
    """A template's own text and attributes: tags, variables and what gettext holds are left out."""
    text, silent = [], False
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.BLOCK:
            # What gettext holds, and what another template takes as a class, no reader sees as it stands.
            name, *rest = token.contents.split()
            opens = name == "blocktranslate" or (name == "block" and rest[0].endswith(("_class", "bodyclass")))
            silent = opens or (silent and name not in {"endblocktranslate", "endblock"})
        elif token.token_type is TokenType.TEXT and not silent:
            text.append(token.contents)
    return "".join(text)


class Words(HTMLParser):
    """Collects what a reader would see or hear, and what a strict policy forbids."""

    def __init__(self):
        super().__init__()
        self.words, self.inline = [], []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in SPOKEN and value and not NO_WORDS.fullmatch(value):
                self.words.append(f"{name}={value}")
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}")
        # A data block is no script: no browser executes it.
        data = dict(attrs).get("type") == "application/ld+json"
        if tag == "style" or (tag == "script" and "src" not in dict(attrs) and not data):
            self.inline.append(tag)

    def handle_data(self, data):
        if data.strip() and not NO_WORDS.fullmatch(data.strip()):
            self.words.append(data.strip())


def read(source):
    words = Words()
    words.feed(shown(source))
    return words


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_speaks_through_gettext_and_keeps_the_policy(path):
    found = read(path.read_text())
    assert found.words == []
    assert found.inline == []


@pytest.mark.parametrize(
    ("source", "words", "inline"),
    [
        ("<p>{% translate 'Hello' %} – {{ name }}: 3</p>", [], []),
        ("<p>Hello</p>", ["Hello"], []),
        ('<img alt="A picture">', ["alt=A picture"], []),
        ("{% block main_class %}home{% endblock %}", [], []),
        ("{% block main %}Hello{% endblock %}", ["Hello"], []),
        ("{% blocktranslate %}Hello{% endblocktranslate %}", [], []),
        ('<p style="color: red"></p>', [], ["p style"]),
        ('<a onclick="x()"></a>', [], ["a onclick"]),
        ("<script>go()</script>", ["go()"], ["script"]),
        ('<script type="application/ld+json">{{ data }}</script>', [], []),
    ],
)
def test_the_rule_itself(source, words, inline):
    found = read(source)
    assert (found.words, found.inline) == (words, inline)


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_has_no_logic_of_its_own(path):
    used = {
        token.contents.split()[0] for token in Lexer(path.read_text()).tokenize() if token.token_type is TokenType.BLOCK
    }
    assert used <= LOGIC
