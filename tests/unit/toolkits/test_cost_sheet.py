"""A cost sheet read from an address: what it comes to, and what is said of a mistake."""

import pytest
from django.http import QueryDict

from toolkits import payloads
from toolkits.public import cost_sheet
from toolkits.public.cost_figures import converted

GOOD = "people=100&groups=10&years=1&who=pupil&uptake_likely=50&hours1_likely=20&pay1_likely=15&grade1=Tutor"


def read(query):
    return cost_sheet.read(QueryDict(query))


def test_an_empty_address_is_an_empty_form():
    sheet = read("")
    assert (sheet.errors, sheet.result) == ([], None)


def test_what_is_sure_needs_one_number_and_what_is_empty_is_named_as_not_counted():
    sheet = read(GOOD)
    assert sheet.errors == []
    assert (sheet.result.per_person.low, sheet.result.per_person.likely) == (60, 60)
    assert sheet.not_counted == ["materials", "setting up"]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ("people=0", "people", "from 1 to 1,000,000"),
        ("years=999", "years", "from 1 to 20"),
        ("people=abc", "people", "“abc”"),
        ("who=", "who", "choose"),
        ("uptake_likely=0", "uptake_likely", "more than 0"),
        ("uptake_likely=101", "uptake_likely", "0 to 100"),
        ("uptake_low=10", "uptake_high", "both the lowest and the highest"),
        ("uptake_low=60&uptake_high=70", "uptake_likely", "between"),
        ("pay1_likely=", "pay1_likely", "needed together"),
        ("setup_likely=1e9", "setup_likely", "Write digits"),
        ("seed=x", "seed", "Seed"),
        ("hours1_likely=&pay1_likely=", "hours1_likely", "at least one cost"),
    ],
)
def test_a_mistake_is_named_with_its_field(change, field, words):
    query = QueryDict(GOOD, mutable=True)
    for name, value in QueryDict(change).items():
        query[name] = value
    for name in [pair.split("=")[0] for pair in change.split("&")]:
        query.setdefault(name, "")
        query[name] = dict(pair.split("=") for pair in change.split("&"))[name]
    sheet = cost_sheet.read(query)
    assert sheet.result is None
    found = dict(sheet.errors)
    assert field in found, sheet.errors
    assert words in found[field]


def rating(**more):
    return payloads.Rating(
        **{
            "axis": "impact", "scheme": payloads.Link(501, "months", "Months"), "by_network": False, "version": "1",
            "unit": "months of additional progress in a year", "what_is_graded": "", "measures": "size", "level": "3",
            "label": "3", "name": "3", "meaning": "", "off_scale": "", "band": "", "band_reason": "", "rank": 1,
            "steps": 3, "value": "3", "range_low": "2", "range_high": "4",
        } | more
    )  # fmt: skip


def document(*ratings, costs=()):
    return payloads.Intervention(
        record=1, slug="x", name="X", summary="", status="current", centre=payloads.CentreLink(1, "c", "C"),
        toolkit=payloads.Link(2, "t", "T"), source=payloads.Source(""), ratings=list(ratings), cost_figures=list(costs),
    )  # fmt: skip


def test_cost_meets_effect_only_where_both_are_of_one_person_and_the_effect_has_a_range():
    value = cost_sheet.value_of(read(GOOD), document(rating()))
    assert value.cost.likely == 20
    assert value.cost.low < 20 < value.cost.high


@pytest.mark.parametrize(
    ("ratings", "query", "words"),
    [
        ([], GOOD, "no effect"),
        ([rating(), rating(outcome="Maths")], GOOD, "several"),
        ([rating(range_low="", range_high="")], GOOD, "no range"),
        ([rating(unit="average change in violent crime")], GOOD, "not counted for one person"),
        ([rating()], GOOD.replace("pupil", "place"), "families or places"),
        ([rating(range_low="-1")], GOOD, "reaches zero"),
    ],
)
def test_otherwise_it_says_why_not(ratings, query, words):
    value = cost_sheet.value_of(read(query), document(*ratings))
    assert value.cost is None
    assert words in value.why_not


def test_a_figure_is_converted_where_its_year_has_a_deflator_and_says_why_not_elsewhere():
    def cost(label, year):
        return payloads.Cost(
            label=label, amount="1000", amount_to="2000", unit="pupil", timing="once", includes="Staff",
            source=payloads.Source("https://example.org/"), confidence="high", confidence_reason="Counted",
            price_year=year,
        )  # fmt: skip

    costs = [cost("a", "2010"), cost("b", "2023-24"), cost("c", "2010-11"), cost("d", "")]
    found = converted(document(costs=costs), "2024")
    figures = [(figure.low, figure.high, figure.year) for figure in found.figures]
    assert figures == [(1447, 2893, "2024"), (1040, 2081, "2024-25"), (0, None, ""), (0, None, "")]
    assert "2010-11: no deflator recorded here" in found.figures[2].why_not
    assert "no price year" in found.figures[3].why_not
