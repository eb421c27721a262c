"""A study entered twice: who may make one of the two, what becomes of everything, and what readers are led to."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from centres.models import Role
from evidence.models import Appraisal, Estimate, Inclusion, Study
from tests.factories import person
from tests.factories.publishing import republish
from tests.factories.syntheses import study, synthesis
from toolkits import actions, policies
from toolkits.models import Flag, Notice

TITLE = "A randomised trial of reading aloud in primary schools"


@pytest.fixture
def twice(eef):
    """(kept, copy): one study of the EEF's under two numbers, each with a result of its own."""
    kept, _estimate = study("Reader 2020", centre=eef, effect=0.1, year=2020, title=TITLE)
    copy, other = study("Reader (2020)", centre=eef, effect=0.3, year=2020, title=f"{TITLE}.", country="Wales")
    Estimate.objects.filter(pk=other.pk).update(follow_up="after a year")
    return kept, copy


def merged(kept, copy, by, take=()):
    return actions.merge_studies(kept=kept, copy=copy, take=take, by=by)


def included(made, found, estimate=None):
    estimate = estimate or found.estimates.first()
    return Inclusion.objects.create(synthesis=made, study=found, estimate=estimate, position=50)


def left_out(made, found):
    return Inclusion.objects.create(synthesis=made, study=found, included=False, reason="Too small", position=50)


@pytest.fixture
def as_it_was():
    """Asks what of studies, results and places there is, to see that nothing of it changed."""

    def ask():
        rows = Study.objects.values_list("pk", "merged_into", "country").order_by("pk")
        places = Inclusion.objects.values_list("pk", "study", "estimate").order_by("pk")
        return list(rows), list(Estimate.objects.values_list("pk", "study").order_by("pk")), list(places)

    return ask


def test_results_and_places_move_and_chosen_fields_are_taken(twice, eef, editor):
    kept, copy = twice
    made = synthesis("reading-aloud", centre=eef)
    place = included(made, copy)
    merged(kept, copy, editor, take=["country"])
    kept.refresh_from_db()
    assert (kept.label, kept.country) == ("Reader 2020", "Wales")
    assert kept.estimates.count() == 2
    place.refresh_from_db()
    assert (place.study, place.estimate.follow_up) == (kept, "after a year")
    assert Study.objects.get(pk=copy.pk).merged_into == kept


def test_of_two_results_that_are_the_same_one_stays_with_its_appraisal(twice, eef, editor):
    kept, copy = twice
    copy.estimates.update(follow_up="", effect=0.1)
    Appraisal.objects.create(estimate=copy.estimates.get(), tool="rob2", domain="Overall", judgement="Low", by=editor)
    made = synthesis("reading-aloud", centre=eef)
    places = included(made, kept), included(made, copy)
    merged(kept, copy, editor)
    assert kept.estimates.get().appraisals.get().judgement == "Low"
    assert list(Inclusion.objects.filter(pk__in=[place.pk for place in places])) == [places[0]]


@pytest.mark.parametrize(
    ("ours", "theirs", "stays"), [(left_out, included, 1), (included, left_out, 0), (left_out, left_out, 0)]
)
def test_where_one_was_left_out_the_other_stays_as_it_is(twice, eef, editor, ours, theirs, stays):
    kept, copy = twice
    made = synthesis("reading-aloud", centre=eef)
    places = [ours(made, kept), theirs(made, copy)]
    merged(kept, copy, editor)
    assert list(made.inclusions.filter(study=kept)) == [places[stays]]


def test_two_results_in_one_synthesis_refuse_it_and_say_what_to_do(twice, eef, editor, as_it_was, client):
    kept, copy = twice
    made = synthesis("reading-aloud", centre=eef)
    included(made, kept)
    included(made, copy)
    before = as_it_was()
    with pytest.raises(policies.WrongState, match="Both are included in “Reading aloud”, with different results"):
        merged(kept, copy, editor, take=["country"])
    assert as_it_was() == before
    client.force_login(editor)
    page = client.get(reverse("editorial:merge_studies", args=[kept.pk, copy.pk])).content.decode()
    assert "Leave one of them out there" in page
    assert "Merge record" not in page


def test_the_same_result_with_other_numbers_refuses_it(twice, editor, as_it_was):
    kept, copy = twice
    copy.estimates.update(follow_up="")
    before = as_it_was()
    with pytest.raises(
        policies.WrongState, match=r"different numbers: 0\.1 in the study that is kept, 0\.3 in its copy"
    ):
        merged(kept, copy, editor)
    assert as_it_was() == before


