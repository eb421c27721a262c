"""Links between documents: each leads to a record of the right kind that is published, or at least was given."""

import msgspec

from centres.records import RecordNumber
from toolkits import payloads
from toolkits.models import PublishedPage, PublishedVersion, Redirect
from toolkits.verification.documents import chunks
from toolkits.verification.problems import RESTORE, Problem

ASK = "correct the document so that it leads elsewhere, and publish it; or restore the dump in which the record was"

# {field that holds a Link: the kind of record it leads to}
LINKS = {
    "centre": "centre",
    "predecessor": "centre",
    "successor": "centre",
    "toolkit": "toolkit",
    "scheme": "method",
    "succeeds": "method",
    "synthesis": "synthesis",
    "interventions": "intervention",
}
# {structure: {field that holds a number, or several: the kind of record}}
NUMBERS = {
    payloads.Rating: {"succeeds": "method"},
    payloads.FamilyMember: {"record": "intervention"},
    payloads.Difference: {"first": "intervention", "second": "intervention"},
    payloads.StudyFacts: {"record": "study", "copies": "study"},
    payloads.Without: {"study": "study"},
}


def links(part, field=""):
    """(field, kind, record) of every record that a document, or a part of it, leads to."""
    if isinstance(part, list):
        for item in part:
            yield from links(item, field)
    elif isinstance(part, payloads.Link):
        yield field, LINKS[field], part.record
    elif isinstance(part, msgspec.Struct):
        numbers = NUMBERS.get(type(part), {})
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if name in numbers:
                several = value if isinstance(value, list) else [value]
                yield from ((name, numbers[name], record) for record in several if record is not None)
            else:
                yield from links(value, name)


def _levels(document):
    """(record of a scale, key of a level) of every rating."""
    return {(rating.scheme.record, rating.level) for rating in getattr(document, "ratings", ()) if rating.level}


def links_of_versions():
    """Every link of every version, and the level of every rating."""
    for rows in chunks(PublishedVersion.objects.order_by("record", "version")):
        yield len(rows), list(_of_versions(rows))


def _of_versions(rows):
    found, levels = [], []
    for row in rows:
        try:
            document = payloads.load(row.kind, row.schema, row.payload)
        except msgspec.ValidationError as error:
            what = f"this release cannot read its document: {error}"
            yield Problem(what, "report it as a fault of the portal, with the record", row.record, row.version)
            continue
        found += [(row, *link) for link in dict.fromkeys(links(document))]
        levels += [(row, *level) for level in sorted(_levels(document))]
    kinds = _kinds({record for _row, _field, _kind, record in found})
    for row, field, kind, record in found:
        if kinds.get(record) != kind:
            there = f"is a {kinds[record]}" if record in kinds else "is no record"
            what = f"“{field}” leads to {kind} {record}, which {there}"
            yield Problem(what, ASK, row.record, row.version)
    known = _known_levels({scheme for _row, scheme, _level in levels})
    for row, scheme, level in levels:
        if scheme in known and level not in known[scheme]:
            what = f"a rating has the level “{level}”, which no published version of scale {scheme} has"
            yield Problem(what, ASK, row.record, row.version)


def _kinds(records):
    """{record: kind} of those numbers that were given or published."""
    given = dict(RecordNumber.objects.filter(number__in=records).values_list("number", "kind"))
    published = PublishedVersion.objects.filter(record__in=records).values_list("record", "kind")
    return given | dict(published.order_by("record").distinct("record"))


def _known_levels(schemes):
    """{record of a scale: keys of the levels of all its versions}."""
    known = {}
    for version in PublishedVersion.objects.filter(record__in=schemes, kind="method").order_by("record").iterator():
        document = payloads.load(version.kind, version.schema, version.payload)
        known.setdefault(version.record, set()).update(level.key for level in document.levels)
    return known


def links_of_pages():
    """Where merged pages and old addresses lead."""
    for rows in chunks(PublishedPage.objects.filter(merged_into__isnull=False).order_by("record")):
        there = dict(
            PublishedPage.objects.filter(record__in=[row.merged_into for row in rows]).values_list("record", "kind")
        )
        yield (
            len(rows),
            [
                Problem(f"it was merged into record {row.merged_into}, which has no page", RESTORE, row.record)
                for row in rows
                if there.get(row.merged_into) != row.kind
            ],
        )
    for rows in chunks(Redirect.objects.order_by("path")):
        there = set(
            PublishedPage.objects.filter(record__in=[row.record for row in rows]).values_list("record", flat=True)
        )
        yield (
            len(rows),
            [
                Problem(f"the old address {row.path} leads to this record, which has no page", RESTORE, row.record)
                for row in rows
                if row.record not in there
            ],
        )
