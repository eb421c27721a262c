"""Many at once must be what one by one is: the same rows, the same refusals."""

import pytest
from django.db import transaction
from django.forms.models import model_to_dict

from evidence.models import Intervention
from toolkits import actions, bulk, policies
from toolkits.models import Decision, PublicationCounter, PublicationEvent, PublishedPage, PublishedVersion, Redirect
from toolkits.models.publishing import Change

RECORDS = [1001, 1002, 1011]
TIMES = {"id", "published_at", "at", "decided_at", "submitted_at", "revision", "payload"}


def edit():
    for record in RECORDS:
        intervention = Intervention.objects.get(pk=record)
        intervention.summary = f"New words for {record}."
        intervention.gaps = (
            "See [that](/toolkits/crime-reduction/alley-gating/), [one](/record/1013/) and [mine](/record/1001/)."
        )
        intervention.save()
    intervention.entry.slug = "mentors"
    intervention.entry.save()


def one_by_one(loader):
    for record in RECORDS:
        document = Intervention(pk=record)
        revision = actions.submit(document=document, by=loader, change=Change.CORRECTION, note="Because")
        actions.decide(revision=revision, by=loader, verdict=Decision.Verdict.IMPORTED, note="print")
        actions.publish(revision=revision, by=loader, imported_from="a folder")


def imports():
    return [bulk.Import(record=r, change=Change.CORRECTION, note="Because", decision_note="print") for r in RECORDS]


def at_once(loader):
    assert bulk.import_records(kind="intervention", imports=imports(), by=loader, imported_from="a folder") == RECORDS


def written(write, loader):
    """Every row that `write` leaves, without keys and times; undone afterwards."""
    with transaction.atomic():
        edit()
        write(loader)
        rows = [
            {name: value for name, value in model_to_dict(row).items() if name not in TIMES}
            for model in (PublishedPage, PublishedVersion, PublicationEvent)
            for row in model.objects.filter(record__in=RECORDS).order_by("record", "pk")
        ]
        rows += [model_to_dict(row) for row in Redirect.objects.all()]
        verdicts = Decision.objects.filter(revision__record__in=RECORDS).order_by("revision__record", "pk")
        rows += list(verdicts.values("verdict", "note", "submitted_by", "decided_by", "revision__number"))
        transaction.set_rollback(True)
    # Rows of one record come in the order they were written; how the records interleave is not compared.
    return sorted(map(str, rows))


def test_the_same_rows(network):
    loader = actions.loader_account()
    single, many = written(one_by_one, loader), written(at_once, loader)
    assert len(single) == len(RECORDS) * (1 + 2 + 6 + 2) + 1
    assert many == single


def test_unchanged_records_are_left_alone(network):
    before = PublicationCounter.objects.get().number
    assert (
        bulk.import_records(
            kind="intervention", imports=imports(), by=actions.loader_account(), imported_from="a folder"
        )
        == []
    )
    assert PublicationCounter.objects.get().number == before


def test_one_raise_of_the_publication_number(network):
    before = PublicationCounter.objects.get().number
    edit()
    at_once(actions.loader_account())
    assert PublicationCounter.objects.get().number == before + 1


@pytest.mark.parametrize("who", ["editor", "reviewer", "network_admin"])
def test_only_the_loader_imports(request, who, network):
    edit()
    with pytest.raises(policies.NotAnother):
        bulk.import_records(
            kind="intervention", imports=imports(), by=request.getfixturevalue(who), imported_from="a folder"
        )


def test_an_address_in_use_is_refused(network):
    edit()
    entry = Intervention.objects.get(pk=1001).entry
    entry.slug = "homework"
    Intervention.objects.get(pk=1007).entry.delete()
    entry.save()
    with pytest.raises(policies.AddressInUse, match="1007"):
        at_once(actions.loader_account())


def test_statements_do_not_grow_with_records(network, django_assert_max_num_queries):
    loader = actions.loader_account()
    edit()
    with django_assert_max_num_queries(40):
        at_once(loader)
    for intervention in Intervention.objects.filter(centre__slug="eef"):
        intervention.summary += " More."
        intervention.save()
    many = [
        bulk.Import(record=i.pk, change=Change.CORRECTION, note="x")
        for i in Intervention.objects.filter(centre__slug="eef")
    ]
    with django_assert_max_num_queries(40):
        bulk.import_records(kind="intervention", imports=many, by=loader, imported_from="a folder")
