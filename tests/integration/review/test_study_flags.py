"""A study changed: what rests on it is flagged with the old and the new result, and the public page stays as it is."""

import pytest
from django.urls import reverse

from evidence.models import Estimate, Inclusion, RatingBasis
from tests.admin_forms import form_of
from tests.factories.publishing import republish
from tests.factories.spreadsheets import as_csv
from tests.factories.syntheses import synthesis
from toolkits import actions, jobs
from toolkits.actions.study_flags import raise_study_flags, used_in
from toolkits.editorial.results import in_a_line
from toolkits.models import Change, Flag, Notice, PublishedPage
from toolkits.study_files import asking


@pytest.fixture
def reading(eef, editor, reviewer):
    """A synthesis of the EEF's, of five studies, public."""
    made = synthesis("reading-aloud", centre=eef)
    republish(made, editor, reviewer)
    return made


def open_flags(record):
    return Flag.objects.filter(record=record, settled_at__isnull=True, why="studies")


def changed(study, effect=2.0):
    """Change what a study found, as an action would."""
    Estimate.objects.filter(study=study).update(effect=effect)
    raise_study_flags(used_in({study.pk: (study.label, Flag.StudyChange.RESULTS)}))


def saved(client, row, **typed):
    address = reverse(f"admin:evidence_{row.KIND}_change", args=[row.pk])
    answer = client.post(address, form_of(client.get(address), f"{row.KIND}_form") | typed)
    assert answer.status_code == 302, answer.content.decode()


def test_the_form_of_a_study_flags_its_synthesis_with_both_results(client, reading, editor):
    client.force_login(editor)
    first = reading.inclusions.first().study
    saved(client, first, **{"estimates-0-effect": "2"})
    flag = open_flags(reading.pk).get()
    assert flag.studies == [[first.pk, "Study 1", "results"]]
    assert in_a_line(flag.was) == "0.32 (0.08 to 0.56), k 5"
    assert in_a_line(flag.now).startswith("0.70 (")
    published = PublishedPage.objects.get(record=reading.pk)
    assert published.payload["pooled"]["shown"]["value"] == flag.was["value"]
    page = " ".join(client.get(reverse("editorial:draft", args=["synthesis", reading.pk])).content.decode().split())
    assert "Public now: version 1" in page
    assert "0.32" in page
    assert "<ins>0.70</ins>" in page
    assert "Study 1 (record" in page
    assert "0.32 (0.08 to 0.56), k 5 in public, 0.70" in client.get(reverse("admin:index")).content.decode()


def test_a_page_has_one_open_flag_and_its_people_one_mail_however_often_a_study_changes(reading, editor):
    first, second = (inclusion.study for inclusion in reading.inclusions.all()[:2])
    changed(first)
    changed(first, effect=3.0)
    changed(second)
    flag = open_flags(reading.pk).get()
    assert [label for _number, label, _what in flag.studies] == ["Study 1", "Study 2"]
    assert Notice.objects.filter(event="flagged", person=editor).count() == 1
    assert "Its old and its new result stand side by side" in Notice.objects.get(event="flagged", person=editor).text


def test_a_rating_that_rests_on_the_synthesis_is_flagged_on_its_page(reading, mentoring, editor):
    RatingBasis.objects.create(rating=mentoring.ratings.first(), synthesis=reading)
    changed(reading.inclusions.first().study)
    flag = open_flags(mentoring.pk).get()
    assert (flag.cause, flag.cause_title, flag.now["k"]) == (reading.pk, "Reading aloud", 5)
    assert flag.was == open_flags(reading.pk).get().was


def test_a_study_left_out_flags_that_synthesis_and_no_other(client, reading, eef, editor, reviewer):
    other = synthesis("reading-alone", centre=eef, effects=(0.1, 0.2))
    shared = reading.inclusions.first()
    Inclusion.objects.create(synthesis=other, study=shared.study, estimate=shared.estimate, position=9)
    republish(other, editor, reviewer)
    client.force_login(editor)
    saved(client, reading, **{"inclusions-0-included": "", "inclusions-0-reason": "No comparison"})
    flag = open_flags(reading.pk).get()
    assert (flag.studies, flag.was["k"], flag.now["k"]) == ([[shared.study_id, "Study 1", "place"]], 5, 4)
    assert not open_flags(other.pk).exists()
    saved(client, reading, question="Do they learn more?")
    assert open_flags(reading.pk).get().pk == flag.pk


def test_what_was_never_public_is_flagged_to_nobody_and_pools_nothing(eef, monkeypatch):
    draft = synthesis("a-draft", centre=eef)
    monkeypatch.setattr("toolkits.snapshots.syntheses.results_of", None)
    changed(draft.inclusions.first().study)
    assert not Flag.objects.exists()


def test_an_import_flags_each_synthesis_once(reading, eef, editor, reviewer):
    other = synthesis("reading-alone", centre=eef, effects=())
    for place, shared in enumerate(reading.inclusions.all()[:2]):
        Inclusion.objects.create(synthesis=other, study=shared.study, estimate=shared.estimate, position=place)
    republish(other, editor, reviewer)
    rows = [("Study 1", 2000, 2.0, 0.02), ("Study 2", 2001, 0.2, 0.02), ("New 2020", 2020, 0.5, 0.02)]
    data = as_csv(("study", "year", "effect", "variance"), *rows)
    shown = asking.ask_for_check(synthesis=reading, file_name="studies.csv", file=data, higher=None, by=editor)
    jobs.do_next_job()
    shown.refresh_from_db()
    jobs.ask_for_import(shown=shown, by=editor)
    jobs.do_next_job()
    here, there = open_flags(reading.pk).get(), open_flags(other.pk).get()
    assert (here.was["k"], here.now["k"]) == (5, 6)
    # The other synthesis has nothing of what the file adds to this one; what it says of results, it says of both.
    assert [label for _number, label, _what in there.studies] == ["Study 1", "Study 2"]
    assert there.now["k"] == 2


def test_publishing_settles_what_was_in_it_and_keeps_what_came_later(reading, editor, reviewer):
    first, second = (inclusion.study for inclusion in reading.inclusions.all()[:2])
    changed(first)
    revision = actions.submit(document=reading, by=editor, change=Change.STUDY, note="Corrected")
    changed(second)
    actions.decide(revision=revision, by=reviewer, verdict="approved")
    actions.publish(revision=revision, by=reviewer)
    flag = open_flags(reading.pk).get()
    # Its old result is that of the version which has just gone out.
    assert (flag.cause_version, in_a_line(flag.was)[:4]) == (2, "0.70")
    republish(reading, editor, reviewer)
    assert not open_flags(reading.pk).exists()


def test_the_cost_of_flagging_does_not_grow_with_the_studies(reading, eef, editor, reviewer, django_assert_num_queries):
    large = synthesis("many-studies", centre=eef, effects=[n / 100 for n in range(40)])
    republish(large, editor, reviewer)
    told = {made: {made.inclusions.first().study_id: ("Study 1", "results")} for made in (reading, large)}
    with django_assert_num_queries(15):
        raise_study_flags({reading.pk: told[reading]})
    with django_assert_num_queries(15):
        raise_study_flags({large.pk: told[large]})
