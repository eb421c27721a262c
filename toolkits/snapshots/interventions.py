"""Interventions and families as published."""

from django.db.models import Prefetch
from django.utils import timezone

from evidence.models import Family, FamilyDifference
from toolkits import payloads
from toolkits.richtext import to_html
from toolkits.snapshots.common import centre_link, in_welsh, link, parts, points, source, sources
from toolkits.snapshots.schemes import build_rating


def for_snapshot(queryset):
    """`queryset` of interventions with everything `build` touches."""
    return queryset.select_related("centre", "entry__toolkit").prefetch_related(
        "outcomes",
        "unrated_outcomes",
        "settings",
        "age_bands",
        "entry__toolkit__axes",
        "cost_figures",
        "ratings__outcome",
        "ratings__basis__synthesis",
        "ratings__basis__proposed",
        "ratings__basis__chosen",
        "ratings__level__scheme__centre",
        "ratings__level__scheme__levels",
    )


def _terms(related):
    return [payloads.Term(slug=term.slug, name=term.name) for term in related.all()]


def _absences(toolkit, ratings):
    """What each axis without a rating of the centre's own means: a reading by the network does not fill it."""
    rated = {rating.axis for rating in ratings if not rating.by_network}
    return [
        payloads.Absence(axis=axis.axis, meaning=axis.absent_means)
        for axis in toolkit.axes.all()
        if axis.axis not in rated
    ]


def _cost(cost, *, website):
    return payloads.Cost(
        label=cost.label,
        amount=cost.amount,
        amount_to=cost.amount_to,
        currency=cost.currency,
        unit=cost.unit,
        timing=cost.timing,
        price_year=cost.price_year,
        includes=cost.includes.strip(),
        paid_by=cost.paid_by,
        source=source(cost.source, website=website),
        confidence=cost.confidence,
        confidence_reason=cost.confidence_reason.strip(),
    )


def build(intervention):
    """The payloads.Intervention of a working intervention; it must have its place in a toolkit."""
    toolkit, website = intervention.entry.toolkit, intervention.centre.website
    ratings = [build_rating(rating, website=website) for rating in intervention.ratings.all()]
    return payloads.Intervention(
        record=intervention.pk,
        slug=intervention.entry.slug,
        name=intervention.name,
        summary=intervention.summary,
        status=intervention.status,
        centre=centre_link(intervention.centre),
        toolkit=link(toolkit),
        source=source(intervention.source_url, website=website),
        language=intervention.language,
        ratings=ratings,
        absences=_absences(toolkit, ratings),
        key_messages=points(intervention.key_messages),
        how_it_works_html=to_html(intervention.how_it_works),
        outcomes=_terms(intervention.outcomes),
        outcome_as_published=parts(intervention.outcome_as_published),
        unrated_outcomes=_terms(intervention.unrated_outcomes),
        settings=_terms(intervention.settings),
        setting_as_published=parts(intervention.setting_as_published),
        ages=_terms(intervention.age_bands),
        age_as_published=parts(intervention.age_as_published),
        studies_count=intervention.studies_count,
        headline_value=intervention.headline_value,
        headline_unit=intervention.headline_unit,
        headline_text=intervention.headline_text,
        finding_as_published=intervention.finding_as_published,
        how_sure_html=to_html(intervention.how_sure),
        for_whom_html=to_html(intervention.for_whom),
        cautions=points(intervention.cautions),
        implementation=points(intervention.implementation),
        costs_html=to_html(intervention.costs),
        gaps_html=to_html(intervention.gaps),
        authors=points(intervention.authors),
        interests=intervention.interests.strip(),
        other_sources=sources(intervention.other_sources, website=website),
        version_or_date=intervention.version_or_date,
        last_searched=intervention.last_searched,
        next_review=intervention.next_review,
        cost_figures=[_cost(cost, website=website) for cost in intervention.cost_figures.all()],
        welsh=in_welsh(
            intervention,
            name=intervention.name_cy.strip(),
            summary=intervention.summary_cy.strip(),
            key_messages=points(intervention.key_messages_cy),
        ),
    )


def families_for_snapshot():
    """All families with what `build_family` touches: of their differences only what is agreed."""
    agreed = FamilyDifference.objects.standing().agreed().order_by("first", "second", "cause")
    return Family.objects.prefetch_related("members", Prefetch("differences", agreed, to_attr="agreed_differences"))


def build_family(family):
    """The payloads.Family of a working family as `families_for_snapshot` reads it."""
    return payloads.Family(
        record=family.pk,
        slug=family.slug,
        name=family.name,
        members=[
            payloads.FamilyMember(record=member.intervention_id, relation=member.relation)
            for member in family.members.all()
        ],
        differences=[
            payloads.Difference(
                first=difference.first_id,
                second=difference.second_id,
                cause=difference.cause,
                text=difference.text,
                agreed_on=timezone.localdate(difference.agreed_at),
            )
            for difference in family.agreed_differences
        ],
    )
