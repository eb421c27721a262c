"""The Welsh catalogue: brought up to date with the code, filled from translators' files, and compiled."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from whatworks.messages.extraction import CHECKOUT, extracted

LANGUAGE = "cy"
SOURCE = CHECKOUT / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
COMPILED = CHECKOUT / "build" / "locale" / LANGUAGE / "LC_MESSAGES" / "django.mo"
BEGAN = datetime(2026, 11, 27, tzinfo=UTC)  # a date that moved with each extraction would be a change without a change
HEADER = """\
# Welsh words of the portal's interface. Made without a native reader: docs/welsh.md says how to review them."""


def read(path=SOURCE):
    """The catalogue as it is stored; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def write(catalogue, path=SOURCE):
    """Store a catalogue, sorted, with the files of each string but not the lines, so that a change stays small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True)


def brought_up_to_date(stored, root=CHECKOUT):
    """A Catalog of what the code says now, with the Welsh that `stored` has for it and nothing else."""
    fresh = Catalog(
        locale=LANGUAGE,
        project="whatworks",
        version="1",
        msgid_bugs_address="none",
        header_comment=HEADER,
        creation_date=BEGAN,
        revision_date=BEGAN,
        last_translator="machine-made, not yet read by a native speaker",
        language_team="Cymraeg",
        fuzzy=False,
    )
    for message in extracted(root):
        if not message.id:
            continue
        known = stored.get(message.id, message.context)
        fresh.add(
            message.id,
            known.string if known and known.id == message.id and not known.fuzzy else None,
            locations=sorted({(name, 0) for name, _line in message.locations}),
            context=message.context,
        )
    return fresh


def forms(message):
    """The Welsh of a message as a tuple of all its forms; each is empty where it is not translated."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def untranslated(catalogue):
    """The messages that lack their Welsh, or one form of it."""
    return [message for message in catalogue if message.id and not all(forms(message))]


def fill(catalogue, path):
    """Put the Welsh of a translators' file into the catalogue; returns how many messages it filled.

    The file is a list of `{"msgid": …, "context": …, "msgstr": [one form, or one for each plural]}`; `context` may be
    left out. Raises ValueError where a msgid is not in the catalogue or the number of forms is not its own.
    """
    filled = 0
    for entry in json.loads(Path(path).read_text()):
        message = catalogue.get(entry["msgid"], entry.get("context"))
        if message is None:
            raise ValueError(f"{path}: the code does not say {entry['msgid']!r}.")
        if len(entry["msgstr"]) != len(forms(message)):
            raise ValueError(f"{path}: {entry['msgid']!r} takes {len(forms(message))} forms.")
        message.string = tuple(entry["msgstr"]) if message.pluralizable else entry["msgstr"][0]
        filled += 1
    return filled


def compile_catalogue(source=SOURCE, target=COMPILED):
    """Write the catalogue in the form that is read at run time, in one piece.

    What lacks one of its forms is left out, so that a page says it in English and never says nothing.
    """
    catalogue = read(source)
    for message in untranslated(catalogue):
        catalogue.delete(message.id, message.context)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new{os.getpid()}")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(target)
