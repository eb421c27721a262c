"""Published payloads with every field said: what has its default is left out where they are stored."""

import datetime

import msgspec

from toolkits import payloads


def spelled_out(row, kind):
    """The payload of a published row as a dictionary with all its fields."""
    return _plain(payloads.load(kind, row.schema, row.payload))


def _plain(value):
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
