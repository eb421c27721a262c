"""What became of each record before: who made what is live, and what the last import left."""

import re

from django.db.models import Max

from toolkits.models import Decision, PublicationEvent, PublishedPage, PublishedVersion, Revision
from toolkits.networks.stored import fingerprint

LEFT = "What was imported: sha256:{fingerprint}"
LEFT_PATTERN = re.compile(r"sha256:([0-9a-f]{64})")


class History:
    """The past of all records, read once."""

    def __init__(self, loader):
        self.loader = loader
        imported = Decision.objects.filter(verdict=Decision.Verdict.IMPORTED, decided_by=loader).order_by("pk")
        self._imported = {
            record: (note, at) for record, note, at in imported.values_list("revision__record_id", "note", "decided_at")
        }
        self._states = dict(PublishedPage.objects.values_list("record", "state"))
        self._live = {
            record: (number, restored)
            for record, number, restored in PublishedVersion.objects.order_by("record", "version").values_list(
                "record", "revision_number", "restored_from"
            )
        }
        self._ours = set(Revision.objects.filter(submitted_by=loader).values_list("record_id", "number"))
        last = (
            PublicationEvent.objects.filter(verb__in=PublicationEvent.PUBLIC_VERBS)
            .values("record")
            .annotate(last=Max("pk"))
        )
        self._took_down = set(
            PublicationEvent.objects.filter(
                pk__in=last.values("last"), verb=PublicationEvent.Verb.WITHDRAWN, by=loader
            ).values_list("record", flat=True)
        )

    def was_imported(self, number):
        """Whether the loader ever published the record."""
        return number in self._imported

    def was_published(self, number):
        """Whether anything was ever published under this number."""
        return number in self._live

    def imported_at(self, number):
        """When the loader last published the record."""
        return self._imported[number][1]

    def as_imported(self, record):
        """Whether a record's working rows say what the last import left."""
        found = LEFT_PATTERN.search(self._imported[record.number][0])
        return bool(found) and found[1] == fingerprint(record)

    def is_ours(self, number):
        """Whether what is live was made by the loader, and not restored by somebody since."""
        revision, restored = self._live[number]
        return restored is None and (number, revision) in self._ours

    def is_down(self, number):
        """Whether the page is published, but no longer live."""
        return self._states.get(number, PublishedPage.State.LIVE) != PublishedPage.State.LIVE

    def we_took_down(self, number):
        """Whether it was the loader that withdrew the page, and nothing has happened to it since."""
        return number in self._took_down
