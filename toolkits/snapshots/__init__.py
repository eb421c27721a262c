"""Working rows frozen into the documents that are published."""

import hashlib
import json

from django.utils.translation import override

from centres.models import Centre
from evidence.models import Family, Intervention, RatingScheme, Report, Synthesis
from toolkits import payloads
from toolkits.languages import ENGLISH
from toolkits.models.working import SharedList, Toolkit
from toolkits.snapshots import interventions, network, schemes, syntheses

BUILDERS = {
    Intervention: interventions.build,
    Family: interventions.build_family,
    RatingScheme: schemes.build,
    Centre: network.build_centre,
    SharedList: network.build_shared_list,
    Toolkit: network.build_toolkit,
    Report: network.build_report,
    Synthesis: syntheses.build,
}

QUERYSETS = {
    Intervention: lambda: interventions.for_snapshot(Intervention.objects.all()),
    Family: interventions.families_for_snapshot,
    RatingScheme: schemes.owned_schemes,
    Centre: lambda: Centre.objects.all(),
    SharedList: lambda: SharedList.objects.all(),
    Toolkit: lambda: Toolkit.objects.select_related("centre").prefetch_related("axes"),
    Report: lambda: Report.objects.select_related("centre"),
    Synthesis: syntheses.for_snapshot,
}

MODELS = {model.KIND: model for model in BUILDERS}


def build(document):
    """The typed payload of a working row, as its page would show it now."""
    # The choices' words in it are of the document, not of whoever submits it.
    with override(ENGLISH):
        return BUILDERS[type(document)](document)


def reload(document):
    """`document` read anew with everything its snapshot touches."""
    return QUERYSETS[type(document)]().get(pk=document.pk)


def owner(document):
    """The centre a working row belongs to; None for the network's own."""
    return document if isinstance(document, Centre) else getattr(document, "centre", None)


def digest(*, kind, record, schema, payload):
    """SHA-256 (hex) of a payload in one canonical spelling, with what says how to read it."""
    whole = {"kind": kind, "record": record, "schema": schema, "payload": payload}
    spelling = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelling.encode()).hexdigest()


def freeze(document):
    """(payload, digest) of a working row, ready to be stored."""
    payload = payloads.dump(build(document))
    return payload, digest(kind=document.KIND, record=document.pk, schema=payloads.SCHEMA, payload=payload)
