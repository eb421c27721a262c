"""Whatever somebody uploads as a file of studies ends in a preview that can be imported whole, or in clean errors.

`FUZZ_EXAMPLES=10000` tries that many files, all forms together; without it, a few hundred.
"""

import json
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from centres.models import Centre, Role
from centres.records import claim
from evidence.models import Appraisal, Estimate, Inclusion, Study, Synthesis
from tests.clients import EditorsClient
from tests.factories import person
from tests.integration.study_files import broken_files
from toolkits import jobs
from toolkits.editorial.views.study_imports import StudyFileForm
from toolkits.models import Job
from toolkits.spreadsheets.outcomes import TEXT_LIMIT
from toolkits.study_files import asking, effects, plans, reading, writing

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "200"))
WRITTEN = (Study, Estimate, Inclusion, Appraisal)


@pytest.fixture
def centre(empty_database):
    return Centre.objects.create(
        record=claim("centre", first=1), slug="schools", name="Schools", short_name="Schools", policy_area="Schools"
    )


@pytest.fixture
def editor(centre):
    return person("editor", centre, Role.Name.EDITOR)


@pytest.fixture
def synthesis(centre):
    return Synthesis.objects.create(
        slug="tutoring", centre=centre, title="Tutoring", question="?", outcome_measured="Reading", metric="SMD"
    )


@pytest.fixture
def client(editor):
    """Signed in once, for all files."""
    client = EditorsClient()
    client.force_login(editor)
    return client


def ended(job):
    """A job once the runner has done it: it ended, and not by something going wrong."""
    assert jobs.do_next_job(), "the runner could not end the job"
    job = Job.objects.get(pk=job.pk)
    assert job.state in (Job.State.DONE, Job.State.REFUSED), job.report
    return job


def counted():
    return [model.objects.count() for model in WRITTEN]


def check_errors(report):
    """Every error says what is wrong and how to mend it; one about a cell says where it is."""
    assert report["problem_count"] == len(report["problems"])
    for problem in report["problems"]:
        assert problem["message"], problem
        assert problem["row"] or not (problem["column"] or problem["value"]), problem
        assert problem["row"] or problem["hint"] or ". " in problem["message"], problem
        # What the database cannot hold is written out, in up to six letters for one.
        assert not problem["value"] or len(problem["value"]) <= 6 * TEXT_LIMIT, problem


def check_written(synthesis, report):
    """Every row of a report is one whole place in the synthesis."""
    inclusions = list(synthesis.inclusions.select_related("estimate"))
    assert len(inclusions) == len(report["rows"])
    for inclusion in inclusions:
        assert inclusion.estimate if inclusion.included else inclusion.reason
        assert inclusion.estimate is None or inclusion.estimate.formula


def look(client, job):
    """The page of a job, as its editor sees it."""
    answer = client.get(reverse("editorial:study_import_job", args=[job.parameters["synthesis"], job.pk]))
    assert answer.status_code == 200


def came_of(report):
    if not report["problems"]:
        return "imported"
    return "refused as a whole" if all(one["row"] is None for one in report["problems"]) else "errors by row"


def try_file(synthesis, editor, name, content, higher):
    """Read a file, plan its import, write it where it is right, and plan it once more. Returns what came of it."""

    def planned():
        studies, problems = reading.read(content, name)
        plan = plans.Plan(synthesis, problems)
        if studies is not None:
            plan.fill(studies, higher=higher, choices={})
        return plan

    before, plan = counted(), planned()
    report = json.loads(json.dumps(plans.storable(plan.report()), allow_nan=False))
    check_errors(report)
    assert counted() == before
    assert report["rows"] or report["problems"]
    if not report["problems"]:
        writing.write(plan=plan, by=editor)
        check_written(synthesis, report)
        assert planned().report()["counts"] == {"new": 0, "changed": 0, "same": len(report["rows"])}
    return came_of(report)


def try_on_pages(synthesis, editor, client, name, content, higher):
    """The same through the form, the runner and the pages."""
    before = counted()
    form = StudyFileForm({"direction": "same"}, {"file": SimpleUploadedFile(name or "nameless", content)})
    if not form.is_valid():
        assert all(form.errors.values())
        return "refused by the form"
    shown = ended(asking.ask_for_check(synthesis=synthesis, file_name=name, file=content, higher=higher, by=editor))
    look(client, shown)
    check_errors(shown.report)
    assert counted() == before
    if jobs.can_import(shown, by=editor):
        done = ended(jobs.ask_for_import(shown=shown, by=editor))
        assert done.report["written"]
        look(client, done)
        check_written(synthesis, done.report)
    return came_of(shown.report)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    file=st.one_of(*broken_files.FORMS),
    metric=st.sampled_from(list(effects.METRICS)),
    higher=st.sampled_from([None, True, False]),
    on_pages=st.sampled_from([*[False] * 11, True]),
)
def test_any_file_is_imported_whole_or_refused_with_clean_errors(
    synthesis, editor, client, file, metric, higher, on_pages
):
    name, content = file
    with transaction.atomic():
        synthesis.metric = metric
        synthesis.save()
        if on_pages:
            event(f"on pages: {try_on_pages(synthesis, editor, client, name, content, higher)}")
        else:
            event(try_file(synthesis, editor, name, content, higher))
        transaction.set_rollback(True)
