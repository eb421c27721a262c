"""What every action needs: the lock on a record, the loader's account, the publication number."""

import datetime

from django.db import connection
from django.db.models import F, Max
from django.utils import timezone

from centres.models import Person
from centres.records import RecordNumber
from toolkits import family_differences, own_links, payloads
from toolkits.models import PublicationCounter, PublishedPage, PublishedVersion, Redirect
from toolkits.publication_rows import page_row, version_row

NUMBER_EVENTS = """
INSERT INTO toolkits_publicationstep (event_id, number)
SELECT event.id, counter.number
FROM toolkits_publicationevent event, toolkits_publicationcounter counter
WHERE event.public AND event.at > %s
    AND NOT EXISTS (SELECT FROM toolkits_publicationstep step WHERE step.event_id = event.id)
"""
LONGEST_TRANSACTION = datetime.timedelta(days=1)  # no older event is looked at


def loader_account():
    """The account that publishes what a network folder holds; it cannot sign in."""
    person = Person.objects.filter(is_loader=True).first()
    if person is None:
        person = Person(username="network-loader", is_loader=True)
        person.set_unusable_password()
        person.save()
    return person


def lock(*records):
    """Let one writer at a time work on these records; always taken in the same order, so that two never wait for each other."""
    list(RecordNumber.objects.select_for_update().filter(number__in=records).order_by("number"))


def raise_publication_number():
    """Make every cached answer and index of the public side out of date; the last write of a transaction."""
    PublicationCounter.objects.filter(pk=1).update(number=F("number") + 1)
    # Whatever public event has no number yet is of this transaction: all others came with theirs. The row of the
    # counter is locked now, so no other transaction numbers events before this one has ended.
    with connection.cursor() as cursor:
        cursor.execute(NUMBER_EVENTS, [timezone.now() - LONGEST_TRANSACTION])


def write_version(*, revision, correction=None, **what):
    """Append the next PublishedVersion with a revision's content, make the living row say it, and return the version.

    `correction` (dict) is added to those the page tells of. Raises policies.Outdated where centres took back what
    they had agreed to and the content says.
    """
    family_differences.check_still_agreed(revision.kind, revision.record_id, revision.payload)
    last = PublishedVersion.objects.filter(record=revision.record_id).aggregate(Max("version"))["version__max"] or 0
    version = version_row(revision=revision, number=last + 1, **what)
    version.save(force_insert=True)
    before = PublishedPage.objects.filter(record=version.record).first()
    if before and before.path != version.path:
        Redirect.objects.update_or_create(path=before.path, defaults={"record": version.record})
    Redirect.objects.filter(path=version.path).delete()
    page = page_row(version, before=before, correction=correction)
    if version.kind != "vocabulary":
        document = payloads.load(version.kind, version.schema, version.payload)
        page.cites = sorted({*page.cites, *own_links.records(document)} - {version.record})
    page.save()
    return version
