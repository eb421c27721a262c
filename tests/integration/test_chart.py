"""The chart of cost against impact, and its numbers as a table."""

import re

import pytest

from toolkits.models import PublishedPage

CHART = "/toolkits/teaching-and-learning/?view=chart"
WITH_CHART = {"teaching-and-learning", "early-years", "youth-employment", "higher-education-access"}


@pytest.fixture
def toolkits(network):
    return PublishedPage.objects.filter(kind="toolkit").values_list("toolkit", flat=True)


def test_only_toolkits_that_rate_both_offer_a_chart(toolkits, client):
    offering = {name for name in toolkits if "view=chart" in client.get(f"/toolkits/{name}/").content.decode()}
    assert offering == WITH_CHART


def test_a_chart_that_is_not_offered_is_explained(network, client):
    response = client.get("/toolkits/crime-reduction/?view=chart")
    assert response.status_code == 400
    assert "is not possible for “view” here" in response.content.decode()


def test_markers_and_table_have_the_same_numbers(network, client):
    html = client.get(CHART).content.decode()
    drawn = re.findall(r'class="chart__number"[^>]*>(\d+)<', html)
    listed = re.findall(r'<tr><td class="table__number">(\d+)</td>', html)
    assert len(listed) == 30
    assert set(drawn) < set(listed)
    assert html.count('<li><a href="/toolkits/teaching-and-learning/') == 30 - len(drawn)


def test_chart_follows_the_filters(network, client):
    html = client.get(CHART + "&impact=6").content.decode()
    assert re.findall(r'class="chart__number"[^>]*>(\d+)<', html) == ["1", "2", "3"]


def test_nothing_found_draws_nothing(network, client):
    response = client.get(CHART + "&impact=6&cost=5")
    assert response.status_code == 200
    assert "chart__drawing" not in response.content.decode()


def test_aspects_are_drawn_apart(network, client):
    html = client.get("/toolkits/higher-education-access/?view=chart").content.decode()
    assert "Behaviour and outcomes" in html
    assert "Aspirations and attitudes" in html
