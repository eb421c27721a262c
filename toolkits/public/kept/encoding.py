"""Compressed answers and their tags: each form of an answer has a strong tag of its own. Pure: no Django.

A view knows one tag for an answer, `"x"`; its compressed form is `"x-gz"`, because two forms with different
bytes may not share a strong tag. What readers send back is translated before the view compares.
"""

import re

SUFFIX = "-gz"
_GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?(?=,|$)", re.IGNORECASE)


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header takes gzip; `gzip;q=0` does not, and neither does a mere `*`."""
    if accept_encoding.startswith("gzip,"):
        return True  # what browsers send, without the cost of reading it all
    found = _GZIP.search(accept_encoding)
    return bool(found) and (found[1] is None or found[1].strip("0.") != "")


def compressed_tag(etag: str) -> str:
    """The tag of the compressed form of what has the strong tag `etag`."""
    return f'{etag[:-1]}{SUFFIX}"'


def plain_tags(if_none_match: str) -> str:
    """An If-None-Match header with each tag of a compressed form as the tag the view knows."""
    return if_none_match.replace(f'{SUFFIX}"', '"')


def matches(if_none_match: str, etag: str) -> bool:
    """Whether an If-None-Match header names a tag. Its quotes belong to it, so no tag is part of another."""
    return etag in if_none_match or if_none_match.strip() == "*"
