"""Syntheses as published: the studies as they are entered, and what pooling them gives."""

from collections import defaultdict

from evidence.appraisals import TOOLS
from evidence.models import Synthesis
from toolkits import payloads
from toolkits.richtext import to_html
from toolkits.snapshots.common import centre_link, points, source
from toolkits.snapshots.numbers import interval_of, text
from toolkits.snapshots.plain_numbers import plain_numbers


def for_snapshot(queryset=None):
    """`queryset` of syntheses with everything `build` touches."""
    queryset = Synthesis.objects.all() if queryset is None else queryset
    return queryset.select_related("centre", "outcome").prefetch_related(
        "interventions__entry",
        "inclusions__study__centre",
        "inclusions__study__copies",
        "inclusions__estimate__appraisals",
    )


def _facts(study):
    return payloads.StudyFacts(
        record=study.pk,
        label=study.label,
        title=study.title,
        citation=study.citation,
        year=study.year,
        country=study.country,
        uk_nation=study.uk_nation,
        design=study.design,
        setting=study.setting,
        ages=study.ages,
        participants=study.participants,
        missing_people=study.missing_people,
        registration=study.registration,
        doi=study.doi,
        funder=study.funder,
        interests=study.interests,
        protocol=study.protocol,
        centre=centre_link(study.centre) if study.centre else None,
        copies=[copy.pk for copy in study.copies.all()],
    )


def _appraisals(estimate):
    """One judgement a domain: what was agreed, or what the one reader said. Two who do not agree yet say nothing."""
    by_domain = defaultdict(dict)
    for appraisal in estimate.appraisals.all():
        by_domain[appraisal.tool, appraisal.domain][appraisal.reading] = appraisal
    found = []
    for (tool, domain), readings in by_domain.items():
        chosen = readings.get("agreed") or (next(iter(readings.values())) if len(readings) == 1 else None)
        if chosen is None:
            continue
        found.append(
            payloads.Appraisal(
                tool=TOOLS[tool].name,
                domain=domain,
                judgement=chosen.judgement,
                level=TOOLS[tool].judgements[chosen.judgement],
                reason=chosen.reason,
                readers=2 if chosen.reading == "agreed" else 1,
            )
        )
    order = {name: place for tool in TOOLS.values() for place, name in enumerate(tool.domains)}
    return sorted(found, key=lambda appraisal: (appraisal.tool, order[appraisal.domain]))


def _finding(estimate, weight):
    return payloads.Finding(
        effect=text(estimate.effect),
        variance=text(estimate.variance),
        shown=interval_of(estimate.metric, estimate.effect, estimate.variance),
        weight=weight,
        outcome_reported=estimate.outcome_reported,
        follow_up=estimate.follow_up,
        n_1=estimate.n_1,
        n_2=estimate.n_2,
        n_total=estimate.n_total,
        given={name: str(value) for name, value in estimate.given.items()},
        formula=estimate.formula,
        assumptions=list(estimate.assumptions),
        conversions=list(estimate.conversions),
        appraisals=_appraisals(estimate),
    )


def _people(estimate):
    if estimate.n_total is not None:
        return estimate.n_total
    return None if estimate.n_1 is None or estimate.n_2 is None else estimate.n_1 + estimate.n_2


def results_of(synthesis, inclusions):
    """The results.Results of pooling a synthesis's inclusions, which have their studies and estimates."""
    # scipy takes its time and its memory: only who asks for a synthesis pays.
    from toolkits.snapshots.results import Included, pooled_results

    mine = [inclusion for inclusion in inclusions if inclusion.included]
    included = Included(
        records=[inclusion.study_id for inclusion in mine],
        labels=[inclusion.study.label for inclusion in mine],
        years=[inclusion.study.year for inclusion in mine],
        subgroups=[inclusion.subgroup for inclusion in mine],
        effects=[inclusion.estimate.effect for inclusion in mine],
        variances=[inclusion.estimate.variance for inclusion in mine],
        people=[_people(inclusion.estimate) for inclusion in mine],
    )
    return pooled_results(
        included,
        metric=synthesis.metric,
        method=synthesis.method,
        test=synthesis.test,
        prediction=synthesis.prediction,
    )


def build(synthesis):
    """The payloads.Synthesis of a working synthesis, pooled as its studies stand now."""
    inclusions = list(synthesis.inclusions.all())
    results = results_of(synthesis, inclusions)
    # Where nothing could be pooled no study has a weight.
    weights = iter(results.weights)
    document = payloads.Synthesis(
        record=synthesis.pk,
        slug=synthesis.slug,
        name=synthesis.title,
        question=synthesis.question,
        centre=centre_link(synthesis.centre) if synthesis.centre else None,
        illustrative=synthesis.illustrative,
        interventions=[
            payloads.Link(record=intervention.pk, slug=intervention.entry.slug, name=intervention.name)
            for intervention in synthesis.interventions.all()
            if hasattr(intervention, "entry")
        ],
        outcome=payloads.Term(slug=synthesis.outcome.slug, name=synthesis.outcome.name) if synthesis.outcome else None,
        outcome_measured=synthesis.outcome_measured,
        comparison=synthesis.comparison,
        metric=synthesis.metric,
        unit=synthesis.unit,
        better=synthesis.better,
        method=synthesis.method,
        test=synthesis.test,
        prediction=synthesis.prediction,
        rows=[
            payloads.StudyRow(
                study=_facts(inclusion.study),
                finding=_finding(inclusion.estimate, next(weights, "")) if inclusion.included else None,
                reason=inclusion.reason,
                subgroup=inclusion.subgroup,
            )
            for inclusion in inclusions
        ],
        base_rate=synthesis.base_rate,
        base_rate_source=synthesis.base_rate_source,
        criteria=points(synthesis.criteria),
        last_searched=synthesis.last_searched,
        note_html=to_html(synthesis.note),
        citation=synthesis.citation,
        source=source(synthesis.source_url) if synthesis.source_url else None,
        **results.parts,
    )
    return plain_numbers(document)
