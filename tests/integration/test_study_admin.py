"""Studies and syntheses in the admin: who sees them, and what a form of theirs refuses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.models import Estimate, Inclusion, Study, Synthesis
from tests.admin_forms import form_of
from tests.factories.syntheses import study, synthesis


@pytest.fixture
def reading(network, eef):
    """A synthesis of the EEF's, of five studies."""
    return synthesis("reading-aloud", centre=eef)


@pytest.fixture
def at_work(client, editor):
    """The client of an editor of the EEF's."""
    client.force_login(editor)
    return client


def change(client, row, **typed):
    """Save the form of `row` with `typed` over what it shows."""
    address = reverse(f"admin:evidence_{row.KIND}_change", args=[row.pk])
    return client.post(address, form_of(client.get(address), f"{row.KIND}_form") | typed)


def test_a_centres_editor_changes_a_study_and_every_synthesis_of_it_is_ahead_of_what_is_public(at_work, reading):
    first = reading.inclusions.first().study
    assert change(at_work, first, title="A trial of reading aloud").status_code == 302
    assert Study.objects.get(pk=first.pk).title == "A trial of reading aloud"
    assert Synthesis.objects.get(pk=reading.pk).record.draft_changed_at is not None


def test_a_study_leads_to_its_keepers_syntheses_and_to_no_draft_of_others(at_work, reading, yef, mentoring):
    reading.interventions.add(mentoring)
    first = reading.inclusions.first().study
    secret = synthesis("secret-draft", centre=yef, effects=())
    Inclusion.objects.create(synthesis=secret, study=first, included=False, reason="Another age group")
    page = at_work.get(reverse("admin:evidence_study_change", args=[first.pk])).content.decode()
    for row in (reading, mentoring):
        assert reverse(f"admin:evidence_{row.KIND}_change", args=[row.pk]) in page
    assert "Secret draft" not in page


def test_a_form_without_a_metric_yet_is_told_what_it_lacks(at_work, reading):
    new = form_of(at_work.get(reverse("admin:evidence_synthesis_add")), "synthesis_form") | {"title": "Reading"}
    assert at_work.post(reverse("editorial:missing_new", args=["synthesis"]), new).status_code == 200
    address = reverse("admin:evidence_synthesis_change", args=[reading.pk])
    old = form_of(at_work.get(address), "synthesis_form") | {"metric": ""}
    answer = at_work.post(reverse("editorial:missing", args=["synthesis", reading.pk]), old)
    assert answer.status_code == 200
    assert "Metric: This field is required" in answer.content.decode()


def test_what_only_the_database_refuses_is_told_as_what_is_missing(at_work):
    """As when somebody saves the same address after the form was checked."""
    new = form_of(at_work.get(reverse("admin:evidence_synthesis_add")), "synthesis_form")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evidence_synthesis ADD CHECK (title <> 'Taken') NOT VALID")
    new |= {
        "title": "Taken",
        "slug": "taken",
        "question": "Does it?",
        "outcome_measured": "Reading",
        "better": "higher",
    }
    new |= {"metric": "SMD"}
    answer = at_work.post(reverse("editorial:missing_new", args=["synthesis"]), new)
    assert answer.status_code == 200
    assert "saved the same meanwhile" in answer.content.decode()


@pytest.mark.parametrize("kind", ["study", "synthesis"])
def test_another_centres_are_not_there(client, other_centre_editor, reading, kind):
    row = reading if kind == "synthesis" else reading.inclusions.first().study
    client.force_login(other_centre_editor)
    assert client.get(reverse(f"admin:evidence_{kind}_change", args=[row.pk])).status_code == 404
    assert str(row) not in client.get(reverse(f"admin:evidence_{kind}_changelist")).content.decode()


def test_a_study_is_left_out_for_a_reason_only(at_work, reading):
    typed = {"inclusions-0-included": "", "inclusions-0-reason": ""}
    refused = change(at_work, reading, **typed)
    assert "Say why it was left out" in refused.content.decode()
    saved = change(at_work, reading, **(typed | {"inclusions-0-reason": "No comparison"}))
    assert saved.status_code == 302
    assert reading.inclusions.filter(included=False, reason="No comparison").count() == 1


def test_a_study_is_included_with_its_own_result_only(at_work, reading, eef):
    of_another = study("Another 2001", centre=eef, effect=0.2)[1]
    refused = change(at_work, reading, **{"inclusions-0-estimate": of_another.pk})
    assert "This is of another study" in refused.content.decode()
    refused = change(at_work, reading, **{"inclusions-0-estimate": ""})
    assert "Choose which of its results is pooled" in refused.content.decode()
    assert not Inclusion.objects.filter(estimate=of_another).exists()


def test_what_a_synthesis_rests_on_cannot_be_deleted_from_its_study(at_work, reading):
    included = reading.inclusions.first()
    change(at_work, included.study, **{"estimates-0-DELETE": "on"})
    assert Inclusion.objects.get(pk=included.pk).estimate == included.estimate


def test_without_a_centre_it_would_be_out_of_its_makers_reach(at_work, network):
    page = at_work.get(reverse("admin:evidence_study_add"))
    typed = form_of(page, "study_form") | {"label": "New 2020", "centre": ""}
    assert "This field is required" in at_work.post(reverse("admin:evidence_study_add"), typed).content.decode()
    assert not Study.objects.filter(label="New 2020").exists()


