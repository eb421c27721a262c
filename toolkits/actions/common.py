"""What every action needs: the lock on a record, the loader's account, the publication number."""

from django.db.models import F, Max

from centres.models import Person
from centres.records import RecordNumber
from toolkits import family_differences, own_links, payloads
from toolkits.models import PublicationCounter, PublishedPage, PublishedVersion, Redirect
from toolkits.publication_rows import page_row, version_row


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
