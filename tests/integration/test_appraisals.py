"""Two people read by themselves, then agree: the page of an estimate's risk of bias, and its action."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from evidence.models import Appraisal
from tests.clients import EditorsClient
from tests.factories.publishing import republish
from tests.factories.syntheses import study, synthesis
from toolkits import actions, policies
from toolkits.models import Flag

Reading = Appraisal.Reading
RANDOMISATION, MISSING = "Randomisation", "Missing outcome data"


@pytest.fixture
def estimate(eef):
    return study("Reader 2020", centre=eef, effect=0.2)[1]


def read(estimate, by, reading=Reading.FIRST, judgement="Low", reason="Sealed envelopes", **more):
    return actions.appraise(
        estimate=estimate, tool="rob2", reading=reading, judgements={RANDOMISATION: (judgement, reason)}, by=by, **more
    )


def signed_in(person):
    client = EditorsClient()
    client.force_login(person)
    return client


def page(estimate, person, **query):
    answer = signed_in(person).get(reverse("editorial:appraisal", args=[estimate.pk]), query)
    return " ".join(answer.content.decode().split())


def send(estimate, person, fill, **fields):
    return signed_in(person).post(
        f"{reverse('editorial:appraisal', args=[estimate.pk])}?tool=rob2", {"fill": fill, **fields}
    )


def test_from_the_first_reader_to_what_both_agreed(estimate, editor, second_editor):
    first = {"judgement-0": "Low", "reason-0": "Sealed envelopes", "judgement-2": "High", "reason-2": "Half were lost"}
    assert send(estimate, editor, "first", **first).status_code == 302
    second = {"judgement-0": "Low", "reason-0": "", "judgement-2": "Some concerns", "reason-2": "Lost on both sides"}
    assert send(estimate, second_editor, "second", **second).status_code == 302
    shown = page(estimate, second_editor)
    assert "The readers differ" in shown
    assert "The readers say the same" in shown
    refused = send(estimate, editor, "agreed", **{"judgement-2": "High"})
    assert refused.status_code == 422
    assert "Missing outcome data: give the reason." in refused.content.decode()
    agreed = {"judgement-2": "High", "reason-2": "More were lost with the intervention"}
    assert send(estimate, editor, "agreed", **agreed).status_code == 302
    rows = estimate.appraisals.order_by("pk").values_list("domain", "reading", "judgement", "by__username")
    assert list(rows) == [
        (RANDOMISATION, "first", "Low", "editor"),
        (MISSING, "first", "High", "editor"),
        (RANDOMISATION, "second", "Low", "second-editor"),
        (MISSING, "second", "Some concerns", "second-editor"),
        (MISSING, "agreed", "High", "editor"),
    ]


def test_the_second_reader_is_not_told_what_the_first_said_until_they_have_said_theirs(estimate, editor, second_editor):
    read(estimate, editor)
    blind = page(estimate, second_editor)
    assert "Sealed envelopes" not in blind
    assert "hidden until yours is saved" in blind
    assert "Sealed envelopes" in page(estimate, second_editor, show="1")
    assert "Save as the second reader" not in page(estimate, second_editor, show="1")
    # A judgement of another domain opens that domain only.
    actions.appraise(
        estimate=estimate, tool="rob2", reading=Reading.SECOND, judgements={MISSING: ("Low", "")}, by=second_editor
    )
    assert "Sealed envelopes" not in page(estimate, second_editor)
    read(estimate, second_editor, Reading.SECOND, "High", "Alternated")
    assert "Sealed envelopes" in page(estimate, second_editor)
    assert "Alternated" in page(estimate, editor)


def test_two_readers_are_two_people(estimate, editor, second_editor):
    read(estimate, editor)
    with pytest.raises(policies.NotAnother):
        read(estimate, editor, Reading.SECOND)
    with pytest.raises(policies.WrongState):
        read(estimate, second_editor)
    read(estimate, editor, Reading.SECOND, reader="Ada Byron")
    assert estimate.appraisals.get(reading="second").reader == "Ada Byron"


def test_what_was_agreed_is_not_read_again_and_needs_both_readers(estimate, editor, second_editor):
    read(estimate, editor)
    agreed = {RANDOMISATION: ("Low", "Concealed")}
    with pytest.raises(policies.Incomplete):
        actions.reconcile(estimate=estimate, tool="rob2", judgements=agreed, by=editor)
    read(estimate, second_editor, Reading.SECOND)
    actions.reconcile(estimate=estimate, tool="rob2", judgements=agreed, by=editor)
    with pytest.raises(policies.WrongState):
        read(estimate, editor, judgement="High")


def test_a_judgement_is_the_tools_own_and_is_taken_away_again(estimate, editor):
    with pytest.raises(policies.Incomplete):
        read(estimate, editor, judgement="Critical")
    with pytest.raises(policies.Incomplete):
        actions.appraise(
            estimate=estimate, tool="other", reading="first", judgements={"Overall": ("Low", "")}, by=editor
        )
    read(estimate, editor)
    read(estimate, editor, judgement="", reason="")
    assert not estimate.appraisals.exists()


def test_who_saves_later_than_another_loses_nothing(estimate, editor, second_editor):
    read(estimate, editor)
    refused = send(estimate, second_editor, "first", **{"judgement-0": "High", "reason-0": "Alternated"})
    assert refused.status_code == 422
    assert "Alternated" in refused.content.decode()
    assert "Sealed envelopes" not in refused.content.decode()


def test_is_the_centres_own(client, estimate, other_centre_editor):
    client.force_login(other_centre_editor)
    assert client.get(reverse("editorial:appraisal", args=[estimate.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        read(estimate, other_centre_editor)


def test_the_studys_form_leads_there_and_says_how_far_it_is(client, estimate, editor):
    read(estimate, editor)
    client.force_login(editor)
    form = client.get(reverse("admin:evidence_study_change", args=[estimate.study_id])).content.decode()
    assert reverse("editorial:appraisal", args=[estimate.pk]) in form
    assert "(one reader)" in form


def test_a_judgement_flags_the_synthesis_with_the_same_numbers(eef, editor, reviewer):
    reading = synthesis("reading-aloud", centre=eef)
    republish(reading, editor, reviewer)
    read(reading.inclusions.first().estimate, editor)
    read(reading.inclusions.first().estimate, editor)
    flag = Flag.objects.get(record=reading.pk)
    assert flag.studies == [[reading.inclusions.first().study_id, "Study 1", "appraisals"]]
    assert flag.was == flag.now
