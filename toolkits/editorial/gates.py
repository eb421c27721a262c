"""The decorators that stand before every editorial view: method, login, load, permission, never cached."""

import functools

from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404
from django.views.decorators.cache import never_cache

from centres import permissions
from toolkits import snapshots
from toolkits.models import Appointment, ChangeSet, Flag, Revision


def editors_only(view):
    """Signed-in staff; the answer is in nobody's cache and no search engine."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(staff_member_required(guarded, login_url="account_login"))


def studies_only(view):
    """Whoever works on studies at all, of a centre or of the network; 404 for anybody else."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        person = request.user
        if not permissions.works_for_network(person) and not permissions.centres_of(person).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def may_see(person, centre):
    """Whether drafts of `centre` (None: the network) are any of this person's business."""
    return permissions.can_edit(person, centre)


def document_or_404(person, kind, record):
    """The working row of `kind` with number `record`; 404 where it is another centre's."""
    model = snapshots.MODELS.get(kind)
    document = model and model.objects.filter(pk=record).first()
    if document is None or not may_see(person, snapshots.owner(document)):
        raise Http404
    return snapshots.reload(document)


def _own_or_404(person, row, centre_of):
    if row is None or not may_see(person, centre_of(row)):
        raise Http404
    return row


def revision_or_404(person, number):
    """The revision with database key `number`; 404 where it is another centre's."""
    revision = Revision.objects.select_related("centre", "submitted_by", "change_set").filter(pk=number).first()
    return _own_or_404(person, revision, lambda revision: revision.centre)


def change_set_or_404(person, number):
    """The change set with database key `number`; 404 where it is another centre's."""
    change_set = ChangeSet.objects.select_related("centre", "created_by").filter(pk=number).first()
    return _own_or_404(person, change_set, lambda change_set: change_set.centre)


def appointment_or_404(person, number):
    """The appointment with database key `number`; 404 where it is another centre's."""
    appointment = Appointment.objects.select_related("revision", "change_set").filter(pk=number).first()
    return _own_or_404(person, appointment, lambda appointment: (appointment.revision or appointment.change_set).centre)


def flag_or_404(person, number):
    """The flag with database key `number`, with its record; 404 where the page is another centre's."""
    flag = Flag.objects.select_related("record").filter(pk=number).first()
    if flag is None:
        raise Http404
    document_or_404(person, flag.record.kind, flag.record_id)
    return flag
