"""A sheet on its way: uploaded, tried by the runner, imported by the runner."""

import pytest

from evidence.models import Intervention
from tests.factories.spreadsheets import as_csv
from toolkits import jobs
from toolkits.models import Job


def tried(by, centre, table, *rows, data=None):
    """The ended dry run of a file."""
    file = as_csv(*rows) if data is None else data
    job = jobs.ask_for_check(table=table, centre=centre, file_name=f"{table}.csv", file=file, by=by)
    return ended(job)


def imported(shown, by):
    """The ended import of what a job's report shows."""
    return ended(jobs.ask_for_import(shown=shown, by=by))


def ended(job):
    """A job after the runner had its turn, as the database has it."""
    assert jobs.do_next_job()
    return Job.objects.get(pk=job.pk)


def lines(job):
    """Every error of a report, as `row, column: what is wrong`."""
    return [
        f"{problem['row']}, {problem['column']}: {problem['message']}" if problem["row"] else problem["message"]
        for problem in job.report["problems"]
    ]


def fates(job):
    """{row: (fate, {column: (was, becomes)})} of a report."""
    return {
        row["row"]: (row["fate"], {column: (was, becomes) for column, was, becomes in row["differences"]})
        for row in job.report["rows"]
    }


@pytest.fixture
def phonics(network):
    """Another real intervention of the EEF."""
    return Intervention.objects.get(entry__toolkit__slug="teaching-and-learning", entry__slug="phonics")


@pytest.fixture
def police_thing(network):
    """An intervention of another centre."""
    return Intervention.objects.filter(centre__slug="college-of-policing").first()
