"""What is wrong with a folder, said so that whoever keeps it in a spreadsheet finds the cell."""

import difflib
from dataclasses import dataclass

SHOWN = 60


@dataclass(frozen=True)
class Problem:
    """One error. `row` counts as a spreadsheet does, the header being row 1; `hint` says how to mend it."""

    file: str
    message: str
    hint: str = ""
    row: int | None = None
    column: str = ""
    value: str | None = None

    def __str__(self):
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        value = f": {shown(self.value)}" if self.value is not None else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}{value}: {self.message}.{hint}"


class Wrong(ValueError):
    """A cell that does not say what its column holds."""

    def __init__(self, message, hint=""):
        super().__init__(message)
        self.message = message
        self.hint = hint


def shown(value):
    """`value` in quotes, cut to one short line, with what does not print written out."""
    text = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
    return '"' + "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text) + '"'


def listed(words, limit=12):
    """`words` with commas between them, the first `limit` of them where there are more."""
    words = list(words)
    more = f" and {len(words) - limit} more" if len(words) > limit else ""
    return ", ".join(words[:limit]) + more


def did_you_mean(word, known):
    """A hint that names the nearest of `known`, or all of them where nothing is near."""
    known = list(known)
    near = difflib.get_close_matches(word.strip().casefold(), [name.casefold() for name in known], n=1, cutoff=0.6)
    if near:
        found = next(name for name in known if name.casefold() == near[0])
        return f"Did you mean {shown(found)}?"
    return f"Known are: {listed(known)}." if known else "None is known yet."
