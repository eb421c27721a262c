"""The order of results: rare words and titles count."""

from toolkits.matches import Unit
from toolkits.public.search import ranking

MENTORING, SCHOOL = Unit(("mentoring",)), Unit(("school",))


def test_a_title_that_is_all_that_was_asked_for_comes_first():
    rows = [(1, ["Peer mentoring in secondary schools"], [0.5]), (2, ["Mentoring"], [0.5]), (3, ["Sports"], [0.5])]
    assert ranking.in_order(rows, (MENTORING,)) == [2, 1, 3]


def test_the_readers_own_word_comes_before_one_that_means_the_same():
    unit = Unit(("tutoring",), others=(("tuition",),))
    rows = [(1, ["Small tuition"], [0.9]), (2, ["Peer tutoring"], [0.9])]
    assert ranking.in_order(rows, (unit,)) == [2, 1]


def test_rank_settles_equal_titles_and_the_title_equal_ranks():
    rows = [(1, ["B"], [0.1]), (2, ["C"], [0.4]), (3, ["A"], [0.1])]
    assert ranking.in_order(rows, (MENTORING,)) == [2, 3, 1]


def test_a_rare_word_covers_more_than_a_common_one():
    common, rare = list(range(1, 90)), [95, 96]
    covered = ranking.by_coverage([common, rare], 100)
    assert list(covered) == [95, 96]


def test_pages_with_far_less_than_the_best_are_left_out():
    covered = ranking.by_coverage([[1, 2, 3, 4], [1, 2], [1]], 100)
    assert next(iter(covered)) == 1
    assert 4 not in covered
    assert ranking.by_coverage([[], []], 100) == {}
