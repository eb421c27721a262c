"""Ratings made by an older method, marked when they are read.

A rating keeps the version of the scale that it was made on. Once the next version is public, every page that
shows the rating says so; nothing is published again for that, because which scale took which one's place is
kept with the indexes of each publication number.
"""

from collections import defaultdict

import msgspec

from toolkits import payloads
from toolkits.payloads import MAIN_AXES
from toolkits.published import State


def successors(pages):
    """{record of a rating scale: the page of the newest live version that took its place}.

    `pages` are those of all scales that took the place of another, in whatever state.
    """
    following = {page.document.succeeds.record: page for page in pages}
    found = {}
    for record in following:
        live = [page for page in _later(record, following) if page.state == State.LIVE]
        if live:
            found[record] = live[-1]
    return found


def _later(record, following):
    """The pages of the versions after a scale, the oldest first; each once, whatever was published."""
    passed = set()
    while record in following and record not in passed:
        passed.add(record)
        yield following[record]
        record = following[record].record


def full_name(name, version):
    """The name of a scale, with its version where it has one."""
    return f"{name} ({version})" if version else name


def _link(page):
    method = page.document
    return payloads.Link(record=page.record, slug=method.slug, name=full_name(method.name, method.version))


def _order(rating):
    """The newest version first; among the older ones that with the higher number, which came later."""
    return (rating.superseded_by is not None, -rating.scheme.record if rating.superseded_by else 0)


def marked(document, following):
    """An intervention (payloads.Intervention) with its ratings by older methods marked, and behind the newer ones.

    `following` is what `successors` gives.
    """
    if not any(rating.scheme.record in following for rating in document.ratings):
        return document
    ratings = [
        msgspec.structs.replace(rating, superseded_by=_link(following[rating.scheme.record]))
        if rating.scheme.record in following
        else rating
        for rating in document.ratings
    ]
    return msgspec.structs.replace(document, ratings=sorted(ratings, key=_order))


def marked_page(page, following):
    """A published.Page of an intervention, showing its document as `marked` does."""
    document = marked(page.document, following) if following else page.document
    return page if document is page.document else page.showing(document)


def with_successors(methods, following):
    """The rating scales of a toolkit (payloads.Method), the newest version first, with those that took their place since."""
    known = {method.record for method in methods}
    later = {following[record].record: following[record].document for record in known if record in following}
    new = [method for record, method in later.items() if record not in known]
    return sorted([*new, *methods], key=lambda method: method.record in following)


def older_axes(cited, following):
    """{record of an intervention: the main axes that it is rated on by an older method only}.

    `cited` is {record: the records of its scales}.
    """
    found = defaultdict(set)
    for record, scales in cited.items():
        for scale in scales:
            after = following.get(scale)
            if after is not None and after.record not in scales and after.document.axis in MAIN_AXES:
                found[record].add(after.document.axis)
    return found
