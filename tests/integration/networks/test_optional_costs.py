"""The file of costs, which a folder may leave out."""

import io

from django.core.management import call_command

from evidence.models import Cost
from tests.documents import spelled_out
from tests.factories.costs import FACTS
from tests.factories.networks import NOTHING_CHANGED, load, refused
from toolkits.models import PublishedPage

COSTS = [
    [
        *("toolkit", "intervention", "label", "amount", "amount_to", "currency", "unit", "timing", "price_year"),
        *("includes", "paid_by", "source", "confidence", "confidence_reason"),
    ],
]


def row(toolkit, intervention, **more):
    facts = {"amount_to": "", "currency": "GBP", "price_year": "", "paid_by": ""} | FACTS | more
    return [toolkit, intervention, *(facts[name] for name in COSTS[0][2:])]


def test_costs_of_a_folder_are_loaded_published_and_written_again_byte_for_byte(loaded, tmp_path):
    interventions = loaded.read("interventions")
    names = [interventions[1][interventions[0].index(name)] for name in ("toolkit", "slug")]
    loaded.write("costs", [*COSTS, row(*names, price_year="2019-20"), row(*names, label="Licence", amount_to="1700")])
    load(loaded)
    page = PublishedPage.objects.get(path=f"/toolkits/{'/'.join(names)}/")
    assert [cost["label"] for cost in spelled_out(page, "intervention")["cost_figures"]] == ["Delivery", "Licence"]
    assert NOTHING_CHANGED in load(loaded)
    call_command("export_network", tmp_path / "out", stdout=io.StringIO())
    assert (tmp_path / "out" / "costs.csv").read_bytes() == loaded.path("costs").read_bytes()
    assert '"path": "costs.csv"' in (tmp_path / "out" / "datapackage.json").read_text()
    loaded.path("costs").unlink()
    assert NOTHING_CHANGED in load(loaded)
    assert Cost.objects.count() == 2


def test_mistakes_of_costs_are_said_by_row(loaded):
    interventions = loaded.read("interventions")
    names = [interventions[1][interventions[0].index(name)] for name in ("toolkit", "slug")]
    rows = [row(*names, amount="-5"), row(*names, label="b", amount_to="3", price_year="23"), row("x", "y", label="c")]
    loaded.write("costs", [*COSTS, *rows])
    said = "\n".join(refused(loaded)[0])
    for words in ("a cost is not negative", "is less than where it starts (1500)", "a financial year such as 2023-24"):
        assert words in said
