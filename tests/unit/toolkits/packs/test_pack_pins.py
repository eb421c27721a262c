"""What stands beside the interventions of a pack: their syntheses, one family each, and its other live members."""

from toolkits.public.packs.pins import around
from toolkits.published import Neighbour


def page(record, kind="intervention", links=(), status=""):
    return Neighbour(record, 2, "digest", kind, status, list(links))


def test_beside_an_intervention_stand_its_syntheses_and_the_first_family_that_has_others():
    neighbours = [
        *(page(10), page(20), page(30), page(40)),
        page(400, "family", [10, 99]),  # whose other member is not live
        page(401, "family", [10, 20, 30]),
        page(402, "family", [10, 40]),
        page(8001, "synthesis", [10, 50], "illustrative"),
        page(8002, "synthesis", [10]),
        page(8003, "synthesis", [50]),
    ]
    found = around([10], neighbours)
    assert found.syntheses == [(8002, 2), (8001, 2)]
    assert (found.families, found.others) == ([(401, 2)], [(20, 2), (30, 2)])
    # What is in the pack itself is not named a second time.
    assert around([10, 20], neighbours).others == [(30, 2)]
    assert around([50], neighbours).families == []
