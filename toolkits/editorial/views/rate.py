"""Rating from a synthesis: its result, what the scale's published rule makes of it, and the editor's decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evidence.models import Intervention, RatingBasis
from evidence.proposals import Proposal
from toolkits import actions, ledger, policies, snapshots
from toolkits.editorial.gates import document_or_404, editors_only
from toolkits.editorial.rate_form import RateForm
from toolkits.editorial.results import result_of
from toolkits.editorial.views.common import carry_out, page
from toolkits.public.ledger_words import decision, moved_rows, number_rows
from toolkits.public.older import full_name
from toolkits.snapshots.ledger import build_basis, numbers_of
from toolkits.snapshots.schemes import level_name


def rating_or_404(person, record, number):
    """The rating with database key `number` of an intervention; 404 where it is not this person's to change."""
    document = document_or_404(person, Intervention.KIND, record)
    rating = next((rating for rating in document.ratings.all() if rating.pk == number), None)
    if rating is None or not policies.can_rate(rating, by=person):
        raise Http404
    return rating


def _chosen(request, rating, syntheses):
    """The synthesis that was asked for, that the rating rests on, or the only one there is; None: to be chosen."""
    by_number = {str(synthesis.pk): synthesis for synthesis in syntheses}
    asked = request.POST.get("synthesis") or request.GET.get("synthesis")
    if asked is not None:
        if asked not in by_number:
            raise Http404
        return by_number[asked]
    basis = getattr(rating, "basis", None)
    return by_number.get(str(basis.synthesis_id)) if basis else syntheses[0] if len(syntheses) == 1 else None


def _recorded(rating):
    """What the rating rests on now, and how the synthesis has moved since; nothing where it rests on none."""
    levels = list(rating.level.scheme.levels.all())
    basis = build_basis(rating, lambda level: level_name(level, levels))
    if basis is None:
        return {}
    row = RatingBasis.objects.select_related("by", "synthesis").get(rating=rating)
    now = ledger.numbers_now(row.synthesis)
    return {
        "basis": basis,
        "basis_row": row,
        "basis_numbers": number_rows(basis.numbers),
        "basis_decision": decision(basis),
        "moved": [] if basis.holds(now) else moved_rows(basis.numbers, now),
    }


def _rate_page(request, rating):
    """(what the page shows, the synthesis and the form, None while none is chosen)."""
    intervention, scheme = rating.intervention, rating.level.scheme
    syntheses = list(ledger.own_syntheses(intervention))
    synthesis = _chosen(request, rating, syntheses)
    context = {
        "title": _("Rate “%(name)s” from a synthesis") % {"name": intervention},
        "intervention": intervention,
        "rating": rating,
        "scale": full_name(scheme.name, scheme.version),
        "level": level_name(rating.level, list(scheme.levels.all())),
        "syntheses": syntheses,
        "synthesis": synthesis,
        "change_url": reverse("admin:evidence_intervention_change", args=[intervention.pk]),
        **_recorded(rating),
    }
    if synthesis is None:
        return context, None
    document = snapshots.build(snapshots.reload(synthesis))
    numbers = numbers_of(document)
    proposal = ledger.propose(scheme, numbers) if document.pooled else Proposal()
    form = RateForm(request.POST if request.method == "POST" else None, rating=rating, proposal=proposal)
    context |= {
        "result": result_of(document),
        "pooled": document.pooled is not None,
        "proposal": proposal,
        "other_outcome": _other_outcome(rating, synthesis),
        "seen": ledger.fingerprint(numbers, proposal),
        "form": form,
    }
    return context, form


def _other_outcome(rating, synthesis):
    """The outcome of the synthesis, where the rating is of another."""
    differs = rating.outcome_id and synthesis.outcome_id and rating.outcome_id != synthesis.outcome_id
    return synthesis.outcome if differs else None


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def rate(request, record, number):
    """Rate one of an intervention's ratings from one of its centre's own syntheses."""
    rating = rating_or_404(request.user, record, number)
    context, form = _rate_page(request, rating)
    if request.method != "POST" or form is None:
        return page(request, "rate", context)
    basis = carry_out(
        actions.rate_from_synthesis,
        form,
        rating=rating,
        synthesis=context["synthesis"],
        seen=request.POST.get("seen", ""),
        by=request.user,
    )
    if basis is None:
        return page(request, "rate", context, form)
    messages.success(request, _("Rated from “%(name)s”. Preview the page, then submit it.") % {"name": basis.synthesis})
    return redirect("editorial:draft", Intervention.KIND, record)


@require_POST
@editors_only
def rate_without(request, record, number):
    """Let a rating rest on no synthesis any more."""
    rating = rating_or_404(request.user, record, number)
    try:
        actions.rate_without_synthesis(rating=rating, by=request.user)
    except policies.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("This rating rests on no synthesis any more. Its level is as it was."))
    return redirect("editorial:rate", record, number)
