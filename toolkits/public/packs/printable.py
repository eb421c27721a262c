"""Text that any format may hold: office files are XML, which has no word for a control character. Pure."""

import re

import msgspec

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(value):
    """`value` (text, a payload, or lists and dicts of them) with a space for each character that XML does not have."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub(" ", value)
    if isinstance(value, list):
        return [printable(item) for item in value]
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        return type(value)(**{name: printable(getattr(value, name)) for name in value.__struct_fields__})
    return value
