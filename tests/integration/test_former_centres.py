"""A centre that closed, was carried on by another or left the network: all its pages say so, and stay as they were."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import escape

from centres import permissions
from centres.models import Centre, Membership, Succession
from evidence.models import Intervention, RatingScheme, Report
from tests.admin_forms import form_of
from tests.answers import ask
from tests.factories import person
from tests.factories.publishing import republish
from toolkits import actions, freshness, scheme_versions
from toolkits.models import Change, Decision, PublishedPage, Toolkit


def text(client, path):
    return " ".join(ask(client, path).body.decode().split())


def _closed(centre):
    centre.closed = "2026-03"
    centre.save()
    return "closed: March 2026"


def _carried_on(centre):
    successor = Centre.objects.get(slug="foundations")
    Succession.objects.create(predecessor=centre, successor=successor, kind="merged", date="2026-03")
    return "merged into another centre in March 2026"


def _left(centre):
    Membership.objects.filter(centre=centre).update(ended="2026-03")
    return "left the network: March 2026"


ENDINGS = [_closed, _carried_on, _left]
# What looks after the pages afterwards.
BY_NETWORK = "the network looks after its pages"


@pytest.fixture(params=ENDINGS, ids=lambda ending: ending.__name__.strip("_"))
def ending(request):
    """One of the ways in which a centre ends: carries it out, and gives the words for it."""
    return request.param


@pytest.fixture
def successors(network):
    """What a page says of who looks after it, by the way in which its centre ended."""
    foundations = Centre.objects.get(slug="foundations")
    return {_carried_on: f'<a href="/centres/foundations/">{escape(foundations.name)}</a>, which looks after its pages'}


@pytest.fixture
def second_admin(db):
    """Another network administrator, who approves what the first submits."""
    return person("second-admin", superuser=True)


def pages_of(slug):
    """The address of a page of each kind that a centre has."""
    live = PublishedPage.objects.filter(centre=slug, state="live").order_by("record")
    return {kind: live.filter(kind=kind).first().path for kind in live.values_list("kind", flat=True)}


def test_every_page_of_an_ended_centre_says_so_and_who_looks_after_it(
    ending, successors, network, network_admin, second_admin, client
):
    centre = Centre.objects.get(slug="youth-futures")
    paths = pages_of("youth-futures")
    assert paths.keys() >= {"centre", "toolkit", "intervention", "method"}
    Report.objects.filter(pk=Report.objects.first().pk).update(centre=centre)
    republish(Report.objects.first(), network_admin, second_admin)
    paths = pages_of("youth-futures")
    assert not [path for path in paths.values() if "looks after its pages" in text(client, path)]
    words = ending(centre)
    republish(Centre.objects.get(pk=centre.pk), network_admin, second_admin)
    assert paths.keys() >= {"centre", "toolkit", "intervention", "report", "method"}
    keeper = successors.get(ending, BY_NETWORK)
    for path in paths.values():
        page = text(client, path)
        assert words in page, path
        assert keeper in page, path


def test_ended_centres_stand_apart_on_the_lists(network, network_admin, second_admin, client):
    centre = Centre.objects.get(slug="youth-futures")
    _left(centre)
    republish(Centre.objects.get(pk=centre.pk), network_admin, second_admin)
    assert "youth-futures" in {entry["page"].centre for entry in client.get("/centres/").context["former"]}
    assert "youth-futures" in {entry["page"].centre for entry in client.get("/toolkits/").context["former"]}
    assert "youth-futures" not in {area["centre"].centre for area in client.get("/").context["policy_areas"]}


def test_membership_that_ends_later_is_still_one(network, network_admin, second_admin, client, monkeypatch):
    centre = Centre.objects.get(slug="youth-futures")
    Membership.objects.filter(centre=centre, ended="").update(ended=f"{freshness.today().year + 1}-03")
    republish(Centre.objects.get(pk=centre.pk), network_admin, second_admin)
    assert "left the network" not in text(client, "/centres/youth-futures/")
    after = datetime.date(freshness.today().year + 1, 4, 1)
    monkeypatch.setattr(freshness, "today", lambda: after)
    assert f"left the network: March {after.year}" in text(client, "/centres/youth-futures/")


def test_former_editors_can_change_nothing_in_the_admin(ending, mentoring, editor, reviewer, eef, client):
    client.force_login(editor)
    Report.objects.filter(pk=Report.objects.first().pk).update(centre=eef)
    forms = {
        "evidence_intervention": mentoring.pk,
        "evidence_ratingscheme": RatingScheme.objects.filter(centre=eef).first().pk,
        "evidence_report": Report.objects.first().pk,
        "toolkits_toolkit": Toolkit.objects.filter(centre=eef).first().pk,
        "centres_centre": eef.pk,
    }
    paths = [reverse(f"admin:{name}_change", args=[key]) for name, key in forms.items()]
    before = form_of(client.get(paths[0]))
    assert {client.get(path).status_code for path in paths} == {200}
    ending(eef)
    assert {client.get(path).status_code for path in paths} == {404}
    assert client.post(paths[0], before | {"name": "Changed"}).status_code == 404
    mentoring.refresh_from_db()
    assert mentoring.name == "Mentoring"
    drafts = [reverse("editorial:draft", args=["intervention", mentoring.pk])]
    drafts += [reverse("editorial:preview_draft", args=["intervention", mentoring.pk])]
    assert {client.get(path).status_code for path in drafts} == {404}


def test_former_editors_and_reviewers_are_refused_every_action(ending, mentoring, editor, reviewer, eef):
    mentoring.summary = "Regular meetings."
    mentoring.save()
    revision = actions.submit(document=mentoring, by=editor, change=Change.WORDING, note="Clearer")
    ending(eef)
    with pytest.raises(PermissionDenied, match="has ended"):
        actions.submit(document=mentoring, by=editor, change=Change.WORDING, note="Again")
    with pytest.raises(PermissionDenied):
        actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    with pytest.raises(PermissionDenied):
        actions.withdraw(record=mentoring.pk, by=reviewer, reason="No longer ours.")
    with pytest.raises(PermissionDenied):
        scheme_versions.new_version(scheme=RatingScheme.objects.get(slug="eef-months"), version="2027", by=editor)
    assert not permissions.centres_of(editor).exists()


def test_a_network_administrator_still_may(ending, mentoring, network_admin, eef):
    ending(eef)
    assert permissions.can_edit(network_admin, eef)
    mentoring.summary = "Regular meetings."
    mentoring.save()
    assert actions.submit(document=mentoring, by=network_admin, change=Change.WORDING, note="Clearer").pk


@pytest.mark.parametrize(
    ("ended", "goes_on"),
    [
        ("", True),
        (lambda today: f"{today.year}", True),
        (lambda today: f"{today:%Y-%m}", True),
        (lambda today: today.isoformat(), True),
        (lambda today: (today - datetime.timedelta(days=1)).isoformat(), False),
        (lambda today: f"{today.year - 1}", False),
        (lambda today: f"{today.year + 1}-01", True),
    ],
)
def test_membership_lasts_to_the_last_day_that_its_end_can_mean(eef, ended, goes_on):
    Membership.objects.filter(centre=eef).update(ended=ended(freshness.today()) if ended else "")
    assert permissions.has_ended(eef) is not goes_on


def test_an_ending_that_is_still_to_come_locks_nothing(eef):
    Succession.objects.create(predecessor=eef, kind="closed", date=f"{freshness.today().year + 1}")
    assert not permissions.has_ended(eef)


def test_a_centre_of_which_no_membership_is_recorded_goes_on(eef):
    Membership.objects.filter(centre=eef).delete()
    assert not permissions.has_ended(eef)


def test_the_centres_of_the_network_that_ended_are_the_ones_that_say_so(network, client):
    ended = {centre.slug for centre in Centre.objects.all() if permissions.has_ended(centre)}
    shown = {entry["page"].centre for entry in client.get("/centres/").context["former"]}
    assert ended == shown == {"eif", "wwcsc", "wellbeing", "what-works-scotland"}
    assert Intervention.objects.filter(centre__slug__in=ended).exists()
