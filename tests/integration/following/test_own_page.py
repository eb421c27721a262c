"""A follower's own page, and the lists that can be followed."""

import pytest
from django.db import transaction

from tests.integration.following.by_mail import FRIDAY, MENTORING, confirmed, send_form
from toolkits import inbox, intake, runner
from toolkits.following import asking, digests
from toolkits.following.links import token_of
from toolkits.models import Follow, Follower
from toolkits.public import index, saved_searches


def test_a_follower_sees_and_changes_only_their_own(network, client, clock):
    clock(FRIDAY)
    other = confirmed(client, address="other@example.org", record=1012)
    follow = confirmed(client, record=MENTORING)
    where = f"/follow/{token_of(follow.follower_id)}/"
    body = client.get(where).content.decode()
    assert "Mentoring" in body
    assert "other@example.org" not in body
    send_form(client, where, follow=follow.pk, often="daily")
    assert send_form(client, where, follow=other.pk, often="never").status_code == 400
    intake.take_inbox()
    follow.refresh_from_db()
    assert follow.often == "daily"
    send_form(client, where, follow=follow.pk, often="never")
    intake.take_inbox()
    assert list(Follow.objects.all()) == [other]
    assert "Nothing is followed with this link" in client.get(where).content.decode()


def test_a_link_that_is_not_ours_opens_nothing(network, client, clock):
    clock(FRIDAY)
    follow = confirmed(client, record=MENTORING)
    for token in ("x", follow.follower_id.hex, token_of(follow.follower_id)[:-1]):
        assert client.get(f"/follow/{token}/").status_code == 404


def test_a_change_of_somebody_elses_is_refused_by_the_runner_too(network, client, clock):
    clock(FRIDAY)
    follow = confirmed(client, record=MENTORING)
    other = Follower.objects.create(address="other@example.org")
    inbox.leave(inbox.Kind.CHANGE, {"key": other.pk.hex, "follow": follow.pk, "often": "never"})
    intake.take_inbox()
    assert Follow.objects.filter(pk=follow.pk).exists()


@pytest.mark.parametrize(
    "address", ["/interventions/?q=mentoring", "/reports/?year_from=2015", "/toolkits/crime-reduction/?strength=4"]
)
def test_a_list_is_read_as_its_page_shows_it(network, client, address):
    found = saved_searches.read(address)
    assert len(found.records) == client.get(address).context["listing"].count
    assert found.problems == ()
    assert found.filters


def test_the_runner_has_these_duties(network):
    index.forget()
    assert {intake.take_inbox, digests.send_digests, asking.forget_unconfirmed} <= set(runner.DUTIES)
    with transaction.atomic():
        assert not intake.take_inbox()
