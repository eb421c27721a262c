import pytest

from toolkits import columns, payloads

SCHEME = payloads.Link(record=301, slug="s", name="S")


def rating(axis="impact", level="3", band="benefit", rank=3, by_network=False):
    return payloads.Rating(
        axis=axis, scheme=SCHEME, by_network=by_network, version="", unit="", what_is_graded="", measures="",
        level=level, label=level, name=level, meaning="", off_scale="" if rank else "mixed", band=band,
        band_reason="", rank=rank, steps=5,
    )  # fmt: skip


def intervention(*ratings):
    return payloads.Intervention(
        record=1, slug="x", name="É ‘X’", summary="S", status="current",
        centre=payloads.CentreLink(record=101, slug="c", name="C"),
        toolkit=payloads.Link(record=201, slug="t", name="T"),
        source=payloads.Source(url=""), ratings=list(ratings),
    )  # fmt: skip


def test_an_axis_without_a_rating_says_none():
    found = columns.columns("intervention", intervention(rating()))
    assert found["levels"] == ["impact:3", "strength:none", "cost:none"]
    assert found["bands"] == ["impact:benefit", "strength:none", "cost:none"]


def test_best_rank_on_the_own_scale_sorts():
    found = columns.columns("intervention", intervention(rating(rank=1), rating(level="5", rank=5)))
    assert found["sort_impact"] == 5


def test_off_scale_and_network_readings_do_not_sort():
    found = columns.columns("intervention", intervention(rating(rank=None), rating(rank=3, by_network=True)))
    assert found["sort_impact"] is None


def test_cheapest_cost_sorts():
    found = columns.columns("intervention", intervention(rating("cost", rank=4), rating("cost", level="1", rank=1)))
    assert found["sort_cost"] == 1


@pytest.mark.parametrize(("title", "key"), [("Élan", "elan"), ("“Scared Straight”", "scared straight"), ("ZZZ", "zzz")])
def test_sort_name_ignores_case_accents_and_quotes(title, key):
    assert columns.sort_name(title) == key
