"""When two sets of shared bands lie so far apart that a reader asks why."""

import pytest

from evidence.bands import clearly_differ


@pytest.mark.parametrize(
    ("axis", "ones", "others", "differ"),
    [
        ("impact", ["benefit"], ["no effect"], True),
        ("impact", ["benefit"], ["harm"], True),
        ("impact", ["benefit"], ["mixed"], False),
        ("impact", ["benefit", "no effect"], ["no effect"], False),
        ("impact", ["benefit"], ["unknown"], False),
        ("impact", [], ["harm"], False),
        ("strength", ["high"], ["moderate"], False),
        ("strength", ["high"], ["low"], True),
        ("strength", ["very high", "moderate"], ["low"], False),
        ("strength", ["none"], ["very high"], False),
        ("cost", ["lower"], ["higher"], True),
        ("cost", ["lower"], ["middle"], False),
    ],
)
def test_only_what_is_known_and_far_apart_differs_clearly(axis, ones, others, differ):
    assert clearly_differ(axis, ones, others) is differ
    assert clearly_differ(axis, others, ones) is differ
