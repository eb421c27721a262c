"""Data to accessible PDF with Typst: one compiler a process, our own templates, nothing from outside.

The templates lie in `typst/` beside this module, not among Django's: that folder is the root no
compilation can read out of, and a template changes together with the module that words its data.
"""

import functools
import json
import os
import threading
import unicodedata
from pathlib import Path

import typst
from django.conf import settings

TEMPLATES = Path(__file__).parent / "typst"
# PDF/UA-1: Typst refuses what a screen reader could not read (no title, a skipped heading, a figure
# without words, a character without a glyph).
STANDARD = "ua-1"
PIXELS_AN_INCH = 200  # of a picture: sharp on paper, and not much larger than it has to be


def pdf(template, data, *, timestamp):
    """The bytes of `template` (a file name in `typst/`) filled with JSON-ready `data`.

    `timestamp`, an aware datetime, is written into the file as its date, so that equal arguments give
    equal bytes. Raises typst.TypstError where a template does not fit its data.
    """
    return _compiler(os.fspath(settings.PDF_FONTS)).pdf(template, data, timestamp)


def png(template, data):
    """The bytes of a PNG of `template`, whose page is as large as what stands on it, filled with JSON-ready `data`."""
    return _compiler(os.fspath(settings.PDF_FONTS)).png(template, data)


@functools.lru_cache(maxsize=4)
def _compiler(fonts):
    return _Compiler(fonts)


class _Compiler:
    """A warm Typst compiler for one folder of fonts.

    Typst's own object refuses a second thread while it works, hence the lock: a document takes some
    milliseconds, and a compiler a thread would cost 40 MB each.
    """

    def __init__(self, fonts):
        self._lock = threading.Lock()
        # System fonts differ from machine to machine, and so would the bytes. Without our own fonts
        # Typst's embedded ones are used.
        found = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=True, font_paths=[fonts] if Path(fonts).is_dir() else []
        )
        # No template imports a package; the null device is a place where none could be found either.
        self._typst = typst.Compiler(
            input=TEMPLATES / "probe.typ",
            root=TEMPLATES,
            font_paths=found,
            ignore_system_fonts=True,
            package_path=os.devnull,
            package_cache_path=os.devnull,
        )
        self._shown = {}
        self._compile("probe.typ", ["a"], 0)

    def pdf(self, template, data, timestamp):
        with self._lock:
            return self._compile(template, self._shown_as(data), int(timestamp.timestamp()))

    def png(self, template, data):
        with self._lock:
            return self._typst.compile(
                input=TEMPLATES / template,
                format="png",
                ppi=PIXELS_AN_INCH,
                sys_inputs={"data": json.dumps(self._shown_as(data))},
            )

    def _compile(self, template, data, timestamp):
        return self._typst.compile(
            input=TEMPLATES / template,
            format="pdf",
            pdf_standards=STANDARD,
            sys_inputs={"data": json.dumps(data)},
            timestamp=timestamp,
        )

    def _shown_as(self, data):
        characters = set("".join(_texts(data)))
        self._learn(characters - self._shown.keys())
        return data if all(self._shown[character] for character in characters) else self._displayable(data)

    def _learn(self, characters):
        """Finds out which characters the fonts can show, by asking Typst, halving until it agrees."""
        visible = sorted(character for character in characters if unicodedata.category(character) not in ("Cc", "Cs"))
        self._shown.update((character, False) for character in characters.difference(visible))
        batches = [visible] if visible else []
        while batches:
            batch = batches.pop()
            try:
                self._compile("probe.typ", [_standing(character) for character in batch], 0)
            except typst.TypstError:
                if len(batch) > 1:
                    middle = len(batch) // 2
                    batches += [batch[:middle], batch[middle:]]
                    continue
                self._shown[batch[0]] = False
            else:
                self._shown.update((character, True) for character in batch)

    def _displayable(self, data):
        """`data` with each character that no font holds replaced by its name: 😀 by [grinning face]."""
        if isinstance(data, str):
            if all(self._shown[character] for character in data):
                return data
            return "".join(character if self._shown[character] else _in_words(character) for character in data)
        if isinstance(data, dict):
            return {key: self._displayable(value) for key, value in data.items()}
        if isinstance(data, list):
            return [self._displayable(value) for value in data]
        return data


def _texts(data):
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _texts(value)


def _standing(character):
    """A character as it would stand in a text: a combining mark needs a letter to stand on."""
    return "a" + character if unicodedata.category(character).startswith("M") else character


def _in_words(character):
    """What stands for a character that cannot be shown: a space for white space, else its name or number."""
    if character.isspace():
        return " "
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"
