"""Passwords that anybody would try first here: made of the portal's own words, and little else."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centres.models import Centre

WORDS = ("what", "works", "evidence", "toolkit", "portal", "network", "centre", "review", "editor", "admin")
FEWEST = 6  # letters that are nobody's guess


def _letters(text):
    return "".join(re.findall(r"[^\W\d_]", text.casefold()))


class NotOnlyKnownWords:
    """Refuses a password of which fewer than six letters are left without the portal's words and its centres' names.

    Passwords without letters are left to Django's checks.
    """

    def validate(self, password, user=None):
        """Raise ValidationError where it is made of little else."""
        words = set(WORDS)
        for name, *short in Centre.objects.values_list("name", "short_name", "slug"):
            words.update(word for word in map(_letters, name.split()) if len(word) > 4)
            words.update(filter(None, map(_letters, short)))
        left = _letters(password)
        found = False
        for word in sorted(words, key=len, reverse=True):
            found = found or word in left
            left = left.replace(word, "")
        if found and len(left) < FEWEST:
            raise ValidationError(self.get_help_text(), code="password_of_known_words")

    def get_help_text(self):
        """What is asked for, in a sentence."""
        return _("A password of the portal's own words or its centres' names is easy to guess: add other words.")
