"""Where a study is used: the way from a study to the syntheses that rest on it, and on to their interventions."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from evidence.models import Synthesis
from toolkits.models import PublishedPage


def uses_of(study):
    """A list, as HTML, of the syntheses with a study: its keeper's to edit, and the others as far as they are public."""
    used = Synthesis.objects.filter(inclusions__study=study).distinct().prefetch_related("interventions__entry")
    rows = [_own(synthesis, study) for synthesis in used if synthesis.centre_id == study.centre_id]
    rows += _public([synthesis.pk for synthesis in used if synthesis.centre_id != study.centre_id])
    if not rows:
        return _("No synthesis has it yet.")
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((row,) for row in rows)))


def _own(synthesis, study):
    way = _link(reverse("admin:evidence_synthesis_change", args=[synthesis.pk]), synthesis.title)
    about, others = [], []
    for intervention in synthesis.interventions.all():
        if intervention.centre_id != study.centre_id:
            others.append(intervention.pk)
        elif hasattr(intervention, "entry"):
            address = reverse("admin:evidence_intervention_change", args=[intervention.pk])
            about.append(_link(address, intervention.name))
    about += _public(others)
    if not about:
        return way
    return format_html(
        "{}, {} {}", way, _("shown on the page of"), format_html_join(", ", "{}", ((one,) for one in about))
    )


def _public(records):
    """The pages of others' records that are public, as the public reads them."""
    live = PublishedPage.objects.filter(record__in=records, state=PublishedPage.State.LIVE).order_by("record")
    return [_link(page.path, page.title) for page in live]


def _link(address, name):
    return format_html('<a href="{}">{}</a>', address, name)
