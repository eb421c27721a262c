"""What exactly a pack is made of, as its address says, and the name under which a file of it is kept."""

import functools
import hashlib
from dataclasses import dataclass
from importlib.metadata import version as installed
from urllib.parse import urljoin

from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public.answers import release
from toolkits.public.downloads import parts
from toolkits.public.packs import asking
from toolkits.public.packs.contents import contents, title_of
from toolkits.public.packs.pack import day
from toolkits.public.packs.pins import Pins, around

LIBRARIES = ("typst", "python-docx", "python-pptx", "xlsxwriter", "lxml")


@functools.cache
def _makers():
    """All that a file is made with besides data: our code, and the libraries that write."""
    return (release(), *(installed(name) for name in LIBRARIES))


@dataclass(frozen=True)
class Ingredients:
    """Versions in the order of a pack's address, with what has to be said of each (empty: nothing).

    `chosen` are the interventions and `others` {record: (version, notice)} further members of `families`. `gone` are
    sentences on what was taken out because it was removed.
    """

    address: str
    base: str
    chosen: list[tuple[published.Version, str]]
    results: list[published.Version]
    families: list[published.Version]
    others: dict[int, tuple[published.Version, str]]
    gone: list[str]

    def pack(self):
        """The Pack, in the language that is active."""
        return contents(
            self.chosen,
            self.results,
            address=self.address,
            base=self.base,
            gone=self.gone,
            families=self.families,
            others=self.others,
        )

    def kept_as(self, ending):
        """The name under which the file with this ending is kept: another one where anything in it could differ.

        The digest of a version, and when and why it was published, tell a restored database apart, which may count
        versions that it has had before.
        """
        said = [(version, notice) for version, notice in (*self.chosen, *self.others.values())]
        said += [(version, "") for version in (*self.results, *self.families)]
        whole = (
            *(*_makers(), get_language(), self.address, *self.gone),
            *(
                f"{version.record} {version.version} {version.digest} {version.published_at.isoformat()} "
                f"{version.change} {version.note} {notice}"
                for version, notice in said
            ),
        )
        return f"{hashlib.sha256(chr(0).join(whole).encode()).hexdigest()[:40]}.{ending}"

    def file_name(self, ending):
        """What the file is called: the first name and the exact versions of what is in it."""
        versions = [version for version, _notice in self.chosen]
        title = title_of([version.document.name for version in versions])
        pins = "-".join(f"{version.record}v{version.version}" for version in versions[:3])
        return f"{slugify(title)[:60]}_{pins}.{ending}"


def ingredients(pins, versions, pages, base):
    """The Ingredients of Pins; nothing of what was removed. `versions` and `pages` are by record, `base` is this site."""
    removed = {record for record, page in pages.items() if page.state == published.State.REMOVED}
    kept = {
        name: [versions[record] for record, _version in getattr(pins, name) if record not in removed]
        for name in asking.LETTERS
    }
    shown = {version.record for version in kept["interventions"]}

    def noticed(version):
        return version, str(parts.state_notice(pages[version.record]))

    return Ingredients(
        address=urljoin(base, asking.address(pins)),
        base=base,
        chosen=[noticed(version) for version in kept["interventions"]],
        results=[
            version
            for version in kept["syntheses"]
            if any(link.record in shown for link in version.document.interventions)
        ],
        families=kept["families"],
        others={version.record: noticed(version) for version in kept["others"]},
        gone=[_gone(pages[record]) for record, _version in pins.all if record in removed],
    )


def of_today(record, version, neighbours, base):
    """The Ingredients of the pack of one live intervention, with what is around it today among `neighbours`."""
    beside = around([record], neighbours)
    pins = Pins([(record, version)], beside.syntheses, beside.families, beside.others)
    return ingredients(pins, published.pinned_versions(pins.all), published.pages_of_records(dict(pins.all)), base)


def _gone(page):
    """The sentence for a removed record: the facts of its removal and nothing of what it said."""
    words = _("Record %(record)s was removed on %(date)s, so this pack no longer shows it.")
    words %= {"record": page.record, "date": day(page.state_since)}
    return (
        f"{words} {_('The reason given: %(reason)s') % {'reason': page.state_reason}}" if page.state_reason else words
    )
