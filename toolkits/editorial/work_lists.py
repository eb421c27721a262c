"""The lists of the editors' home as they are shown: a heading, how many there are, and a line a row."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.models import Intervention
from toolkits import snapshots
from toolkits.editorial import work
from toolkits.editorial.results import in_a_line
from toolkits.models import Flag, Kind, SharedList

ON_HOME = 10


@dataclass(frozen=True)
class Item:
    """A line of a list: what it is about, where that is, and what is to be known of it.

    `take` is the address that puts it into one's keeping, `put_back` the one that puts it out of it again.
    """

    title: str
    address: str
    detail: str
    kind: str = ""
    take: str = ""
    put_back: str = ""


@dataclass(frozen=True)
class WorkList:
    """A list of work: its reads, and how a row becomes a line."""

    name: str
    title: Any
    rows: Callable
    item: Callable


@dataclass(frozen=True)
class Shown:
    """The first lines of a list, and how many there are in all."""

    list: WorkList
    items: list[Item]
    total: int

    @property
    def further(self):
        """Whether there are more than are shown."""
        return self.total > len(self.items)


def _moment(at):
    return date_format(timezone.localtime(at), "j F Y, H:i")


def _title(kind, title):
    return SharedList.Name(title).label if kind == "vocabulary" else title


def _kind(kind):
    return Kind(kind).label


def _change_form(model, number):
    """Where a record is edited."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[number])


def _form(record):
    return _change_form(snapshots.MODELS[record.kind], record.pk)


def _draft(record):
    words = {"when": _moment(record.draft_changed_at), "person": record.keeper}
    said = _("changed %(when)s; %(person)s") if record.keeper else _("changed %(when)s")
    return Item(_title(record.kind, record.title), _form(record), said % words, _kind(record.kind))


def _own(record):
    return replace(_draft(record), put_back=reverse("editorial:take", args=[record.kind, record.pk]))


def _unkept(record):
    return replace(_draft(record), take=reverse("editorial:take", args=[record.kind, record.pk]))


def _overdue(record):
    said = []
    if record.next_review and record.next_review < timezone.localdate():
        said.append(_("review was due on %(day)s") % {"day": date_format(record.next_review, "j F Y")})
    if record.last_searched:
        said.append(_("studies last looked for on %(day)s") % {"day": date_format(record.last_searched, "j F Y")})
    return Item(record.title, _form(record), "; ".join(said), _kind(record.kind))


def _submission(revision):
    words = {
        "who": revision.submitted_by,
        "when": _moment(revision.submitted_at),
        "note": Truncator(revision.note).words(20),
    }
    said = _("by %(who)s, %(when)s: %(note)s") if revision.note else _("by %(who)s, %(when)s")
    return Item(revision.title, reverse("editorial:revision", args=[revision.pk]), said % words, _kind(revision.kind))


def _returned(revision):
    words = {"who": revision.returned_by, "why": Truncator(revision.why).words(40)}
    address = reverse("editorial:revision", args=[revision.pk])
    return Item(revision.title, address, _("%(who)s: “%(why)s”") % words, _kind(revision.kind))


def _appointment(appointment):
    if appointment.revision:
        title, kind = appointment.revision.title, _kind(appointment.revision.kind)
        address = reverse("editorial:revision", args=[appointment.revision_id])
    else:
        title, kind = appointment.change_set.title, _("Change set")
        address = reverse("editorial:change_set", args=[appointment.change_set_id])
    words = {"when": _moment(appointment.at), "who": appointment.made_by}
    return Item(title, address, _("goes out on %(when)s; set by %(who)s") % words, kind)


def _flag(flag):
    words = {"cause": flag.cause_title, "n": flag.cause_version}
    if flag.why == Flag.Why.STUDIES:
        words |= {"was": in_a_line(flag.was), "now": in_a_line(flag.now)}
        said = _("studies of “%(cause)s” changed: %(was)s in public, %(now)s now") % words
    else:
        said = _("“%(cause)s” was published as version %(n)s since") % words
    address = reverse("editorial:draft", args=[flag.record.kind, flag.record_id])
    return Item(_title(flag.record.kind, flag.title), address, said, _kind(flag.record.kind))


def _event(event):
    words = {"what": event.get_verb_display().lower(), "when": _moment(event.at), "who": event.by}
    address = event.path or reverse("public:record", args=[event.record])
    return Item(event.title, address, _("%(what)s %(when)s by %(who)s") % words, _kind(event.kind))


def _difference(difference):
    words = {"cause": difference.get_cause_display(), "text": Truncator(difference.text).words(20)}
    address = reverse("editorial:family_difference", args=[difference.pk])
    return Item(difference.family.name, address, _("%(cause)s: %(text)s") % words, _kind("family"))


def _to_rate_again(intervention):
    scales = dict.fromkeys(rating.level.scheme.name for rating in intervention.renewals)
    said = _("rated on an older version of %(scales)s") % {"scales": "; ".join(scales)}
    return Item(intervention.name, _change_form(Intervention, intervention.pk), said, _kind("intervention"))


LISTS = (
    WorkList("waiting", gettext_lazy("Waiting for you"), work.waiting, _submission),
    WorkList("emergencies", gettext_lazy("Emergencies still to approve"), work.emergencies, _submission),
    WorkList("returned", gettext_lazy("Returned to you"), work.returned, _returned),
    WorkList("drafts", gettext_lazy("Your drafts"), work.drafts, _own),
    WorkList("flagged", gettext_lazy("Flagged: something they rest on changed"), work.flagged, _flag),
    WorkList("differences", gettext_lazy("Why ratings differ: to be agreed"), work.differences, _difference),
    WorkList("unkept", gettext_lazy("In nobody's keeping"), work.unkept, _unkept),
    WorkList("scheduled", gettext_lazy("Going out at a time"), work.scheduled, _appointment),
    WorkList("overdue", gettext_lazy("Overdue for review"), work.overdue, _overdue),
    WorkList("rerating", gettext_lazy("To be rated again"), work.to_rate_again, _to_rate_again),
    WorkList("changed", gettext_lazy("Changed since published"), work.changed, _draft),
    WorkList("recent", gettext_lazy("Recently published"), work.recent, _event),
)
BY_NAME = {worklist.name: worklist for worklist in LISTS}


def shown(desk, worklist, at_most=ON_HOME):
    """The first lines of a list; the rows and their number come with one query."""
    rows = list(worklist.rows(desk).annotate(in_all=Window(Count("*")))[:at_most])
    return Shown(worklist, [worklist.item(row) for row in rows], rows[0].in_all if rows else 0)
