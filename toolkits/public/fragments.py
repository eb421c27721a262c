"""The ratings of a row as HTML, rendered once for each version of a page and kept in the process.

They are most of what a list costs to render, and they change only with the page they come from, whose
digest names them, and with the methods that took the place of theirs: a publication changes one row, not
all of them.
"""

import threading
from collections import OrderedDict

from django.template.loader import render_to_string
from django.utils.translation import get_language

# About 3 KB each: 12 MB at most, and more rows than people look at between two publications.
MOST = 4_000


class Fragments:
    """HTML by key, `most` pieces of it; what was not asked for longest goes first."""

    def __init__(self, most):
        self._most, self._lock, self._kept = most, threading.Lock(), OrderedDict()

    def get(self, key, render):
        """The HTML kept for `key`, or what `render()` returns, kept from now on."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        html = render()
        with self._lock:
            self._kept[key] = html
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return html


_ratings = Fragments(MOST)


def ratings(row):
    """The ratings of a listing.Row as safe HTML, in the language that is active."""
    newer = tuple(rating.superseded_by for rating in row.document.ratings)
    key = row.page.digest, newer, row.scope, get_language()
    context = {"row": row, "scope": row.scope}
    return _ratings.get(key, lambda: render_to_string("components/row_ratings.html", context))
