"""Who is told what: each function chooses its people and words, and is called in the transaction it tells of.

What is written here is sent by the runner (`toolkits.mail`), so that nobody is told of what was rolled back.
"""

from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from centres import permissions
from centres.models import Centre, Person, Role
from centres.records import RecordNumber
from toolkits.models import Change, Conclusion, Flag, Notice

Event = Notice.Event


def tell(people, *, event, title, text, address, key, words=None):
    """Leave each of `people` a notice, unless `key` says they have it already, and return how many were left one.

    Whoever cannot sign in, wants no mail or has no address is left out. `text`, with `words` in its places, and
    `address`, which counts from the portal's root, may be lazy: each person has them in their own language.
    """
    willing = _willing(people)
    told = set(Notice.objects.filter(key=key, person__in=willing).values_list("person", flat=True))
    notices = [
        Notice(person_id=number, event=event, title=title, key=key, **_said(language, text, words, address))
        for number, language in sorted(willing.items())
        if number not in told
    ]
    # Somebody else may be telling them of the same at this moment: once is enough.
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def _said(language, text, words, address):
    """The text and the address of a notice in a language."""
    with override(language):
        said = str(text)
        return {"text": said % words if words else said, "address": str(address)}


def _willing(people):
    """{number: language} of those who may sign in, want mail and have an address."""
    return {
        person.pk: person.language
        for person in people
        if permissions.may_sign_in(person) and person.mail != Person.Mail.NEVER and person.email
    }


def editors_of(centre):
    """Everybody who works on the records of `centre` (None: the network's own); administrators, once it has ended."""
    if centre is None:
        return permissions.people_of(None, [Role.Name.NETWORK_EDITOR])
    if permissions.has_ended(centre):
        return permissions.people_of(None, [Role.Name.ADMINISTRATOR])
    return permissions.people_of(centre, permissions.EDITING)


def _reviewers_of(centre):
    return permissions.people_of(centre, [Role.Name.REVIEWER if centre else Role.Name.NETWORK_EDITOR])


def _still_in(centre, people):
    """Of `people`, those whom a page of `centre` still concerns: drafts are not for who has left."""
    return [person for person in people if permissions.can_edit(person, centre)]


def keepers(keeper, centre):
    """Who looks after a page of `centre`: its `keeper` or, without one, everybody who works for the centre."""
    kept_by = _still_in(centre, [keeper]) if keeper else []
    return kept_by or list(editors_of(centre))


def submitted(revision):
    """Tell those who may decide on a revision that it waits for them, but not who submitted it."""
    return tell(
        _reviewers_of(revision.centre).exclude(pk=revision.submitted_by_id),
        event=Event.SUBMITTED,
        title=revision.title,
        text=_("%(person)s submitted this for review. %(change)s: %(note)s"),
        words={
            "person": _called(revision.submitted_by),
            "change": Change(revision.change).label,
            "note": revision.note or _("a minor change."),
        },
        address=_revision_address(revision),
        key=f"submitted:{revision.pk}",
    )


def returned(revision, decision):
    """Tell whoever submitted a revision that it came back, and why."""
    return tell(
        _still_in(revision.centre, [revision.submitted_by]),
        event=Event.RETURNED,
        title=revision.title,
        text=_("%(person)s returned what you submitted: %(note)s"),
        words={"person": _called(decision.decided_by), "note": decision.note},
        address=_revision_address(revision),
        key=f"returned:{decision.pk}",
    )


def published(revision, version):
    """Tell whoever submitted a revision, and whoever keeps its record, that it is public."""
    keeper = revision.record.keeper
    return tell(
        _still_in(revision.centre, filter(None, [revision.submitted_by, keeper])),
        event=Event.PUBLISHED,
        title=version.title,
        text=_("Version %(n)s is public."),
        words={"n": version.version},
        address=_public_address(version),
        key=f"published:{version.record}:{version.version}",
    )


def commented(comment):
    """Tell everybody who has had a part in a submission of what was said about it, but not who said it.

    Where nobody else has had one yet, those who may decide on it are told.
    """
    revision = comment.revision
    part = Person.objects.filter(
        Q(pk=revision.submitted_by_id)
        | Q(pk__in=revision.comments.values("by"))
        | Q(pk__in=revision.decisions.values("decided_by"))
    )
    people = _still_in(revision.centre, part.exclude(pk=comment.by_id))
    return tell(
        people or _reviewers_of(revision.centre).exclude(pk=comment.by_id),
        event=Event.COMMENTED,
        title=revision.title,
        text=_("%(person)s wrote: %(text)s") % {"person": _called(comment.by), "text": comment.text},
        address=_revision_address(revision),
        key=f"commented:{comment.pk}",
    )


def corrected(revision, version):
    """Tell everybody at the centre, who keeps the record, and the network's editors of an error that was public."""
    people = Person.objects.filter(
        Q(pk__in=editors_of(revision.centre).values("pk"))
        | Q(pk__in=permissions.people_of(revision.centre, [Role.Name.MANAGER]).values("pk"))
        | Q(pk__in=editors_of(None).values("pk"))
        | Q(pk=revision.record.keeper_id)
    )
    return tell(
        people,
        event=Event.CORRECTED,
        title=version.title,
        text=_("An error that was public has been corrected. %(conclusion)s. What was wrong: %(wrong)s"),
        words={"conclusion": Conclusion(revision.conclusion).label, "wrong": revision.wrong},
        address=_public_address(version),
        key=f"corrected:{version.record}:{version.version}",
    )


