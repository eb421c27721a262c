"""The rating ledger on the editors' side: what a synthesis comes to now, and what a scale's published rules make of it."""

import hashlib
import json

from evidence import proposals
from evidence.models import Synthesis
from toolkits import payloads, snapshots
from toolkits.models import PublishedPage
from toolkits.snapshots.ledger import numbers_of


def own_syntheses(intervention):
    """The syntheses that ratings of an intervention may rest on: its centre's own that are shown on its page.

    An illustrative one is the network's, and never among them.
    """
    return Synthesis.objects.filter(interventions=intervention, centre=intervention.centre_id, illustrative=False)


def numbers_now(synthesis):
    """The result of a working synthesis as its studies stand now, as a basis keeps it."""
    return numbers_of(snapshots.build(snapshots.reload(synthesis)))


def propose(scheme, numbers):
    """The proposals.Proposal that the published rules of a working scheme make of a result (`numbers_now`)."""
    method = snapshots.build(snapshots.reload(scheme))
    scale = proposals.Scale(
        rules=tuple(proposals.Rule(**payloads.dump(rule)) for rule in method.rules),
        orders={level.key: level.order for level in method.levels},
        numeric=method.numeric,
    )
    asked = ("metric", "better", "value", "low", "high", "studies", "base_rate")
    return proposals.propose(scale, proposals.Result(**{name: numbers.get(name, "") for name in asked}))


def fingerprint(numbers, proposal):
    """SHA-256 (hex) of a result and the level proposed for it: whoever decides says with it what they were shown."""
    said = json.dumps([numbers, proposal.level], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def live_version(synthesis, numbers):
    """The number of the live version of a synthesis where readers see these very numbers; None where they do not."""
    page = PublishedPage.objects.filter(record=synthesis.pk, state=PublishedPage.State.LIVE).first()
    if page is None:
        return None
    document = payloads.load(page.kind, page.schema, page.payload)
    return page.version if numbers_of(document) == numbers else None


def results_now(*documents):
    """{record of a synthesis: its result now} of all that the ratings of some documents (None: left out) rest on."""
    wanted = {
        rating.basis.synthesis.record
        for document in documents
        for rating in getattr(document, "ratings", ())
        if rating.basis
    }
    found = snapshots.QUERYSETS[Synthesis]().filter(pk__in=wanted) if wanted else ()
    return {synthesis.pk: numbers_of(snapshots.build(synthesis)) for synthesis in found}
