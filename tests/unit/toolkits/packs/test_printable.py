"""What XML has no word for becomes a space, wherever it stands in a payload; a payload without it is not copied."""

import msgspec
import pytest

from toolkits.public.packs.printable import printable


class Inner(msgspec.Struct):
    words: list[str]


class Outer(msgspec.Struct):
    name: str
    inner: Inner


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_unprintable_becomes_a_space(character):
    assert printable(Outer("a", Inner([f"b{character}c"]))) == Outer("a", Inner(["b c"]))


def test_printable_payload_is_the_same_object():
    payload = Outer("tab\tline\nŵ 😀 \\u0001", Inner(['"']))
    assert printable(payload) == payload
    clean = Outer("tab\tline\nŵ 😀", Inner(['"']))
    assert printable(clean) is clean
