"""Flags on live pages of which a study changed: its syntheses, and the interventions with a rating that rests on one.

A page has one open flag a synthesis, however many studies changed: it says which, and what the studies came to in
public and come to now. The public page itself changes only by publishing.
"""

from collections import defaultdict

from django.utils import timezone

from centres import permissions, records
from evidence.models import Inclusion, RatingBasis, Synthesis
from toolkits import notices, payloads
from toolkits.models import Flag, PublishedPage
from toolkits.snapshots import syntheses as pooling

LIVE = PublishedPage.State.LIVE


def used_in(studies, **how):
    """{synthesis: {study: (label, what changed)}} of every synthesis that has any of `studies`, {number: (label, what)}.

    `how` narrows the inclusions that count.
    """
    found = defaultdict(dict)
    rows = Inclusion.objects.filter(study__in=studies, **how).values_list("synthesis", "study").distinct()
    for synthesis, study in rows:
        found[synthesis][study] = studies[study]
    return found


def studies_changed(changed, *, by):
    """Say of syntheses that their drafts are ahead, and flag what rests on them; `changed` is what `used_in` returns.

    A draft that nobody keeps becomes `by`'s only where they may work on it.
    """
    drafts = Synthesis.objects.filter(pk__in=changed).select_related("centre")
    own = {draft.pk for draft in drafts if permissions.can_edit(by, draft.centre)}
    records.mark_changed(*own, by=by)
    records.mark_changed(*changed.keys() - own, by=None)
    raise_study_flags(changed)


def raise_study_flags(changed):
    """Flag every live page that rests on studies which changed; `changed` is what `used_in` returns.

    Pools only what a live page rests on, once a synthesis. Called in the transaction of the change.
    """
    resting = _resting_on(changed)
    pages = PublishedPage.objects.filter(record__in=resting, state=LIVE)
    pages = {page.record: page for page in pages.only("record", "title", "centre")}
    pooled = {synthesis for record in pages for synthesis in resting[record]}
    results = _results(pooled)
    flags = [
        Flag(why=Flag.Why.STUDIES, record_id=record, cause=synthesis, **results[synthesis])
        for record in pages
        for synthesis in resting[record]
    ]
    # One that is open already stays, also where somebody else is raising it at this moment.
    Flag.objects.bulk_create(flags, ignore_conflicts=True)
    opened = Flag.objects.select_for_update().filter(
        why=Flag.Why.STUDIES, record__in=pages, cause__in=pooled, settled_at__isnull=True
    )
    opened = [flag for flag in opened.order_by("pk") if flag.cause in resting[flag.record_id]]
    for flag in opened:
        told = [[study, *said] for study, said in changed[flag.cause].items()]
        flag.studies = [*flag.studies, *(one for one in told if one not in flag.studies)]
        flag.now, flag.raised_at = results[flag.cause]["now"], timezone.now()
    Flag.objects.bulk_update(opened, ["studies", "now", "raised_at"])
    notices.flagged(opened, pages)


def _resting_on(syntheses):
    """{record: syntheses it rests on}: each synthesis itself, and the interventions rated from it."""
    found = defaultdict(list, {synthesis: [synthesis] for synthesis in syntheses})
    bases = RatingBasis.objects.filter(synthesis__in=syntheses).values_list("rating__intervention", "synthesis")
    for intervention, synthesis in bases.order_by("rating__intervention", "synthesis").distinct():
        found[intervention].append(synthesis)
    return found


def _results(syntheses):
    """{synthesis: what a flag says of it}: its title and the version that is live, and its results then and now."""
    live = PublishedPage.objects.filter(record__in=syntheses, state=LIVE).in_bulk()
    working = Synthesis.objects.filter(pk__in=syntheses).prefetch_related("inclusions__study", "inclusions__estimate")
    found = {}
    for synthesis in working:
        page = live.get(synthesis.pk)
        parts = pooling.results_of(synthesis, list(synthesis.inclusions.all())).parts
        found[synthesis.pk] = {
            "cause_title": synthesis.title,
            "cause_version": page.version if page else 0,
            "was": results_of_version(page) if page else None,
            "now": _numbers(synthesis.metric, parts.get("pooled"), parts.get("unpooled", "")),
        }
    return found


def results_of_version(published):
    """What a flag keeps of the result of a published synthesis (PublishedPage or PublishedVersion)."""
    document = payloads.load(published.kind, published.schema, published.payload)
    return _numbers(document.metric, document.pooled, document.unpooled)


def _numbers(metric, pooled, unpooled):
    """A pooled result (payloads.Pooled or None): text, and `k` a number; without one, why there is none."""
    if pooled is None:
        return {"metric": metric, "unpooled": unpooled}
    return {
        "metric": metric,
        "k": pooled.k,
        "value": pooled.shown.value,
        "low": pooled.shown.low,
        "high": pooled.shown.high,
        "i2": pooled.i2,
    }
