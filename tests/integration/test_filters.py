"""Lists of the built-in network: what each filter selects, what each option promises, how lists are sorted."""

import csv
from collections import defaultdict
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse

from tests.conftest import BUILT_IN_NETWORK
from toolkits import actions, published
from toolkits.models import PublishedPage
from toolkits.public import filters, index, plans

TOOLKITS = [
    "teaching-and-learning",
    "early-years",
    "youth-violence",
    "youth-employment",
    "higher-education-access",
    "student-mental-health",
    "children-and-families",
    "crime-reduction",
    "early-intervention-guidebook",
    "local-growth",
    "homelessness",
    "wellbeing",
    "ageing",
    "public-health-value",
]


def table(name):
    with open(BUILT_IN_NETWORK / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listing_of(client, path, **query):
    return client.get(path, query).context["listing"]


def toolkit_list(client, slug, **query):
    return listing_of(client, reverse("public:toolkit", args=[slug]), **query)


def facet_of(listing, name):
    return next(facet for facet in listing.facets if facet.name == name)


def options_of(listing, name):
    return {option.value: option for option in facet_of(listing, name).options}


def plan_and_filters(slug):
    """The plan of a list, the FilterSet class that validates it, and the rows it stands on."""
    snapshot = index.snapshot_at(published.publication_number())
    rows = PublishedPage.objects.filter(kind="intervention", state="live")
    if slug == "network":
        return plans.network_plan(snapshot), filters.NetworkFilters, rows
    page = published.page_at(reverse("public:toolkit", args=[slug]), "toolkit")
    return plans.toolkit_plan(snapshot, page), filters.ToolkitFilters, rows.filter(toolkit=slug)


@pytest.mark.parametrize("slug", ["network", *TOOLKITS])
def test_every_option_gives_what_it_says_and_what_django_filter_gives(network, slug):
    plan, filterset, rows = plan_and_filters(slug)
    counts = plan.index.counts({})
    for facet in plan.facets:
        for value in facet.choices:
            query = QueryDict(mutable=True)
            query.setlist(facet.name, [value])
            declared = filterset(query, rows, choices={one.name: one.choices for one in plan.facets})
            expected = set(declared.qs.values_list("record", flat=True))
            chosen = plan.index.select({facet.name: [value]})
            assert set(plan.index.ordered(chosen, "name")) == expected, (facet.name, value)
            assert counts[facet.name].get(value, 0) == len(expected)


@pytest.mark.parametrize("slug", TOOLKITS)
def test_level_options_are_the_scale_and_count_the_ratings_of_the_data_set(network, client, slug):
    levels, rated = {}, defaultdict(lambda: defaultdict(set))
    for row in table("ratings"):
        if row["toolkit"] == slug and row["axis"] in plans.MAIN_AXES:
            rated[row["axis"]][row["level"]].add(row["intervention"])
            levels.setdefault(row["axis"], set()).add(row["scheme"])
    members = {row["slug"] for row in table("interventions") if row["toolkit"] == slug}
    listing = toolkit_list(client, slug)
    for axis, schemes in levels.items():
        unrated = members - set().union(*rated[axis].values())
        values = {row["level"] for row in table("rating_levels") if row["scheme"] in schemes}
        if len(rated[axis]) + bool(unrated) == 1:
            assert axis not in {facet.name for facet in listing.facets}
            continue
        options = options_of(listing, axis)
        assert {value: option.count for value, option in options.items() if option.count} == {
            **{level: len(who) for level, who in rated[axis].items()},
            **({"none": len(unrated)} if unrated else {}),
        }
        assert set(options) - {"none"} == values
    assert {"impact", "strength", "cost"} & {facet.name for facet in listing.facets} <= set(levels)


def test_band_options_count_the_ratings_of_the_data_set(network, client):
    band = {(row["scheme"], row["level"]): row["shared_band"] for row in table("rating_levels")}
    banded = defaultdict(lambda: defaultdict(set))
    for row in table("ratings"):
        banded[row["axis"]][band[row["scheme"], row["level"]]].add((row["toolkit"], row["intervention"]))
    listing = listing_of(client, "/interventions/")
    for axis in plans.MAIN_AXES:
        found = {value: option.count for value, option in options_of(listing, axis).items() if value != "none"}
        assert {value: count for value, count in found.items() if count} == {
            value: len(who) for value, who in banded[axis].items() if value
        }
        rated = set().union(*banded[axis].values())
        assert options_of(listing, axis)["none"].count == 232 - len(rated)


def test_subject_options_are_named_by_the_vocabulary_and_count_the_data_set(network, client):
    listing = listing_of(client, "/interventions/")
    for facet, name, column in [
        ("outcome", "outcomes", "outcomes"),
        ("setting", "settings", "settings"),
        ("age", "age_bands", "age_bands"),
    ]:
        terms = {row["slug"]: row["name"] for row in table(name)}
        counted = defaultdict(int)
        for row in table("interventions"):
            for value in row[column].split(";") if row[column] else ["none"]:
                counted[value] += 1
        options = options_of(listing, facet)
        assert {value: option.count for value, option in options.items()} == dict(counted)
        assert {value: options[value].label for value in options if value != "none"} == {
            value: terms[value] for value in counted if value != "none"
        }


def test_or_within_a_facet_and_across(network, client):
    def count(**query):
        return toolkit_list(client, "teaching-and-learning", **query).count

    two, three = count(impact="2"), count(impact="3")
    assert count(impact=["2", "3"]) == two + three > two
    both = [
        page
        for page in PublishedPage.objects.filter(toolkit="teaching-and-learning", kind="intervention")
        if {"impact:2", "impact:3"} & set(page.levels) and "cost:1" in page.levels
    ]
    assert count(impact=["2", "3"], cost="1") == len(both) < two + three


def test_an_option_counts_what_it_would_give_with_the_other_facets_as_they_are(network, client):
    listing = toolkit_list(client, "crime-reduction", setting="community")
    for facet in listing.facets:
        for option in facet.options:
            if facet.name != "setting":
                found = toolkit_list(client, "crime-reduction", **{"setting": "community", facet.name: option.value})
            else:
                found = toolkit_list(client, "crime-reduction", setting=option.value)
            assert found.count == option.count, (facet.name, option.value)
            assert option.disabled == (option.count == 0 and not option.chosen)


def test_silence_can_be_filtered(network, client):
    listing = listing_of(client, "/interventions/", age="none", cost="none")
    assert listing.count > 0
    for row in listing.rows:
        assert row.document.ages == []
        assert not row.document.on("cost")
        assert next(axis for axis in row.axes if axis.axis == "cost").absence


def test_rows_say_which_of_several_ratings_matched(network, client):
    listing = toolkit_list(client, "higher-education-access", impact="mixed-impact", view="table")
    assert listing.rows
    for row in listing.rows:
        ratings = row.document.on("impact")
        matching = [rating for rating in ratings if rating.level == "mixed-impact"]
        expected = [f"Impact ({rating.aspect})" for rating in matching] if len(ratings) > 1 else []
        assert row.matched == expected
        assert matching
    assert any(row.matched for row in listing.rows)


def test_rows_name_nothing_where_there_is_nothing_to_tell_apart(network, client):
    assert not any(row.matched for row in toolkit_list(client, "crime-reduction", strength="3").rows)
    assert not any(row.matched for row in toolkit_list(client, "higher-education-access").rows)


# Facets that show what they are.


@pytest.mark.parametrize("slug", ["local-growth", "homelessness", "children-and-families"])
def test_the_networks_reading_is_never_called_a_rating_of_the_centre(network, client, slug):
    assert "network's reading" in facet_of(toolkit_list(client, slug), "impact").note


def test_a_centres_own_scale_carries_no_such_note(network, client):
    assert facet_of(toolkit_list(client, "teaching-and-learning"), "impact").note == ""


def test_levels_stand_best_first_and_namesakes_can_be_told_apart(network, client):
    labels = [option.label for option in facet_of(toolkit_list(client, "teaching-and-learning"), "impact").options]
    assert labels[0].startswith("Very high impact")
    assert labels[-2:] == ["Negative impact", "Unclear impact"]
    assert len(set(labels)) == len(labels)


def test_a_facet_that_cannot_tell_rows_apart_is_left_out_until_it_is_chosen(network, client):
    assert "cost" not in {facet.name for facet in toolkit_list(client, "student-mental-health").facets}
    chosen = toolkit_list(client, "student-mental-health", cost="none")
    assert options_of(chosen, "cost")["none"].chosen
    assert chosen.count == chosen.total


def test_bands_stand_in_the_order_readers_look_for_them(network, client):
    options = list(options_of(listing_of(client, "/interventions/"), "strength"))
    assert options == ["very high", "high", "moderate", "low", "very low", "unknown", "none"]


# Sorting.


def ranks(listing, axis):
    """The best rank of each row on the centre's own scale; None off it."""
    found = []
    for row in listing.rows:
        own = [rating.rank for rating in row.document.on(axis) if not rating.by_network and rating.rank is not None]
        found.append((min if axis == "cost" else max)(own, default=None))
    return found


def test_a_toolkit_is_sorted_by_its_own_impact_and_off_scale_comes_last(network, client):
    for slug in ["teaching-and-learning", "youth-violence", "crime-reduction"]:
        listing = toolkit_list(client, slug, view="table")
        found = ranks(listing, "impact")
        on_scale = [rank for rank in found if rank is not None]
        assert on_scale == sorted(on_scale, reverse=True)
        assert found == on_scale + [None] * (len(found) - len(on_scale))
        assert None in found
        names = [row.page.title.casefold() for row, rank in zip(listing.rows, found, strict=True) if rank is None]
        assert names == sorted(names)
        assert "own impact" in listing.sort_note
        assert "last" in listing.sort_note


def test_cheapest_first_and_strongest_first(network, client):
    cost = ranks(toolkit_list(client, "early-intervention-guidebook", sort="cost", view="table"), "cost")
    strength = ranks(toolkit_list(client, "teaching-and-learning", sort="strength", view="table"), "strength")
    rated = [rank for rank in cost if rank is not None]
    assert rated == sorted(rated)
    assert cost == rated + [None] * (len(cost) - len(rated))
    assert [rank for rank in strength if rank is not None] == sorted(filter(None, strength), reverse=True)


@pytest.mark.parametrize(
    "slug", ["local-growth", "homelessness", "early-intervention-guidebook", "public-health-value"]
)
def test_a_toolkit_without_an_impact_rating_of_its_own_is_sorted_by_name(network, client, slug):
    listing = toolkit_list(client, slug)
    assert "impact" not in {choice.value for choice in listing.sorts}
    titles = [row.page.title.casefold() for row in listing.rows]
    assert titles == sorted(titles)
    assert "by name" in listing.sort_note


def test_lists_across_scales_are_not_sorted_by_any_of_them(network, client):
    listing = listing_of(client, "/interventions/")
    assert [choice.value for choice in listing.sorts] == ["name", "changed"]
    assert "different scales" in listing.sort_note


# The list as a whole.


def test_pages_together_show_every_row_once(network, client):
    seen, path = [], "/interventions/"
    while path:
        listing = client.get(path).context["listing"]
        seen += [row.page.record for row in listing.rows]
        path = listing.pagination.next_url
    assert len(seen) == len(set(seen)) == 232
    back = listing.pagination.previous_url
    assert client.get(back).context["listing"].pagination.number == listing.pagination.number - 1


def test_the_table_shows_more_rows_a_page(network, client):
    assert len(listing_of(client, "/interventions/").rows) == 20
    assert len(listing_of(client, "/interventions/", view="table").rows) == 50


def test_chips_take_one_choice_away_and_keep_the_rest(network, client):
    listing = listing_of(
        client, "/interventions/", outcome=["crime", "violence"], impact="benefit", view="table", page="2"
    )
    assert [chip.label for chip in listing.chips] == ["Violence and violent crime", "Crime and disorder", "Benefit"]
    removed = next(chip for chip in listing.chips if chip.label == "Crime and disorder").remove_url
    assert parse_qs(urlsplit(removed).query) == {"outcome": ["violence"], "impact": ["benefit"], "view": ["table"]}
    assert listing.clear_url == "/interventions/?view=table"
    assert listing.hidden == [("view", "table")]
    assert parse_qs(urlsplit(dict(listing.downloads)["CSV"]).query)["format"] == ["csv"]


def test_every_address_of_a_list_leads_back_to_the_same_choices(network, client):
    listing = listing_of(client, "/interventions/", centre="college-of-policing", strength=["low", "high"])
    for choice in [*listing.sorts, *listing.views]:
        other = client.get(choice.url).context["listing"]
        assert other.count == listing.count
        assert [chip.label for chip in other.chips] == [chip.label for chip in listing.chips]


def test_unknown_names_are_passed_over(network, client):
    response = client.get("/interventions/", {"utm_source": "mail", "\0": "\0", "words": "anything"})
    assert response.status_code == 200
    assert response.context["listing"].count == 232


def test_withdrawn_rows_are_in_no_list_and_no_count(network, client, mentoring, reviewer):
    before = toolkit_list(client, "teaching-and-learning")
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review")
    after = toolkit_list(client, "teaching-and-learning")
    assert after.total == before.total - 1
    for facet in ("age", "impact"):
        counts = [sum(option.count for option in facet_of(one, facet).options) for one in (before, after)]
        assert counts[1] < counts[0]


# Reports.


def test_reports_are_filtered_by_kind_centre_and_years(network, client):
    rows = table("reports")
    context = client.get("/reports/").context
    assert (context["total"], context["count"]) == (82, 82)
    for option in facet_of(context["listing"], "kind").options:
        assert option.count == sum(row["kind"] == option.value for row in rows)
    for option in facet_of(context["listing"], "centre").options:
        assert option.count == sum(row["centre_slug"] == option.value for row in rows)

    between = [row for row in rows if row["year"] and 2015 <= int(row["year"]) <= 2018]
    listing = listing_of(client, "/reports/", year_from="2015", year_to="2018")
    assert listing.count == len(between) > 0
    assert [chip.label for chip in listing.chips] == ["2015", "2018"]
    declared = filters.ReportFilters(
        QueryDict("year_from=2015&year_to=2018"),
        PublishedPage.objects.filter(kind="report"),
        choices={"kind": {}, "centre": {}},
    )
    assert declared.qs.count() == len(between)
    assert listing_of(client, "/reports/", year_from="1900", year_to="1901").count == 0


def test_reports_stand_newest_first_and_those_without_a_year_last(network, client):
    years, path = [], "/reports/"
    while path:
        context = client.get(path).context
        years += [report.document.year for report in context["reports"]]
        path = context["pagination"].next_url
    known = [year for year in years if year is not None]
    assert known == sorted(known, reverse=True)
    assert years == known + [None] * (82 - len(known))
