"""Every number of ten published meta-analyses, as R's metafor gives it."""

import pytest

from evidence.synthesis import files, report

CLOSENESS = 1e-9


def differences(ours, theirs, place=""):
    """Where `ours` is not the reference: another key, word or order of keys, or a number further off."""
    if isinstance(theirs, dict):
        if not isinstance(ours, dict) or list(ours) != list(theirs):
            yield f"{place}: {ours} has other keys"
        else:
            for key in theirs:
                yield from differences(ours[key], theirs[key], f"{place}/{key}")
    elif isinstance(theirs, list):
        if not isinstance(ours, list) or len(ours) != len(theirs):
            yield f"{place}: {ours} has another length"
        else:
            for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
                yield from differences(one, other, f"{place}[{number}]")
    elif isinstance(theirs, int | float):
        if not isinstance(ours, int | float) or not abs(ours - theirs) <= CLOSENESS * max(1, abs(theirs)):
            yield f"{place}: {ours}, reference {theirs}"
    elif ours != theirs:
        yield f"{place}: {ours!r}, reference {theirs!r}"


def test_every_quantity_equals_the_reference(dataset, reference, studies_folder):
    studies = files.read((studies_folder / f"{dataset}.csv").read_bytes(), dataset)
    assert list(differences(report.full_report(**vars(studies)), reference[dataset])) == []


def test_every_set_of_the_reference_has_its_file(reference, studies_folder):
    assert sorted(reference) == sorted(path.stem for path in studies_folder.glob("*.csv"))
    assert len(reference) == 10


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (1 + 2e-9, 1),
        (200 * (1 + 2e-9), 200),
        (float("nan"), 1.0),
        (None, 0),
        ("left", "right"),
        ([1.0], [1.0, 2.0]),
        ({"a": 1}, {"b": 1}),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}),
    ],
)
def test_the_comparison_sees_a_difference(ours, theirs):
    assert list(differences(ours, theirs))
