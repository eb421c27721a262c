"""On what terms what is published here may be reused, in words: the same wherever data are given out."""

from django.utils.translation import gettext as _


def licence():
    """The terms of reuse."""
    return _(
        "Facts may be reused with the permanent address they are from. The descriptions were written for this "
        "portal; names, ratings and figures come from the centres' publications: to reuse more than a fact, look "
        "at the licence of the source."
    )


def disclaimer():
    """Whose word counts."""
    return _(
        "Compiled from public pages. Not an official publication of the centres it names: where a page here and a "
        "centre's own differ, the centre's counts."
    )
