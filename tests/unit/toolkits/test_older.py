"""Which scale took which one's place, and what that does to ratings; on plain objects, without a database."""

from types import SimpleNamespace

from toolkits import payloads
from toolkits.public import older


def page(record, succeeds=None, state="live", version="", axis="impact"):
    document = SimpleNamespace(
        record=record,
        slug=f"s{record}",
        name="Scale",
        version=version,
        axis=axis,
        succeeds=succeeds and SimpleNamespace(record=succeeds),
    )
    return SimpleNamespace(record=record, state=state, document=document)


def rating(scheme, outcome="", succeeds=None, axis="impact"):
    return payloads.Rating(
        axis=axis,
        scheme=payloads.Link(record=scheme, slug=f"s{scheme}", name="Scale"),
        by_network=False,
        version="",
        unit="",
        what_is_graded="",
        measures="",
        level="3",
        label="Three",
        name="Three",
        meaning="",
        off_scale="",
        band="",
        band_reason="",
        rank=3,
        steps=5,
        outcome=outcome,
        succeeds=succeeds,
    )


def document(*ratings):
    link = payloads.Link(record=1, slug="x", name="X")
    return payloads.Intervention(
        record=9,
        slug="x",
        name="X",
        summary="",
        status="current",
        centre=payloads.CentreLink(record=1, slug="x", name="X"),
        toolkit=link,
        source=payloads.Source(url=""),
        ratings=list(ratings),
    )


def test_the_newest_live_version_takes_the_place_of_all_before_it():
    found = older.successors([page(2, succeeds=1), page(3, succeeds=2)])
    assert {record: after.record for record, after in found.items()} == {1: 3, 2: 3}


def test_a_version_that_is_not_live_takes_no_place():
    assert older.successors([page(2, succeeds=1, state="withdrawn")]) == {}
    found = older.successors([page(2, succeeds=1), page(3, succeeds=2, state="withdrawn")])
    assert {record: after.record for record, after in found.items()} == {1: 2}
    # One between that is not live does not break the chain.
    found = older.successors([page(2, succeeds=1, state="withdrawn"), page(3, succeeds=2)])
    assert {record: after.record for record, after in found.items()} == {1: 3, 2: 3}


def test_a_circle_ends():
    assert older.successors([page(2, succeeds=1), page(1, succeeds=2)]).keys() == {1, 2}


def test_ratings_by_an_older_method_are_marked_and_stand_behind():
    following = older.successors([page(2, succeeds=1, version="2027")])
    found = older.marked(document(rating(1, "A"), rating(5), rating(2, "A")), following)
    assert [(one.scheme.record, one.superseded_by and one.superseded_by.name) for one in found.ratings] == [
        (5, None),
        (2, None),
        (1, "Scale (2027)"),
    ]


def test_a_document_without_any_is_given_back_as_it_is():
    same = document(rating(5))
    assert older.marked(same, older.successors([page(2, succeeds=1)])) is same


def test_the_mark_is_never_stored():
    found = older.marked(document(rating(1)), older.successors([page(2, succeeds=1)]))
    assert "superseded_by" not in payloads.dump(document(rating(1)))["ratings"][0]
    assert payloads.dump(found)["ratings"][0]["superseded_by"]["record"] == 2


def test_lists_go_by_the_newer_of_two_for_the_same_outcome():
    found = document(rating(1, "A"), rating(1, "B"), rating(2, "A", succeeds=1))
    assert [(one.scheme.record, one.outcome) for one in found.newest_ratings] == [(1, "B"), (2, "A")]


def test_axes_rated_by_an_older_method_only():
    following = older.successors([page(2, succeeds=1), page(12, succeeds=11, axis="cost")])
    found = older.older_axes({100: [1, 7], 101: [1, 2], 102: [11, 2]}, following)
    assert found == {100: {"impact"}, 102: {"cost"}}
