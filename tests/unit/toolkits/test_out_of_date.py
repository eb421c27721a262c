import datetime
from types import SimpleNamespace

import pytest
from django.test import override_settings
from django.utils import timezone

from toolkits import freshness

DAY = datetime.date
TODAY = DAY(2026, 11, 23)


def document(last_searched=None, next_review=None):
    return SimpleNamespace(last_searched=last_searched, next_review=next_review)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (DAY(2024, 11, 23), 24, DAY(2026, 11, 23)),
        (DAY(2026, 1, 31), 1, DAY(2026, 2, 28)),
        (DAY(2023, 12, 31), 2, DAY(2024, 2, 29)),
        (DAY(2026, 12, 15), 1, DAY(2027, 1, 15)),
        (DAY(2026, 1, 15), -1, DAY(2025, 12, 15)),
    ],
)
def test_the_same_day_some_months_later(day, months, later):
    assert freshness.months_later(day, months) == later


@pytest.mark.parametrize(
    ("first", "months"),
    [(DAY(2024, 11, 23), 24), (DAY(2024, 11, 24), 23), (DAY(2026, 11, 23), 0), (DAY(2025, 12, 31), 10)],
)
def test_whole_months_between_two_days(first, months):
    assert freshness.months_between(first, TODAY) == months


@pytest.mark.parametrize(
    ("searched", "stale"),
    [(DAY(2024, 11, 23), False), (DAY(2024, 11, 22), True), (DAY(2026, 11, 23), False), (None, False)],
)
def test_a_search_is_too_old_the_day_after_it_was_two_years_old(searched, stale):
    assert freshness.is_stale(searched, TODAY) is stale


@pytest.mark.parametrize(
    ("due", "overdue"), [(DAY(2026, 5, 23), False), (DAY(2026, 5, 22), True), (DAY(2027, 1, 1), False), (None, False)]
)
def test_a_review_is_told_of_once_it_is_more_than_six_months_late(due, overdue):
    assert freshness.is_overdue(due, TODAY) is overdue


def test_words_name_the_age_and_the_month():
    found = freshness.out_of_date(document(DAY(2023, 3, 9), DAY(2025, 6, 30)), TODAY)
    assert found.labels == ("Search over three years old", "Review overdue since June 2025")
    assert found.sentences == (
        "The search for studies is over three years old: it ended in March 2023; newer studies may exist.",
        "It was due to be reviewed in June 2025, and no review is recorded here.",
    )


def test_nothing_is_said_of_what_is_new_or_not_recorded():
    assert freshness.out_of_date(document(), TODAY) is None
    assert freshness.out_of_date(document(DAY(2026, 1, 1), DAY(2027, 1, 1)), TODAY) is None


@override_settings(STALE_MONTHS=6)
def test_the_age_is_the_settings():
    found = freshness.out_of_date(document(DAY(2026, 3, 9)), TODAY)
    assert found.sentences == (
        "The search for studies is over eight months old: it ended in March 2026; newer studies may exist.",
    )


def test_today_is_the_networks_day_whatever_zone_is_active(monkeypatch):
    # One in the morning in Sydney on the 24th is two in the afternoon in London on the 23rd.
    moment = datetime.datetime(2026, 11, 23, 14, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    with timezone.override("Australia/Sydney"):
        assert timezone.localdate() == DAY(2026, 11, 24)
        assert freshness.today() == DAY(2026, 11, 23)


@pytest.mark.parametrize(
    ("moment", "recent"),
    [
        # In summer a day of London's begins an hour before that of universal time.
        (datetime.datetime(2026, 8, 25, 23, 30, tzinfo=datetime.UTC), True),
        (datetime.datetime(2026, 8, 25, 22, 30, tzinfo=datetime.UTC), False),
    ],
)
def test_a_correction_is_recent_for_ninety_days(moment, recent):
    assert freshness.is_recent(moment, TODAY) is recent
