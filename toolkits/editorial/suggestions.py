"""Public interventions, and studies, by name: for a field that asks for one."""

from django.db.models import Q
from django.http import Http404, JsonResponse
from django.views.decorators.http import require_safe

from centres import permissions
from evidence.models import Study
from toolkits.editorial.gates import editors_only, studies_only
from toolkits.editorial.queue import owned_by
from toolkits.models import PublishedPage
from toolkits.study_files.known import public_numbers

AT_MOST = 20


def _live():
    return PublishedPage.objects.filter(kind="intervention", state=PublishedPage.State.LIVE).order_by(
        "sort_name", "record"
    )


def _called(rows):
    return {
        record: f"{record} {title} ({centre})"
        for record, title, centre in rows.values_list("record", "title", "centre")
    }


def named(numbers):
    """{number: number, name and centre} of those interventions that are public."""
    return _called(_live().filter(record__in=numbers))


def interventions(*, number=None, name=""):
    """The public interventions with a number, or with exactly this name."""
    return named([number]) if number is not None else _called(_live().filter(title__iexact=name.strip())[:AT_MOST])


@require_safe
@editors_only
def suggest_interventions(request):
    """Public interventions whose name has the typed words in it, for the network's editors."""
    if not permissions.works_for_network(request.user):
        raise Http404
    typed = request.GET.get("q", "").strip()
    found = _called(_live().filter(title__icontains=typed)[:AT_MOST]) if typed else {}
    return JsonResponse({"found": list(found.values())})


def study_name(study):
    """A study as a field names it: its number first, by which it is found again."""
    title = f": {study.title}" if study.title else ""
    return f"{study.pk} {study.label}{title}"


@require_safe
@editors_only
@studies_only
def suggest_studies(request):
    """Studies that this person may use and whose label or title has the typed words in it."""
    typed = request.GET.get("q", "").strip()
    if not typed:
        return JsonResponse({"found": []})
    words = Q(label__icontains=typed) | Q(title__icontains=typed)
    studies = Study.objects.filter(owned_by(request.user) | Q(pk__in=public_numbers()), words, merged_into__isnull=True)
    return JsonResponse({"found": [study_name(study) for study in studies.order_by("label", "pk")[:AT_MOST]]})
