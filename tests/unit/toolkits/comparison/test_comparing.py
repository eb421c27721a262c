"""What fits a place, when facts differ, and when effects may be put into one unit."""

from types import SimpleNamespace as Some

import msgspec
import pytest

from toolkits.payloads import PlainNumber, Pooled, Source, StudyFacts, Synthesis, Term
from toolkits.public.comparison import fit
from toolkits.public.comparison.marks import mark
from toolkits.public.comparison.plain_units import in_one_unit

NAMES = {"age": {"5-10": "5 to 10", "16-24": "16 to 24"}, "setting": {"school": "Schools"}}


def page(**facts):
    usual = {"ages": [], "settings": [], "newest_ratings": []}
    return Some(record=7, document=Some(**{**usual, **facts}))


def cost(band):
    return Some(axis="cost", band=band)


def study(record, **facts):
    return StudyFacts(record=record, label=str(record), **facts)


def states(place, about, studies=()):
    return [note.state for note in fit.notes_on(place, about, list(studies), NAMES)]


@pytest.mark.parametrize(
    ("ages", "state"), [([], "unknown"), ([Term("5-10", "5 to 10")], "met"), ([Term("16-24", "16 to 24")], "unmet")]
)
def test_ages_fit_where_any_is_shared_and_silence_is_neither(ages, state):
    assert states(fit.Place(ages=("5-10",)), page(ages=ages)) == [state]


@pytest.mark.parametrize(
    ("studies", "state"),
    [
        ([], "unknown"),
        ([study(1, country="United States")], "unmet"),
        ([study(1, country="United States"), study(2)], "unknown"),
        ([study(1, country="United Kingdom")], "unknown"),
        ([study(1, uk_nation="several")], "unknown"),
        ([study(1, country="United Kingdom", uk_nation="England")], "unmet"),
        ([study(1, country="United Kingdom", uk_nation="Wales"), study(2)], "met"),
    ],
)
def test_a_nation_is_only_missing_where_every_study_is_known_to_be_elsewhere(studies, state):
    assert states(fit.Place(nation="Wales"), page(), studies) == [state]


@pytest.mark.parametrize(
    ("bands", "state"), [([], "unknown"), (["lower"], "met"), (["lower", "higher"], "unmet"), (["unknown"], "unknown")]
)
def test_cost_is_within_reach_where_every_band_is(bands, state):
    assert states(fit.Place(spend="middle"), page(newest_ratings=[cost(band) for band in bands])) == [state]


def test_nothing_said_says_nothing():
    assert states(fit.Place(), page()) == []
    assert states(fit.Place(have=(7,)), page()) == ["unmet"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([None, None], "not recorded for any"),
        (["a", None], "not recorded for all"),
        (["a", "a"], "the same"),
        (["a", "b", None], "differs"),
    ],
)
def test_what_is_not_recorded_is_no_difference(values, words):
    assert mark(values) == words


def synthesis(**changes):
    number = PlainNumber("needed", "12", "people for one", "8", "20", "rule", [], Source(url=""))
    pooled = msgspec.convert(
        dict.fromkeys(("estimate", "se", "p", "tau2", "tau2_low", "tau2_high", "i2", "q", "q_p"), "1")
        | {"k": 3, "people": None, "people_not_recorded": 0, "prediction": None, "q_df": 2}
        | {"shown": {"value": "1"}, "fixed": {"value": "1"}},
        Pooled,
    )
    usual = dict.fromkeys(("slug", "name", "question", "outcome_measured", "comparison", "metric", "unit"), "x")
    usual |= dict.fromkeys(("better", "method", "test", "prediction"), "x")
    usual |= {"record": 1, "centre": None, "illustrative": False, "interventions": [], "rows": [], "pooled": pooled}
    usual |= {"outcome": Term("crime", "Crime"), "plain": [number], "base_rate": "20"}
    return Synthesis(**{**usual, **changes})


def without_range():
    return msgspec.structs.replace(synthesis().plain[0], low="", high="")


def test_two_with_base_rate_range_and_outcome_share_a_unit():
    found = in_one_unit({1: [synthesis()], 2: [synthesis()], 3: []})
    assert found[1].sentence == "Crime: About 12 people for one (range 8 to 20)."
    assert "20 in 100" in found[1].assumptions[0]
    assert found[2].sentence
    assert "No synthesis" in found[3].why_not


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"base_rate": ""}, "No base rate is stated"),
        ({"plain": [without_range()]}, "cannot be converted with a range"),
        ({"pooled": None}, "not pooled"),
        ({"outcome": None}, "kind of outcome was measured is not recorded"),
        ({"outcome": Term("health", "Health")}, "No other intervention here"),
    ],
)
def test_otherwise_nothing_is_converted_and_why_not_is_said(changes, why):
    found = in_one_unit({1: [synthesis()], 2: [synthesis(**changes)]})
    assert not found[1].sentence
    assert not found[2].sentence
    assert why in found[2].why_not
    assert "No other intervention here" in found[1].why_not
