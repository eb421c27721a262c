"""Somebody published what this page rests on: the page is flagged until somebody has looked."""

import pytest
from django.core.exceptions import PermissionDenied

from evidence.models import Family, Intervention, RatingScheme
from tests.factories import person
from tests.factories.publishing import republish
from toolkits import actions, policies
from toolkits.actions.flags import raise_flags
from toolkits.models import Change, Decision, Flag

pytestmark = pytest.mark.usefixtures("network")


def flagged(cause):
    return set(Flag.objects.filter(cause=cause.pk, settled_at__isnull=True).values_list("record", flat=True))


def test_loading_a_network_flags_nothing():
    assert not Flag.objects.exists()


def test_a_changed_rating_flags_the_family_that_shows_it(mentoring, editor, reviewer):
    rating = mentoring.ratings.first()
    rating.reason = "Two more studies"
    rating.save()
    republish(mentoring, editor, reviewer, note="Two more studies")
    assert flagged(mentoring) == {mentoring.family_membership.family_id}


@pytest.mark.parametrize(
    "address", ["/record/1011/", "/record/1011/v1/", "/toolkits/teaching-and-learning/mentoring/history/"]
)
def test_a_page_whose_text_links_to_another_rests_on_it(edited, editor, reviewer, address):
    citing = Intervention.objects.get(pk=1013)
    citing.how_it_works = f"It works as [mentoring]({address}) does."
    citing.save()
    republish(citing, editor, reviewer)
    republish(edited, editor, reviewer)
    assert citing.pk in flagged(edited)


def test_a_minor_change_flags_nothing(edited, editor, reviewer):
    revision = actions.submit(document=edited, by=editor, change=Change.WORDING, minor=True)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=revision, by=reviewer)
    assert flagged(edited) == set()


def test_a_changed_scale_flags_every_page_rated_on_it(editor, reviewer, network_admin):
    scheme = RatingScheme.objects.get(slug="eef-cost")
    scheme.note = "Costs are those of 2026."
    scheme.save()
    republish(scheme, network_admin, reviewer)
    rated = set(
        scheme.levels.values_list("ratings__intervention", flat=True).filter(ratings__intervention__isnull=False)
    )
    assert rated
    assert rated <= flagged(scheme)


def test_a_withdrawn_page_flags_what_rests_on_it(mentoring, reviewer):
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review")
    assert flagged(mentoring) == {mentoring.family_membership.family_id}


def test_one_open_flag_for_one_cause(edited, editor, reviewer):
    republish(edited, editor, reviewer)
    edited.summary = "Again other words."
    edited.save()
    republish(edited, editor, reviewer)
    assert Flag.objects.filter(cause=edited.pk).count() == 1


def test_who_looked_says_what_was_found(edited, editor, reviewer, network_admin):
    republish(edited, editor, reviewer)
    flag = Flag.objects.get(cause=edited.pk)
    with pytest.raises(PermissionDenied):
        actions.settle_flag(flag=flag, by=editor, settlement="The family is the network's")
    with pytest.raises(policies.Incomplete):
        actions.settle_flag(flag=flag, by=network_admin, settlement=" ")
    actions.settle_flag(flag=flag, by=network_admin, settlement="Still the same idea.")
    assert flagged(edited) == set()
    with pytest.raises(policies.WrongState):
        actions.settle_flag(flag=flag, by=network_admin, settlement="Again")


def test_publishing_the_flagged_page_settles_it(edited, editor, reviewer, network_admin):
    republish(edited, editor, reviewer)
    family = Family.objects.get(pk=edited.family_membership.family_id)
    family.name = "Mentoring of any kind"
    family.save()
    republish(family, network_admin, _other_administrator())
    assert flagged(edited) == set()


def _other_administrator():
    return person("other-administrator", superuser=True)


def test_the_cost_of_flagging_does_not_grow_with_the_pages(mentoring, django_assert_max_num_queries):
    scheme = RatingScheme.objects.get(slug="eef-cost")
    with django_assert_max_num_queries(12):
        raise_flags(scheme.pk, version=2, title=scheme.name)
    assert len(flagged(scheme)) > 30
