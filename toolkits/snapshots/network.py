"""Centres, the network's lists, toolkits and reports as published."""

from django.db.models import Exists, OuterRef, Q

from centres import partial_dates
from centres.models import Membership, NetworkFact, Succession
from evidence.models import AgeBand, Outcome, RatingScheme, Setting
from toolkits import payloads
from toolkits.models.publishing import PublishedVersion
from toolkits.models.working import Assessed, SharedList, SynonymGroup
from toolkits.richtext import to_html
from toolkits.snapshots import schemes
from toolkits.snapshots.common import centre_link, in_welsh, link, parts, points, source, sources

VOCABULARIES = {
    SharedList.Name.OUTCOMES: Outcome,
    SharedList.Name.SETTINGS: Setting,
    SharedList.Name.AGE_BANDS: AgeBand,
}


def _spell(membership):
    return payloads.MembershipSpell(
        centre=link(membership.centre),
        tier=membership.tier,
        started=membership.started,
        ended=membership.ended,
        first_day=partial_dates.first_day(membership.started),
        last_day=partial_dates.last_day(membership.ended) if membership.ended else None,
        basis=membership.basis,
    )


def _ending(succession):
    return payloads.Ending(
        predecessor=link(succession.predecessor),
        successor=link(succession.successor) if succession.successor else None,
        kind=succession.kind,
        date=succession.date,
        note=succession.note,
    )


def build_centre(centre):
    """The payloads.Centre of a working centre."""
    successions = Succession.objects.select_related("predecessor", "successor")
    ending = successions.filter(predecessor=centre).last()
    return payloads.Centre(
        record=centre.pk,
        slug=centre.slug,
        name=centre.name,
        short_name=centre.short_name,
        accent=centre.accent,
        policy_area=centre.policy_area,
        founded=centre.founded,
        closed=centre.closed,
        hosts=parts(centre.hosts),
        constitution=centre.constitution,
        funding_note=parts(centre.funding_note),
        website=centre.website,
        audience=parts(centre.audience),
        sources=sources(centre.source_url),
        memberships=[_spell(membership) for membership in centre.memberships.select_related("centre")],
        ending=_ending(ending) if ending else None,
        origins=[_ending(succession) for succession in successions.filter(successor=centre)],
        awards=[
            payloads.Award(
                funder=award.funder,
                what=award.what,
                amount_gbp=award.amount_gbp,
                started=award.started,
                ended=award.ended,
                sources=sources(award.source),
            )
            for award in centre.awards.all()
        ],
        welsh=in_welsh(centre, name=centre.name_cy.strip(), summary=centre.policy_area_cy.strip()),
    )


def _assessed(row):
    return payloads.Assessed(
        name=row.name,
        centre=centre_link(row.centre) if row.centre else None,
        reason=row.reason,
        date=row.date,
        source=source(row.source_url, website=row.centre.website if row.centre else ""),
    )


def build_shared_list(shared):
    """The payloads.Vocabulary of a shared list, from the rows it is made of."""
    basics = {"record": shared.pk, "slug": shared.slug, "name": shared.get_slug_display()}
    if shared.slug == SharedList.Name.NETWORK:
        return payloads.Vocabulary(
            **basics,
            facts=[
                payloads.Fact(key=fact.key, value=fact.value, source=fact.source) for fact in NetworkFact.objects.all()
            ],
            memberships=[_spell(spell) for spell in Membership.objects.select_related("centre")],
            endings=[_ending(row) for row in Succession.objects.select_related("predecessor", "successor")],
        )
    if shared.slug == SharedList.Name.SYNONYMS:
        groups = SynonymGroup.objects.all()
        return payloads.Vocabulary(
            **basics,
            synonyms=[payloads.Synonyms(term=group.term, equivalents=points(group.equivalents)) for group in groups],
        )
    if shared.slug == SharedList.Name.ASSESSED:
        found = Assessed.objects.select_related("centre")
        return payloads.Vocabulary(**basics, assessed=[_assessed(row) for row in found])
    return payloads.Vocabulary(
        **basics,
        terms=[
            payloads.VocabularyTerm(
                slug=term.slug,
                name=term.name,
                from_age=getattr(term, "from_age", None),
                to_age=getattr(term, "to_age", None),
            )
            for term in VOCABULARIES[shared.slug].objects.all()
        ],
    )


def build_toolkit(toolkit):
    """The payloads.Toolkit of a working toolkit, with the schemes its facets need."""
    in_use = Q(levels__ratings__intervention__entry__toolkit=toolkit)
    # The next version of a scale that is still a draft is nobody's business but its editors'.
    drafts = Q(succeeds__isnull=False) & ~Exists(PublishedVersion.objects.filter(record=OuterRef("pk")))
    found = RatingScheme.objects.filter(in_use | Q(centre=toolkit.centre)).exclude(drafts)
    methods = list(schemes.for_snapshot(found.distinct()))
    return payloads.Toolkit(
        record=toolkit.pk,
        slug=toolkit.slug,
        name=toolkit.name,
        centre=centre_link(toolkit.centre),
        introduction_html=to_html(toolkit.introduction),
        axes=[
            payloads.ToolkitAxis(
                axis=axis.axis,
                absent_means=axis.absent_means,
                schemes=[scheme.slug for scheme in methods if scheme.axis == axis.axis],
            )
            for axis in toolkit.axes.all()
        ],
        methods=[schemes.build_for_facets(scheme) for scheme in methods],
        welsh=in_welsh(toolkit, name=toolkit.name_cy.strip(), summary_html=to_html(toolkit.introduction_cy)),
    )


def build_report(report):
    """The payloads.Report of a working report."""
    return payloads.Report(
        record=report.pk,
        slug=report.slug,
        title=report.title,
        title_is_descriptive=report.title_is_descriptive,
        centre=centre_link(report.centre),
        year=report.year,
        type=report.type,
        topic=report.topic,
        authors=parts(report.authors),
        source=source(report.url, website=report.centre.website) if report.url else None,
        citation=report.citation,
        finding=report.finding,
        welsh=in_welsh(report, name=report.title_cy.strip(), summary=report.finding_cy.strip()),
    )
