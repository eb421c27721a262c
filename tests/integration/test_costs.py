"""What an intervention costs: kept by rules, published, converted; and what it would cost in one place."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from centres.models import AuditEntry
from evidence.models import Cost
from tests.answers import ask
from tests.factories.costs import FACTS
from tests.factories.publishing import republish

PAGE = "/toolkits/teaching-and-learning/mentoring/"
SHEET = f"{PAGE}cost/?people=100&groups=10&years=1&who=pupil&uptake_low=40&uptake_likely=50&uptake_high=70"
SHEET += "&grade1=%3DTutor&hours1_likely=20&pay1_likely=15"


def rows_of(client, path):
    return list(csv.DictReader(io.StringIO(ask(client, path).body.decode("utf-8-sig"), newline="")))


def text(answer):
    return " ".join(answer.body.decode().split())


@pytest.fixture
def costed(mentoring, editor, reviewer):
    """Mentoring, live with a cost in prices of 2010 and one of a financial year."""
    Cost.objects.create(intervention=mentoring, price_year="2010", **FACTS)
    Cost.objects.create(
        intervention=mentoring,
        **FACTS | {"label": "Licence", "amount": "12.50", "amount_to": "20", "price_year": "2023-24"},
    )
    republish(mentoring, editor, reviewer)
    return mentoring


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "-1"},
        {"amount_to": "1499.99"},
        {"amount_to": "more"},
        {"price_year": "2023/24"},
        {"unit": "week"},
        {"currency": "USD"},
        {"timing": ""},
        {"confidence": "certain"},
        {"source": ""},
        {"confidence_reason": ""},
    ],
)
def test_the_database_refuses_a_cost_that_breaks_a_rule_and_the_form_says_so_first(mentoring, wrong):
    cost = Cost(intervention=mentoring, **FACTS | wrong)
    with pytest.raises(ValidationError):
        cost.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        cost.save()


def test_a_change_of_a_cost_enters_itself_under_its_intervention(mentoring):
    cost = Cost.objects.create(intervention=mentoring, **FACTS)
    Cost.objects.filter(pk=cost.pk).update(amount="1600")
    added, changed = AuditEntry.objects.filter(kind="evidence_cost").order_by("pk")
    assert (added.record, added.centre_id) == (mentoring.pk, mentoring.centre_id)
    assert (changed.before, changed.after) == ({"amount": "1500"}, {"amount": "1600"})


def test_the_page_shows_each_figure_as_published_with_all_that_belongs_to_it_then_converted(client, costed):
    page = text(ask(client, PAGE))
    for words in (
        "£1,500</b> per pupil, once, in prices of 2010",
        "£12.50 to £20</b> per pupil, once, in prices of 2023-24",
        "<b>Low.</b> One site only",
        "£2,170",
        "£13 to £21</td><td>2024-25</td>",
        "December 2025",
    ):
        assert words in page
    assert "The same in prices of 1990" in text(ask(client, f"{PAGE}?prices=1990"))
    assert "£928" in text(ask(client, f"{PAGE}?prices=1990"))
    assert "1990-91: no deflator recorded here, so the figure is not converted." in text(
        ask(client, f"{PAGE}?prices=1990")
    )
    wrong = ask(client, f"{PAGE}?prices=1800")
    assert wrong.status == 400
    assert "“1800” is not a year with a deflator here. Choose one from 1990 to 2024." in text(wrong)


def test_a_cost_is_the_same_in_lists_open_data_and_api(client, costed):
    listed = next(
        row for row in rows_of(client, "/interventions/?centre=eef&format=csv") if row["record"] == str(costed.pk)
    )
    assert "Licence: £12.50 to £20 per pupil, once, in prices of 2023-24, how sure: low" in listed["cost_figures"]
    first, second = rows_of(client, "/data/costs.csv")
    assert (first["intervention"], first["amount"], first["amount_to"], first["price_year"]) == (
        *(str(costed.pk), "1500", "", "2010"),
    )
    assert (second["amount"], second["amount_to"], second["confidence"]) == ("12.50", "20", "low")
    found = client.get(f"/api/v1/records/{costed.pk}/").json()["data"]["document"]["cost_figures"]
    assert [(cost["amount"]["text"], cost["amount"]["low"], cost["price_year"]) for cost in found] == [
        ("1500", None, "2010"),
        ("12.50", "12.50", "2023-24"),
    ]
    assert found[1]["amount"]["shown"] == "£12.50 to £20 per pupil, once, in prices of 2023-24"
    assert found[1]["amount"]["permanent_address"].endswith(f"/record/{costed.pk}/v2/")
    assert found[1]["absences"]["paid_by"]["code"] == "not_recorded"


def test_a_draft_of_a_cost_is_not_public(client, costed):
    Cost.objects.update(includes="Secret", price_year="2001")
    assert "Secret" not in text(ask(client, PAGE))
    assert "Secret" not in text(ask(client, f"{PAGE}cost/"))


def test_the_sheet_prints_result_assumptions_and_what_it_rests_on(client, network):
    page = text(ask(client, SHEET))
    for words in (
        "About £60 for each pupil who takes part",
        "10,000 draws",
        "Not counted:</b> materials, setting up.",
        "=Tutor: Hours for each group in a year",
        "not what it would save",
        "A rating is no recommendation",
        "The effect on the page has no range",
        'href="/record/1011/v1/"',
    ):
        assert words in page, words
    assert ask(client, SHEET).body == ask(client, SHEET).body


def test_a_mistake_is_answered_with_400_and_a_link_to_its_field(client, network):
    answer = ask(client, f"{PAGE}cost/?people=many")
    assert answer.status == 400
    assert '<a href="#people">' in text(answer)
    assert "“many” is not a whole number from 1 to 1,000,000." in text(answer)
    assert ask(client, f"{PAGE}cost/?format=doc").status == 400
    assert ask(client, f"{PAGE}cost/?format=csv").status == 400


def test_the_sheet_as_csv_says_the_same_with_date_version_and_address_and_no_formula(client, network):
    answer = ask(client, f"{SHEET}&format=csv")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    said = {row[1]: row for row in rows}
    assert said["for each pupil who takes part"][3] == "60.00"
    assert said["'=Tutor: Hours for each group in a year"][2:] == ["20.0", "20.0", "20.0", "hours"]
    assert said["version"][3] == "1"
    assert said["permanent address of the version"][3].endswith("/record/1011/v1/")
    assert "format" not in said["address of this sheet"][3]
