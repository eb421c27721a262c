"""All interventions by outcome and by idea: what every centre has for the same thing."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from toolkits.models import PublishedPage
from toolkits.public.grouping import FIRST

BY_OUTCOME = "/interventions/?view=by-outcome"
BY_FAMILY = "/interventions/?view=by-family"


def sections(html):
    """{heading: (count, paths of the rows)} of a grouped page."""
    found = {}
    for part in html.split('<section class="group"')[1:]:
        title, count = re.search(r'group__title"[^>]*>(.*?) <span class="muted">(\d+)', part).groups()
        found[title] = int(count), re.findall(r'<th scope="row"><a href="([^"]+)"', part)
    return found


def test_every_outcome_with_all_its_interventions_counted(network, client):
    found = sections(client.get(BY_OUTCOME).content.decode())
    assert len(found) == 13
    live = PublishedPage.objects.filter(kind="intervention", outcomes__contains=["reoffending"]).count()
    count, rows = found["Reoffending"]
    assert count == live
    assert len(rows) == min(FIRST, live)
    centres = set(PublishedPage.objects.filter(outcomes__contains=["reoffending"]).values_list("centre", flat=True))
    assert len(centres) > 1


def test_a_chosen_outcome_is_the_only_group(network, client):
    assert list(sections(client.get(BY_OUTCOME + "&outcome=reoffending").content.decode())) == ["Reoffending"]


def test_every_family_with_its_members(network, client):
    found = sections(client.get(BY_FAMILY).content.decode())
    families = PublishedPage.objects.filter(kind="family")
    assert {title: count for title, (count, _rows) in found.items()} == {
        page.title.replace("'", "&#x27;"): len(page.links) for page in families
    }
    assert sum(len(rows) for _count, rows in found.values()) == 59


def test_groups_follow_the_filters(network, client):
    found = sections(client.get(BY_FAMILY + "&centre=eef").content.decode())
    assert found
    assert all(
        "/toolkits/teaching-and-learning/" in path or "/toolkits/early-years/" in path
        for _n, rows in found.values()
        for path in rows
    )


def test_nothing_found_is_said(network, client):
    response = client.get(BY_OUTCOME + "&outcome=attainment&centre=homelessness-impact")
    assert response.status_code == 200
    assert "group__title" not in response.content.decode()


def test_a_constant_number_of_queries(network, client):
    client.get(BY_OUTCOME)
    for path, most in ((BY_OUTCOME, 2), (BY_FAMILY, 3)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path + "&sort=changed").status_code == 200
        assert len(queries) <= most


def test_outcomes_count_only_what_passes_the_other_filters(network, client):
    found = sections(client.get(BY_OUTCOME + "&centre=eef").content.decode())
    eef = PublishedPage.objects.filter(kind="intervention", centre="eef")
    assert found["Educational attainment"][0] == eef.filter(outcomes__contains=["attainment"]).count()
    assert "Reoffending" not in found
    assert all(
        "/toolkits/teaching-and-learning/" in path or "/toolkits/early-years/" in path
        for _n, rows in found.values()
        for path in rows
    )
