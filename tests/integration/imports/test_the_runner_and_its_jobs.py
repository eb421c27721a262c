"""A job is done once or not at all, whatever becomes of the runner; what went wrong is said in words."""

import logging

import pytest
from django.db import DatabaseError

from centres.models import AuditEntry
from centres.records import RecordNumber
from evidence.models import Intervention
from tests.integration.imports.conftest import tried
from toolkits import jobs, runner
from toolkits.models import Job
from toolkits.spreadsheets import work


class PowerCut(BaseException):
    """What no program catches."""


@pytest.fixture
def asked(eef, editor, mentoring):
    """An import that waits: one row changed, one new."""
    header = ["id", "toolkit", "slug", "name", "summary", "source_url"]
    shown = tried(
        editor,
        eef,
        "interventions",
        header,
        [mentoring.pk, "teaching-and-learning", "mentoring", "Mentors", "x", "https://x.org"],
        ["", "teaching-and-learning", "chess", "Chess", "x", "https://x.org"],
    )
    return jobs.ask_for_import(shown=shown, by=editor)


def now(job):
    return Job.objects.get(pk=job.pk)


def written():
    return (
        Intervention.objects.filter(name__in=["Mentors", "Chess"]).count(),
        AuditEntry.objects.filter(action="imported").count(),
    )


def test_jobs_are_a_duty_of_the_runner(asked):
    assert "do_next_job" in runner.run_due()
    assert now(asked).state == "done"
    assert written() == (2, 1)
    assert "do_next_job" not in runner.run_due()


def test_jobs_are_done_in_the_order_they_were_asked_for(asked, eef, editor):
    later = jobs.ask_for_check(table="reports", centre=eef, file_name="r.csv", file=b"id\r\n1", by=editor)
    jobs.do_next_job()
    assert (now(asked).state, now(later).state) == ("done", "waiting")


def test_a_runner_that_dies_in_the_middle_leaves_nothing_and_the_job_is_done_once(asked, monkeypatch):
    numbers = RecordNumber.objects.count()

    def cut(*_records, by):
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(work.records, "mark_changed", cut)
        with pytest.raises(PowerCut):
            jobs.do_next_job()
    assert written() == (0, 0)
    assert RecordNumber.objects.count() == numbers
    assert now(asked).state == "running"

    assert jobs.do_next_job()
    assert now(asked).state == "done"
    assert written() == (2, 1)
    assert not jobs.do_next_job()
    assert written() == (2, 1)


def test_a_job_that_kills_every_runner_is_given_up_in_words(asked, monkeypatch):
    def cut(*_arguments, **_named):
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(work, "read", cut)
        for _ in range(jobs.ATTEMPTS):
            with pytest.raises(PowerCut):
                jobs.do_next_job()
        assert jobs.do_next_job()
    job = now(asked)
    assert (job.state, job.report) == (
        "failed",
        {"message": "The portal or its database stopped each time. Nothing was written. Ask again."},
    )
    assert not jobs.do_next_job()


def test_an_error_of_ours_is_logged_and_the_person_is_told_in_words(asked, client, editor, monkeypatch, caplog):
    def stumble(*_arguments, **_named):
        raise KeyError("Secret inside")

    monkeypatch.setattr(work, "write", stumble)
    assert jobs.do_next_job()
    job = now(asked)
    assert job.state == "failed"
    assert "Secret inside" in caplog.text
    client.force_login(editor)
    page = client.get(f"/editorial/imports/{job.pk}/").content.decode()
    assert "Something went wrong here, and it is not your file. Nothing was written." in page
    assert "Secret" not in page
    assert "Traceback" not in page
    assert written() == (0, 0)


def test_what_failed_can_be_asked_for_again(asked, editor, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(work, "write", lambda **_: 1 / 0)
        jobs.do_next_job()
    again = jobs.ask_for_import(shown=Job.objects.get(kind="check"), by=editor)
    assert again.pk != asked.pk
    jobs.do_next_job()
    assert now(again).state == "done"
    assert written() == (2, 1)


def test_a_database_that_was_away_is_asked_again(asked, monkeypatch, caplog):
    def away(**_named):
        raise DatabaseError("gone")

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(work, "write", away)
        assert jobs.do_next_job() is False
    assert now(asked).state == "running"
    assert jobs.do_next_job()
    assert now(asked).state == "done"
    assert written() == (2, 1)


def test_how_far_it_is_is_noted_on_the_way(asked, monkeypatch):
    seen, update = [], Job.objects.none().__class__.update

    def noted(queryset, **values):
        if "done" in values:
            seen.append((values["done"], values["total"]))
        return update(queryset, **values)

    monkeypatch.setattr(work, "STEP", 1)
    monkeypatch.setattr("django.db.models.query.QuerySet.update", noted)
    jobs.do_next_job()
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_jobs_enter_the_audit_trail_without_the_file(asked, editor):
    jobs.do_next_job()
    entry = AuditEntry.objects.filter(kind="toolkits_job", action="added").latest("pk")
    assert entry.person == editor
    assert not {"file", "report"} & set(entry.after)
