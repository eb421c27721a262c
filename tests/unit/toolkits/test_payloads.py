import json

import msgspec
import pytest

from tests.unit.toolkits.test_columns import intervention, rating
from toolkits import payloads


def test_payload_survives_json():
    document = intervention(rating())
    assert payloads.load("intervention", payloads.SCHEMA, json.loads(json.dumps(payloads.dump(document)))) == document


def test_a_payload_that_does_not_fit_is_refused():
    with pytest.raises(msgspec.ValidationError):
        payloads.load("intervention", payloads.SCHEMA, {"record": "not a number"})


def floats(value):
    if isinstance(value, dict):
        return any(floats(item) for item in value.values())
    if isinstance(value, list):
        return any(floats(item) for item in value)
    return isinstance(value, float)


def test_no_payload_holds_a_float():
    assert not floats(payloads.dump(intervention(rating())))


@pytest.mark.parametrize(
    ("axis", "rank", "measures", "symbol"),
    [
        ("impact", None, "size", "off-scale"),
        ("impact", 3, "direction", "direction"),
        ("impact", 3, "direction and size", "direction"),
        ("cost", 3, "", "pounds"),
        ("strength", 3, "", "blocks"),
        ("economics", 3, "", "blocks"),
        ("cost-effectiveness", 3, "", "words"),
    ],
)
def test_symbol(axis, rank, measures, symbol):
    assert msgspec.structs.replace(rating(axis, rank=rank), measures=measures).symbol == symbol


def test_a_size_is_drawn_on_a_ruler():
    assert msgspec.structs.replace(rating(), measures="size", position=3, benefit_steps=4).symbol == "ruler"


def test_filled_steps_count_from_the_left():
    assert rating(rank=2).filled == [True, True, False, False, False]