def test_the_form_says_what_its_studies_come_to_as_it_is_filled_in(at_work, reading):
    address = reverse("admin:evidence_synthesis_change", args=[reading.pk])
    page = at_work.get(address)
    assert "5 studies are pooled" in page.content.decode()
    assert reverse("editorial:study_import", args=[reading.pk]) in page.content.decode()
    typed = form_of(page, "synthesis_form") | {"inclusions-0-included": "", "inclusions-0-reason": "No comparison"}
    answer = at_work.post(reverse("editorial:missing", args=["synthesis", reading.pk]), typed)
    assert "4 studies are pooled, 1 left out" in " ".join(answer.content.decode().split())
    assert reading.inclusions.filter(included=True).count() == 5


def test_without_a_study_it_says_why_there_is_no_result(at_work, eef, network):
    page = at_work.get(
        reverse("admin:evidence_synthesis_change", args=[synthesis("none-yet", centre=eef, effects=()).pk])
    )
    assert "No study is included." in page.content.decode()


def added(at_work, made, **typed):
    """Save the form of a synthesis with one row more, with the next free place."""
    address = reverse("admin:evidence_synthesis_change", args=[made.pk])
    form = form_of(at_work.get(f"{address}?row=1"), "synthesis_form")
    place = int(form["inclusions-TOTAL_FORMS"]) - 1
    row = {"study": "", "estimate": "", "included": "on", "subgroup": "", "reason": ""} | typed
    return at_work.post(address, form | {f"inclusions-{place}-{name}": value for name, value in row.items() if value})


@pytest.mark.parametrize("typed", ["Another 2001", "another 2001", "{number}", "{number} Another 2001: as suggested"])
def test_a_study_is_typed_by_number_or_label_and_its_only_result_is_taken(at_work, reading, eef, typed):
    another, estimate = study("Another 2001", centre=eef, effect=0.2)
    assert added(at_work, reading, study=typed.format(number=another.pk)).status_code == 302
    assert reading.inclusions.get(study=another).estimate == estimate


def test_of_several_results_one_is_chosen_among_its_own(at_work, reading, eef):
    another, estimate = study("Another 2001", centre=eef, effect=0.2)
    later = Estimate.objects.create(
        study=another, centre=eef, metric="SMD", effect=0.1, variance=0.1, follow_up="Later"
    )
    asked = added(at_work, reading, study="Another 2001")
    assert "Choose which of its results is pooled" in asked.content.decode()
    assert f'<option value="{later.pk}">outcome not recorded, Later: SMD 0.1</option>' in asked.content.decode()
    assert added(at_work, reading, study="Another 2001", estimate=estimate.pk).status_code == 302


def test_what_is_no_study_of_theirs_is_refused_in_words(at_work, reading, eef, yef):
    drafts, _estimate = study("Draft 2001", centre=yef, effect=0.2)
    for typed in ("Draft 2001", str(drafts.pk), "99999999999999999999", "no such"):
        assert (
            "No study that you may use has this number or label"
            in added(at_work, reading, study=typed).content.decode()
        )
    study("Twice 2001", centre=eef, effect=0.2)
    study("Twice 2001", centre=eef, effect=0.2)
    assert (
        "Write the number, for several have this label" in added(at_work, reading, study="Twice 2001").content.decode()
    )


def test_a_result_that_another_centre_has_not_published_is_not_offered(at_work, reading, yef):
    shared = reading.inclusions.first().study
    theirs = Estimate.objects.create(study=shared, centre=yef, metric="SMD", effect=9, variance=1, follow_up="Draft")
    page = at_work.get(reverse("admin:evidence_synthesis_change", args=[reading.pk])).content.decode()
    assert f'value="{theirs.pk}"' not in page
    refused = change(at_work, reading, **{"inclusions-0-estimate": theirs.pk})
    assert "This is of another study" in refused.content.decode()


def test_a_result_on_another_scale_is_refused(at_work, reading, eef):
    study("Another 2001", centre=eef, effect=0.2, metric="logOR")
    assert "It is on another scale" in added(at_work, reading, study="Another 2001").content.decode()


def test_suggestions_are_of_studies_that_one_may_use(at_work, reading, yef, eef):
    own, _estimate = study("Zebra 2001", centre=eef, title="A trial")
    study("Zebra 2002", centre=yef)
    found = at_work.get(reverse("editorial:suggest_studies"), {"q": "zebra"}).json()["found"]
    assert found == [f"{own.pk} Zebra 2001: A trial"]


def test_a_form_of_many_studies_is_light_and_costs_what_one_of_few_does(at_work, eef, network):
    few = synthesis("few", centre=eef, effects=[0.1, 0.2, 0.3])
    many = synthesis("many", centre=eef, effects=[n / 100 for n in range(60)])

    def cost(made):
        address = reverse("admin:evidence_synthesis_change", args=[made.pk])
        with CaptureQueriesContext(connection) as shown:
            page = at_work.get(address)
        with CaptureQueriesContext(connection) as stored:
            assert at_work.post(address, form_of(page, "synthesis_form")).status_code == 302
        return len(shown), len(stored), len(page.content)

    cost(few)  # what the process reads once
    shown, stored, _size = cost(few)
    shown_of_many, stored_of_many, size = cost(many)
    assert shown_of_many == shown
    # Django itself looks up each row that is sent; nothing else does.
    assert stored_of_many - stored <= 57
    assert size < 300_000


def test_a_study_with_many_results_costs_what_one_with_few_does(at_work, eef, network):
    few, many = (study(f"With {n}", centre=eef, effect=0.2, year=2020)[0] for n in ("few", "many"))
    for n in range(20):
        Estimate.objects.create(study=many, centre=eef, metric="SMD", effect=0.1, variance=1, follow_up=f"{n} months")

    def cost(made):
        with CaptureQueriesContext(connection) as shown:
            at_work.get(reverse("admin:evidence_study_change", args=[made.pk]))
        return len(shown)

    cost(few)
    assert cost(many) == cost(few)
