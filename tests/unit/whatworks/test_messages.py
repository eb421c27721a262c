"""The Welsh catalogue has every interface string, whole, and nothing else."""

import re
from collections import Counter

import pytest
from babel.messages.mofile import read_mo

from whatworks.messages import catalogue
from whatworks.messages.extraction import extracted

KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w[^>]*>|&\w+;")


@pytest.fixture(scope="module")
def stored():
    return catalogue.read()


@pytest.fixture(scope="module")
def said():
    return {(message.context, message.id) for message in extracted() if message.id}


def faults_of(message):
    """What of a translation is not as its English is: placeholders, tags, spaces at an end."""
    english = message.id if isinstance(message.id, tuple) else (message.id,)
    kept = [Counter(KEPT.findall(text)) for text in english]
    for form in catalogue.forms(message):
        if not form.strip():
            yield "empty"
        if Counter(KEPT.findall(form)) not in kept:
            yield f"other placeholders or tags: {form}"
        if [form[:1].isspace(), form[-1:].isspace()] != [english[0][:1].isspace(), english[0][-1:].isspace()]:
            yield f"other spaces at an end: {form}"


def test_it_has_what_the_code_says_and_nothing_else(stored, said):
    """Mend it with `make messages`, and translate what that lists."""
    assert {(message.context, message.id) for message in stored if message.id} == said
    assert not stored.obsolete
    assert [message.id for message in stored if message.id and message.fuzzy] == []


def test_every_form_of_every_message_is_whole(stored):
    assert [(message.id, fault) for message in stored if message.id for fault in faults_of(message)] == []


def test_plurals_are_those_of_welsh(stored):
    assert stored.num_plurals == 6
    assert {len(message.string) for message in stored if message.pluralizable} == {6}


def test_the_stored_file_is_as_the_command_writes_it(stored, tmp_path):
    catalogue.write(catalogue.brought_up_to_date(stored), tmp_path / "django.po")
    assert (tmp_path / "django.po").read_bytes() == catalogue.SOURCE.read_bytes()


def test_what_is_not_whole_is_said_in_english(tmp_path):
    (tmp_path / "django.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Search"\nmsgstr "Chwilio"\n\n'
        'msgid "%(n)s study"\nmsgid_plural "%(n)s studies"\nmsgstr[0] "%(n)s astudiaeth"\nmsgstr[1] ""\n\n'
    )
    catalogue.compile_catalogue(tmp_path / "django.po", tmp_path / "django.mo")

    with (tmp_path / "django.mo").open("rb") as file:
        assert [message.id for message in read_mo(file) if message.id] == ["Search"]


def test_the_calls_and_tags_are_found_wherever_they_stand(tmp_path):
    for package in ("centres", "evidence", "toolkits", "whatworks", "templates"):
        (tmp_path / package).mkdir()
    (tmp_path / "toolkits" / "words.py").write_text(
        "a = f\"{_('within an f-string')}\"\nb = ngettext('%(n)s row', '%(n)s rows', n)\n"
        "c = _(\n    'two '\n    'parts'\n)\n"
    )
    (tmp_path / "templates" / "page.html").write_text(
        '<p>\n    {% translate "100 %" %}{{ x|default:_("nothing") }}\n  {% blocktranslate trimmed count n=n %}\n  {{ n }} study\n'
        "{% plural %}{{ n }} studies{% endblocktranslate %}</p>"
    )

    assert {message.id for message in extracted(tmp_path)} - {""} == {
        "within an f-string",
        ("%(n)s row", "%(n)s rows"),
        "two parts",
        "100 %%",
        "nothing",
        ("%(n)s study", "%(n)s studies"),
    }
