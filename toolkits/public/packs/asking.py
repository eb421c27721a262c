"""Which versions a pack is of, read from its address and checked: `?i=1013v2&i=1042v1&s=20001v3`.

`i` is an intervention, `s` a synthesis that leads to one. An `i` without its version is the one of today; the view then
leads to the address with every version in it, which answers the same for ever.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public.echoes import echo

MOST = 10  # interventions; more are no pack but a list
MOST_SYNTHESES = 40
PIN = re.compile(r"(\d{1,9})(?:v(\d{1,6}))?", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """Interventions and syntheses as (record, version); the version of an intervention is None where none was said."""

    interventions: list[tuple[int, int | None]]
    syntheses: list[tuple[int, int]]
    problems: list[str]

    @property
    def pinned(self):
        """Whether every version is said."""
        return all(version for _record, version in self.interventions)

    @property
    def pins(self):
        """Every (record, version) that is said."""
        return [pin for pin in (*self.interventions, *self.syntheses) if pin[1]]


def read(data):
    """The Asked of a query; what cannot be read is said in `problems`, never guessed."""
    interventions, problems = _pins(data.getlist("i"), "i")
    syntheses, more = _pins(data.getlist("s"), "s")
    problems += more
    if any(version is None for _record, version in syntheses):
        problems.append(_("A synthesis (“s”) needs its version, such as s=20001v1."))
    if len(interventions) > MOST:
        problems.append(
            _("A pack holds at most %(most)s interventions, and the address names %(count)s. Take some out of it.")
            % {"most": MOST, "count": len(interventions)}
        )
    if len(syntheses) > MOST_SYNTHESES:
        problems.append(_("A pack holds at most %(most)s syntheses.") % {"most": MOST_SYNTHESES})
    return Asked(interventions, syntheses, problems)


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


def address(interventions, syntheses=(), **more):
    """The address of a pack of (record, version) pairs; `more` are further parameters, such as the format."""
    pairs = [("i", _written(*pin)) for pin in interventions] + [("s", _written(*pin)) for pin in syntheses]
    return f"{reverse('public:pack')}?{urlencode([*pairs, *more.items()])}"


def _written(record, version):
    return f"{record}v{version}" if version else str(record)
