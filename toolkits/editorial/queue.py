"""Which submissions wait, and for whom; which drafts are ahead of what was submitted; what goes out together."""

from django.db.models import Exists, F, OuterRef, Q, Subquery

from centres import permissions
from centres.records import RecordNumber
from toolkits import snapshots
from toolkits.models import Appointment, ChangeSet, Decision, Flag, PublishedVersion, Revision

Verdict = Decision.Verdict


def owned_by(person, *, centre="centre"):
    """A condition: the row belongs to a centre of this person's, or to the network where that is theirs."""
    mine = Q(**{f"{centre}__in": permissions.centres_of(person)})
    return mine | Q(**{f"{centre}__isnull": True}) if permissions.works_for_network(person) else mine


def revisions_for(person):
    """Revisions that are this person's business, newest of each record only, with what became of them."""
    decided = Decision.objects.filter(revision=OuterRef("pk"))
    newer = Revision.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
    published = PublishedVersion.objects.filter(record=OuterRef("record"), revision_number=OuterRef("number"))
    waiting = Appointment.objects.filter(state=Appointment.State.WAITING)
    alone, together = Q(revision=OuterRef("pk")), Q(change_set=OuterRef("change_set"), change_set__isnull=False)
    return (
        Revision.objects.filter(owned_by(person))
        .filter(~Exists(newer))
        .annotate(
            approved=Exists(decided.filter(verdict__in=[Verdict.APPROVED, Verdict.EMERGENCY])),
            returned=Exists(decided.filter(verdict=Verdict.RETURNED)),
            imported=Exists(decided.filter(verdict=Verdict.IMPORTED)),
            published=Exists(published),
            goes_out_at=Subquery(waiting.filter(alone | together).values("at")[:1]),
        )
        .select_related("centre", "submitted_by", "change_set")
        .defer("payload")
        .order_by(F("submitted_at").desc())
    )


def emergencies_for(person):
    """What went out as an emergency and nobody else has approved since, also where something newer was submitted."""
    given = Decision.objects.filter(revision=OuterRef("pk"))
    return (
        Revision.objects.filter(owned_by(person), Exists(given.filter(verdict=Verdict.EMERGENCY)))
        .exclude(Exists(given.filter(verdict=Verdict.APPROVED)))
        .select_related("centre", "submitted_by", "change_set")
        .defer("payload")
    )


def queue_for(person):
    """The lists of the queue page, by name."""
    revisions = revisions_for(person)
    undecided = revisions.filter(approved=False, returned=False, imported=False)
    ready = revisions.filter(approved=True, returned=False, published=False)
    return {
        "waiting": undecided.exclude(submitted_by=person),
        "submitted": undecided.filter(submitted_by=person),
        "ready": ready.filter(goes_out_at__isnull=True),
        "scheduled": ready.filter(goes_out_at__isnull=False).order_by("goes_out_at"),
        "returned": revisions.filter(returned=True),
        "flagged": emergencies_for(person),
    }


def newest_revision(record):
    """The last revision of a record, or None."""
    return Revision.objects.filter(record=record).defer("payload").order_by("-number").first()


def open_flags(record):
    """What this record rests on and was published since somebody last looked."""
    return Flag.objects.filter(record=record, settled_at__isnull=True)


def change_sets_for(person):
    """The change sets that are this person's business."""
    return ChangeSet.objects.filter(owned_by(person)).select_related("centre", "created_by")


# As many as a page of checkboxes can show; further ones are ticked in the admin's lists.
CHANGED_AT_MOST = 200


def changed_documents(person, *, ticked=()):
    """The working rows of this person that are ahead of what was submitted, and those whose number is among `ticked`."""
    numbers = [int(number) for number in ticked if number.isdecimal()]
    ahead = RecordNumber.objects.filter(Q(draft_changed_at__isnull=False) | Q(number__in=numbers))
    found = []
    for model in snapshots.MODELS.values():
        rows = snapshots.QUERYSETS[model]().filter(record__in=ahead)
        owners = {field.name for field in model._meta.fields}
        if "centre" in owners:
            rows = rows.filter(owned_by(person))
        elif model is snapshots.Centre:
            rows = rows.filter(pk__in=permissions.centres_of(person))
        elif not permissions.works_for_network(person):
            continue
        found += rows[:CHANGED_AT_MOST]
    return found
