"""Which versions a pack is of, read from its address and checked: `?i=1013v2&i=1042v1&s=8001v3&f=401v1&o=1070v2`.

`i` is an intervention, `s` a synthesis that leads to one, `f` a family of one, `o` another member of such a family. An
`i` without its version is the one of today; the view then leads to the address with every version in it, which answers
the same for ever.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public.echoes import echo
from toolkits.public.packs.pins import MOST_OTHERS, MOST_SYNTHESES, Pins

MOST = 10  # interventions; more are no pack but a list
LETTERS = {"interventions": "i", "syntheses": "s", "families": "f", "others": "o"}
PIN = re.compile(r"(\d{1,9})(?:v(\d{1,6}))?", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """The Pins of an address, and what could not be read in it."""

    pins: Pins
    problems: list[str]

    @property
    def pinned(self):
        """Whether every version is said."""
        return all(version for _record, version in self.pins.all)


def read(data):
    """The Asked of a query; what cannot be read is said in `problems`, never guessed."""
    found, problems = {}, []
    for name, letter in LETTERS.items():
        found[name], more = _pins(data.getlist(letter), letter)
        problems += more
        if letter != "i" and any(version is None for _record, version in found[name]):
            problems.append(
                _("What is named with “%(name)s” needs its version, such as %(name)s=20001v1.") % {"name": letter}
            )
    if len(found["interventions"]) > MOST:
        problems.append(
            _("A pack holds at most %(most)s interventions, and the address names %(count)s. Take some out of it.")
            % {"most": MOST, "count": len(found["interventions"])}
        )
    if len(found["syntheses"]) > MOST_SYNTHESES:
        problems.append(_("A pack holds at most %(most)s syntheses.") % {"most": MOST_SYNTHESES})
    if len(found["families"]) > MOST or len(found["others"]) > MOST_OTHERS:
        problems.append(
            _("A pack holds at most %(families)s families and %(most)s other interventions of them.")
            % {"families": MOST, "most": MOST_OTHERS}
        )
    named = [record for record, _version in Pins(**found).all]
    for record in sorted({record for record in named if named.count(record) > 1}):
        problems.append(_("Record %(record)s is named twice. A pack holds it once.") % {"record": record})
    return Asked(Pins(**found), problems)


def _pins(values, name):
    found, problems = {}, []
    for value in values:
        match = PIN.fullmatch(value.strip())
        record, version = (int(number) if number else None for number in match.groups()) if match else (0, None)
        if not match or record > published.LARGEST_NUMBER or version == 0:
            problems.append(
                _(
                    "“%(value)s” is not the number of a record. Write %(name)s=1013, or %(name)s=1013v2 for its version 2."
                )
                % {"value": echo(value), "name": name}
            )
        elif found.setdefault(record, version) != version:
            problems.append(_("Record %(record)s is named in two versions. A pack holds one.") % {"record": record})
    return list(found.items()), problems


def address(pins, **more):
    """The address of a pack of Pins; `more` are further parameters, such as the format."""
    pairs = [(letter, _written(*pin)) for name, letter in LETTERS.items() for pin in getattr(pins, name)]
    return f"{reverse('public:pack')}?{urlencode([*pairs, *more.items()])}"


def _written(record, version):
    return f"{record}v{version}" if version else str(record)
