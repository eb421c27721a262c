"""What a document says in Welsh, and what it is to be read in two languages."""

import datetime
from typing import Literal

from toolkits import words
from toolkits.payloads.base import Part


class Welsh(Part, frozen=True):
    """What of a page its centre says in Welsh (empty: not yet), and when it was last held against the English.

    `name` is what it is called, `summary` (or safe HTML in `summary_html`) what it is or says in short. `state` says
    whether the English is still what the Welsh was made from.
    """

    name: str = ""
    summary: str = ""
    summary_html: str = ""
    key_messages: list[str] = []
    on: datetime.date | None = None
    state: Literal["current", "older", "unknown"] = "unknown"

    @property
    def texts(self):
        """All that is said."""
        said = (self.name, self.summary, words.from_html(self.summary_html).strip(), *self.key_messages)
        return [text for text in said if text]


class Bilingual(Part, frozen=True):
    """A document that may say some of its texts in Welsh too: in `welsh`.

    `said_in` and `in_english` are never stored: when it is read, they hold the language of what is in another one than
    the rest, and the English that it stands in the place of.
    """

    @property
    def languages(self):
        """The language of each text by its name, and of the `rest`."""
        rest = getattr(self, "language", "en")
        return {**dict.fromkeys(self.__struct_fields__, rest), "rest": rest, **self.said_in}
