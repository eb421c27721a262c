"""Text that any format may hold: office files are XML, which has no word for a control character. Pure."""

import re

import msgspec

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# How JSON has such a character, or may have: nearly every payload has none, and then need not be copied.
_ENCODED = re.compile(rb"\\u|\\[bf]|\xef\xbf[\xbe\xbf]")


def printable(value):
    """`value` (text, a payload, or lists and dicts of them) with a space for each character that XML does not have."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub(" ", value)
    if isinstance(value, list):
        return [printable(item) for item in value]
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        if _is_printable(value):
            return value
        return type(value)(**{name: printable(getattr(value, name)) for name in value.__struct_fields__})
    return value


def _is_printable(payload):
    """Whether a payload surely holds no such character."""
    try:
        return not _ENCODED.search(msgspec.json.encode(payload))
    except UnicodeEncodeError:
        return False