def test_what_was_merged_is_merged_once_and_a_copy_of_a_copy_follows(twice, eef, editor):
    kept, copy = twice
    third = study("Reader 2021", centre=eef)[0]
    merged(copy, third, editor)
    merged(kept, copy, editor)
    assert set(kept.copies.values_list("pk", flat=True)) == {copy.pk, third.pk}
    with pytest.raises(policies.WrongState):
        merged(third, kept, editor)
    with pytest.raises(policies.WrongState):
        merged(kept, kept, editor)


def test_who_may(twice, yef, eef, editor, reviewer, other_centre_editor, network_admin, client):
    kept, copy = twice
    Study.objects.filter(pk=copy.pk).update(centre=yef)
    networks = person("network-editor", None, Role.Name.NETWORK_EDITOR)
    address = reverse("editorial:merge_studies", args=[kept.pk, copy.pk])
    for somebody in (editor, other_centre_editor, networks):
        with pytest.raises(PermissionDenied):
            merged(kept, copy, somebody)
        client.logout()
        client.force_login(somebody)
        assert client.get(address).status_code == 404
    # Once both are public they are the network's to merge.
    made = synthesis("reading-aloud", centre=eef)
    included(made, kept)
    left_out(made, copy)
    republish(made, editor, reviewer)
    merged(kept, copy, networks)
    assert Study.objects.get(pk=copy.pk).merged_into == kept


def test_from_the_studys_form_over_the_page_to_one_study(twice, editor, client):
    kept, copy = twice
    client.force_login(editor)
    address = reverse("editorial:merge_studies", args=[kept.pk, copy.pk])
    assert address in client.get(reverse("admin:evidence_study_change", args=[kept.pk])).content.decode()
    assert address in client.get(reverse("editorial:study_copies")).content.decode()
    # What is empty is filled, unless it is told otherwise; what is not stays.
    offered = client.get(address).context["form"]
    assert {field.name: field.value() for field in offered} == {"label": "keep", "title": "keep", "country": "take"}
    unsaid = client.post(address, {})
    assert unsaid.status_code == 422
    saved = client.post(address, {"label": "keep", "title": "keep", "country": "take"}, follow=True)
    assert "is part of this study now" in saved.content.decode()
    assert "Wales" in saved.content.decode()
    assert client.get(reverse("admin:evidence_study_change", args=[copy.pk])).url.endswith(f"/{kept.pk}/change/")
    assert address not in client.get(reverse("editorial:study_copies")).content.decode()


def test_a_public_address_of_the_copy_leads_to_the_kept_study_once_that_is_public(twice, eef, editor, reviewer, client):
    kept, copy = twice
    one, two = synthesis("reading-aloud", centre=eef), synthesis("reading-alone", centre=eef)
    included(one, copy)
    included(two, copy)
    for made in (one, two):
        republish(made, editor, reviewer)
    address, target = reverse("public:study", args=[copy.pk]), reverse("public:study", args=[kept.pk])
    merged(kept, copy, editor)
    assert client.get(address).status_code == 200
    republish(one, editor, reviewer)
    assert (client.get(address).status_code, client.get(target).status_code) == (200, 200)
    republish(two, editor, reviewer)
    led = client.get(f"{address}?a=b")
    assert (led.status_code, led.url) == (301, f"{target}?a=b")
    assert client.get(reverse("public:record", args=[copy.pk])).url == address
    # The fact stays known, whatever becomes of the syntheses that said it.
    actions.withdraw(record=one.pk, by=reviewer, reason="Under review")
    actions.withdraw(record=two.pk, by=reviewer, reason="Under review")
    assert client.get(address).status_code == 301


def test_every_synthesis_of_either_is_flagged_once(twice, eef, editor, reviewer):
    kept, copy = twice
    one, two = synthesis("reading-aloud", centre=eef), synthesis("reading-alone", centre=eef)
    included(one, kept)
    included(two, copy)
    for made in (one, two):
        republish(made, editor, reviewer)
    merged(kept, copy, editor)
    flags = Flag.objects.filter(why="studies").order_by("record")
    assert [(flag.record_id, flag.studies) for flag in flags] == [
        (made.pk, [[kept.pk, "Reader 2020", "merged"]]) for made in (one, two)
    ]
    assert Notice.objects.filter(event="flagged", person=editor).count() == 2
