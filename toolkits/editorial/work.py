"""What there is to do, by person: the lists of the editors' home. Each is one named read, and one query.

A list holds the person's own centres' work, and the network's where that is theirs; never anything else.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from centres import permissions
from centres.models import Person
from centres.records import RecordNumber
from toolkits import family_differences, freshness
from toolkits.editorial.queue import emergencies_for, revisions_for
from toolkits.editorial.rerating import with_ratings_to_renew
from toolkits.models import (
    Appointment,
    Decision,
    Flag,
    PublicationEvent,
    PublishedPage,
    PublishedVocabulary,
)

# Where a record's title and its owner stand, by the name of its kind's table.
TITLES = {
    "intervention": "name",
    "report": "title",
    "toolkit": "name",
    "centre": "short_name",
    "ratingscheme": "name",
    "family": "name",
    "sharedlist": "slug",
    "synthesis": "title",
    "study": "label",
}
OWNERS = (
    *("intervention__centre", "report__centre", "toolkit__centre", "ratingscheme__centre", "centre__pk"),
    *("synthesis__centre", "study__centre"),
)
Verdict = Decision.Verdict


def _titled(queryset, before=""):
    """Rows that have a record, with its `title` and its `owner` (None: the network); `before` leads to the record."""
    titles = [F(f"{before}{table}__{column}") for table, column in TITLES.items()]
    return queryset.annotate(
        title=Coalesce(*titles, Value(""), output_field=CharField()),
        owner=Coalesce(*(F(f"{before}{owner}") for owner in OWNERS)),
    )


@dataclass(frozen=True)
class Desk:
    """A person's desk: whose work is theirs, asked once for all lists."""

    person: Person

    @cached_property
    def centres(self):
        """The centres whose drafts are theirs."""
        return permissions.centres_of(self.person)

    @cached_property
    def of_network(self):
        """Whether the network's own drafts are theirs."""
        return permissions.works_for_network(self.person)

    @cached_property
    def reviewed(self):
        """The centres whose submissions they decide on."""
        return permissions.reviewed_centres(self.person)

    @cached_property
    def managed(self):
        """The centres whose people and settings they look after."""
        return list(permissions.managed_centres(self.person))

    @cached_property
    def revisions(self):
        """The newest submissions of each record, with what became of them."""
        return revisions_for(self.person)

    def owns(self, column):
        """A condition: `column` names a centre of theirs, or no centre where the network is theirs."""
        mine = Q(**{f"{column}__in": self.centres})
        return mine | Q(**{f"{column}__isnull": True}) if self.of_network else mine

    def decides(self, column):
        """A condition: `column` names a centre whose submissions they decide on."""
        mine = Q(**{f"{column}__in": self.reviewed})
        return mine | Q(**{f"{column}__isnull": True}) if self.of_network else mine


def _records(desk):
    return _titled(RecordNumber.objects.select_related("keeper")).filter(desk.owns("owner"))


def _ahead(desk):
    return _records(desk).filter(draft_changed_at__isnull=False).order_by("-draft_changed_at", "number")


def drafts(desk):
    """What this person works on and has not submitted."""
    return _ahead(desk).filter(keeper=desk.person)


def unkept(desk):
    """What is ahead of its last submission and in nobody's keeping: for anybody of its centre to take."""
    return _ahead(desk).filter(keeper__isnull=True)


def changed(desk):
    """What is public, and has a draft that says something else."""
    live = PublishedPage.objects.filter(record=OuterRef("pk"), state=PublishedPage.State.LIVE)
    lists = PublishedVocabulary.objects.filter(record=OuterRef("pk"))
    return _ahead(desk).filter(Exists(live) | Exists(lists))


def overdue(desk):
    """Interventions whose review was due, or whose search for studies is so old that their page says so."""
    today = freshness.today()
    long_ago = freshness.months_later(today, -settings.STALE_MONTHS)
    live = PublishedPage.objects.filter(record=OuterRef("pk"), state=PublishedPage.State.LIVE)
    return (
        _records(desk)
        .filter(kind="intervention")
        .filter(Q(intervention__next_review__lt=today) | Exists(live.filter(last_searched__lt=long_ago)))
        .annotate(next_review=F("intervention__next_review"), last_searched=F("intervention__last_searched"))
        .order_by(F("next_review").asc(nulls_last=True), "number")
    )


def waiting(desk):
    """Submissions that this person may decide on."""
    undecided = desk.revisions.filter(approved=False, returned=False, imported=False)
    return undecided.filter(desk.decides("centre")).exclude(submitted_by=desk.person)


def returned(desk):
    """What this person submitted and a reviewer gave back: `returned_by`, and `why`."""
    decision = Decision.objects.filter(revision=OuterRef("pk"), verdict=Verdict.RETURNED)
    return desk.revisions.filter(returned=True, submitted_by=desk.person).annotate(
        why=Subquery(decision.values("note")[:1]),
        returned_by=Subquery(decision.values("decided_by__username")[:1]),
    )


def emergencies(desk):
    """What went out as an emergency and still needs the approval of this person, or of another like them."""
    own = Decision.objects.filter(revision=OuterRef("pk"), verdict=Verdict.EMERGENCY, decided_by=desk.person)
    found = emergencies_for(desk.person).filter(desk.decides("centre"))
    return found.exclude(Exists(own)).exclude(submitted_by=desk.person).order_by("submitted_at")


def differences(desk):
    """Why centres rate differently, in words that wait for somebody of this person's centres to agree."""
    return family_differences.waiting_for(desk.person)


def scheduled(desk):
    """What goes out by itself, the next first."""
    alone = Q(revision__isnull=False) & desk.owns("revision__centre")
    together = Q(change_set__isnull=False) & desk.owns("change_set__centre")
    waiting_for = Appointment.objects.filter(alone | together, state=Appointment.State.WAITING)
    return waiting_for.select_related("revision", "change_set", "made_by").defer("revision__payload").order_by("at")


def flagged(desk):
    """Live pages that rest on something which was published since."""
    flags = _titled(Flag.objects.filter(settled_at__isnull=True), "record__")
    return flags.filter(desk.owns("owner")).select_related("record").order_by("-raised_at", "-pk")


def recent(desk):
    """What became public of this person's centres, or of the network, the newest first."""
    mine = Q(centre__in=desk.centres.values("slug"))
    events = PublicationEvent.objects.filter(mine | Q(centre="") if desk.of_network else mine, public=True)
    return events.select_related("by").order_by("-at", "-pk")


def to_rate_again(desk):
    """Interventions with ratings on a scale that a newer version has taken the place of."""
    return with_ratings_to_renew(desk.person)