def flagged(flags, pages):
    """Tell who looks after live pages ({record: PublishedPage}) that something they rest on has changed.

    All flags of one cause at once, because a change of a scale flags every page that is rated on it.
    """
    records = RecordNumber.objects.select_related("keeper").in_bulk([flag.record_id for flag in flags])
    centres = Centre.objects.in_bulk({page.centre for page in pages.values()}, field_name="slug")
    people, notices = {}, []
    for flag in flags:
        record, page = records[flag.record_id], pages[flag.record_id]
        whose = record.keeper_id, page.centre
        if whose not in people:
            people[whose] = _willing(keepers(record.keeper, centres.get(page.centre)))
        told = {"event": Event.FLAGGED, "title": page.title, "key": f"flagged:{flag.pk}"}
        text, words = _why_flagged(flag)
        address = reverse_lazy("editorial:draft", args=[record.kind, record.pk])
        notices += [
            Notice(person_id=number, **told, **_said(language, text, words, address))
            for number, language in sorted(people[whose].items())
        ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=1000)


def _why_flagged(flag):
    words = {"cause": flag.cause_title, "n": flag.cause, "version": flag.cause_version}
    if flag.why == Flag.Why.PUBLISHED:
        said = _(
            "“%(cause)s” (record %(n)s, version %(version)s) has changed, and this page cites it. Does it still hold?"
        )
    elif flag.record_id == flag.cause:
        said = _("Studies of this synthesis have changed. Its old and its new result stand side by side on its page.")
    else:
        said = _("Studies of “%(cause)s” have changed, and a rating of this page rests on it. Does it still hold?")
    return said, words


def refused(appointment):
    """Tell who gave a time, and who submitted, that it came and the pages could not be published."""
    revisions = [appointment.revision] if appointment.revision else list(appointment.change_set.revisions.all())
    about = appointment.revision or appointment.change_set
    return tell(
        _still_in(about.centre, [appointment.made_by, *(revision.submitted_by for revision in revisions)]),
        event=Event.REFUSED,
        title=about.title,
        text=_("It was to go out at its time, and could not: %(why)s"),
        words={"why": appointment.outcome},
        address=_revision_address(revisions[0]),
        key=f"refused:{appointment.pk}",
    )


def _who_speak_for(centre):
    """Who may agree for `centre`: its editors or, once it has ended or left, administrators."""
    if permissions.has_ended(centre):
        return permissions.people_of(None, [Role.Name.ADMINISTRATOR])
    return editors_of(centre)


def _of_both_centres(difference, *more):
    """Everybody who may agree to a difference for either centre, each told once, and `more`."""
    both = {difference.first.centre, difference.second.centre}
    people = [person for centre in both for person in _who_speak_for(centre)]
    return {person.pk: person for person in [*people, *more]}


def _tell_of_difference(difference, people, by, said, *, address="", reason=""):
    people.pop(by.pk, None)
    return tell(
        people.values(),
        event=Event.DIFFERENCE,
        title=difference.family.name,
        text=said,
        words={"person": _called(by), "text": difference.text, "reason": reason},
        address=address or reverse_lazy("editorial:family_difference", args=[difference.pk]),
        key=f"difference:{difference.pk}:{timezone.now().isoformat()}",
    )


def difference_proposed(difference, by):
    """Tell both centres' editors that `by` has said why they rate differently."""
    said = _("%(person)s proposes words for why two centres rate this differently: %(text)s")
    return _tell_of_difference(difference, _of_both_centres(difference), by, said)


def difference_reworded(difference, by):
    """Tell both centres' editors that the words are others now, so that nobody has agreed to them but their writer."""
    said = _("%(person)s proposes other words for why two centres rate this differently: %(text)s")
    return _tell_of_difference(difference, _of_both_centres(difference), by, said)


def difference_agreed(difference, by):
    """Tell both centres' editors, and the network's, who publish families, that the second centre has agreed."""
    people = _of_both_centres(difference, *editors_of(None))
    said = _("Both centres agree why they rate this differently, and the family can be submitted with it: %(text)s")
    return _tell_of_difference(difference, people, by, said)


def difference_withdrawn(difference, by, reason):
    """Tell both centres' editors and, where it was agreed, the network's that a difference was taken back, and why."""
    people = _of_both_centres(difference, *(editors_of(None) if difference.agreed else ()))
    said = _("%(person)s withdrew why two centres rate this differently. It said: %(text)s The reason: %(reason)s")
    address = reverse_lazy("editorial:family_differences", args=[difference.family_id])
    return _tell_of_difference(difference, people, by, said, address=address, reason=reason)


def _called(person):
    return person.get_full_name() or person.get_username()


def _revision_address(revision):
    return reverse_lazy("editorial:revision", args=[revision.pk])


def _public_address(version):
    return reverse_lazy("public:record_version", args=[version.record, version.version])
