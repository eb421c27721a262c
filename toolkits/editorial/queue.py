"""Which submissions wait, and for whom."""

from django.db.models import Exists, F, OuterRef, Q

from centres import permissions
from toolkits.models import Decision, PublishedVersion, Revision

Verdict = Decision.Verdict


def revisions_for(person):
    """Revisions that are this person's business, newest of each record only, with what became of them."""
    decided = Decision.objects.filter(revision=OuterRef("pk"))
    newer = Revision.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
    published = PublishedVersion.objects.filter(record=OuterRef("record"), revision_number=OuterRef("number"))
    mine = Q(centre__in=permissions.centres_of(person))
    if permissions.works_for_network(person):
        mine |= Q(centre__isnull=True)
    return (
        Revision.objects.filter(mine)
        .filter(~Exists(newer))
        .annotate(
            approved=Exists(decided.filter(verdict__in=[Verdict.APPROVED, Verdict.EMERGENCY])),
            returned=Exists(decided.filter(verdict=Verdict.RETURNED)),
            imported=Exists(decided.filter(verdict=Verdict.IMPORTED)),
            emergency=Exists(decided.filter(verdict=Verdict.EMERGENCY)),
            confirmed=Exists(decided.filter(verdict=Verdict.APPROVED)),
            published=Exists(published),
        )
        .select_related("centre", "submitted_by")
        .defer("payload")
        .order_by(F("submitted_at").desc())
    )


def queue_for(person):
    """The lists of the queue page, by name."""
    revisions = revisions_for(person)
    undecided = revisions.filter(approved=False, returned=False, imported=False)
    return {
        "waiting": undecided.exclude(submitted_by=person),
        "submitted": undecided.filter(submitted_by=person),
        "ready": revisions.filter(approved=True, returned=False, published=False),
        "returned": revisions.filter(returned=True),
        "flagged": revisions.filter(emergency=True, confirmed=False),
    }
