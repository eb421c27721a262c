"""The addresses that answers name: whole ones, of this site as it was asked."""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.urls import reverse


@dataclass(frozen=True)
class Site:
    """This site, whose root is at `base`."""

    base: str

    def whole(self, path):
        """The whole address of a path."""
        return urljoin(self.base, path)

    def record(self, record):
        """The permanent address of a record, which leads to its page."""
        return self.whole(reverse("public:record", args=[record]))

    def version(self, record, version):
        """The permanent address of exactly one version, which never changes."""
        return self.whole(reverse("public:record_version", args=[record, version]))

    def api(self, name, *args):
        """The address of a call of the API."""
        return self.whole(reverse(f"public:api_{name}", args=args))


@dataclass(frozen=True)
class Place:
    """Where what is being written down was published: as `version` of `record`, whose payload is `document`."""

    site: Site
    record: int
    version: int
    document: object

    @property
    def address(self):
        """The permanent address of that version."""
        return self.site.version(self.record, self.version)
