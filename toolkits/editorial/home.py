"""The editors' home, and each of its lists whole."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toolkits import keeping, policies
from toolkits.editorial import work_lists
from toolkits.editorial.gates import document_or_404, editors_only
from toolkits.editorial.work import Desk

ON_A_PAGE = 50


@require_safe
@editors_only
def home(request):
    """What there is to do, above the admin's own list of what there is."""
    desk = Desk(request.user)
    lists = [work_lists.shown(desk, worklist) for worklist in work_lists.LISTS]
    context = {
        "title": _("Your work"),
        "lists": [shown for shown in lists if shown.total],
        "empty": [shown.list.title for shown in lists if not shown.total],
        "managed": desk.managed,
    }
    return admin.site.index(request, extra_context=context)


@require_safe
@editors_only
def work_list(request, name):
    """One list of the home, page by page."""
    worklist = work_lists.BY_NAME.get(name)
    if worklist is None:
        raise Http404
    page = Paginator(worklist.rows(Desk(request.user)), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": worklist.title,
        "worklist": worklist,
        "page": page,
        "items": [worklist.item(row) for row in page],
    }
    return render(request, "editorial/work_list.html", context)


@require_POST
@editors_only
def take(request, kind, record):
    """Take a record that is in nobody's keeping, or put one's own back."""
    document = document_or_404(request.user, kind, record)
    try:
        if "back" in request.POST:
            keeping.put_back(document=document, by=request.user)
            messages.success(request, _("“%(title)s” is in nobody's keeping now.") % {"title": document})
        else:
            keeping.take(document=document, by=request.user)
            messages.success(request, _("“%(title)s” is yours to work on.") % {"title": document})
    except policies.Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:index")
