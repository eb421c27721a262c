"""Which readers take a compressed answer, and the tag of each form."""

import pytest

from toolkits.public.kept import encoding


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip, deflate, br, zstd", True),
        ("gzip", True),
        ("br, gzip", True),
        ("deflate,GZIP;q=0.5", True),
        ("x-gzip", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("br;q=1.0, gzip ; q = 0.1", True),
        ("", False),
        ("identity", False),
        ("*", False),
        ("notgzip", False),
        ("gzipped", False),
    ],
)
def test_accepts_gzip(header, taken):
    assert encoding.accepts_gzip(header) is taken


def test_forms_have_different_tags_and_the_view_sees_one():
    assert encoding.compressed_tag('"abc"') == '"abc-gz"'
    assert encoding.plain_tags('"abc-gz", W/"def-gz", "ghi"') == '"abc", W/"def", "ghi"'


@pytest.mark.parametrize(
    ("header", "matching"),
    [('"abc"', True), ('W/"abc"', True), ('"x", "abc"', True), ("*", True), ('"abc-gz"', False), ('"xabc"', False)],
)
def test_matches(header, matching):
    assert encoding.matches(header, '"abc"') is matching
