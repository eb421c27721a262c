"""A document as readers of the active language meet it."""

from toolkits import payloads
from toolkits.languages import spoken


def read(kind, schema, payload):
    """The typed document in a payload, with what there is of it in the active language; None where there is none.

    Raises msgspec.ValidationError when it does not fit, which `verify` reports.
    """
    if payload is None:
        return None
    document = payloads.load(kind, schema, payload)
    return payloads.in_welsh(document) if spoken() == "cy" else document


class WrittenText:
    """A field of a Page that holds a text as its table has it, and gives it in Welsh where its document has that.

    `name` is what the text is called in the document.
    """

    def __init__(self, name):
        self._name = name
        self._key = f"written {name}"

    def __get__(self, page, owner=None):
        if page is None:
            raise AttributeError("only a page has a text")  # so a dataclass sees that there is no default
        text = page.__dict__[self._key]
        return (text and spoken() == "cy" and page.in_welsh(self._name)) or text

    def __set__(self, page, text):
        page.__dict__[self._key] = text
