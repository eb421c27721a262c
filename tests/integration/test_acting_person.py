"""For whom a request speaks: its person, from its first write to its last, and nobody after it."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse

from centres import audit
from centres.middleware import acting_person
from centres.models import AuditEntry, Person
from evidence.models import Intervention


def speaker():
    """For whom the connection of this test speaks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('whatworks.person', true)")
        return cursor.fetchone()[0] or ""


def newest(kind):
    """The newest entry of a table."""
    return AuditEntry.objects.filter(kind=kind).order_by("-pk").first()


@pytest.fixture
def pass_through(rf):
    """Send a request of `user` through the middleware to `view`."""

    def send(view, user, method="post"):
        request = getattr(rf, method)("/anywhere/")
        request.user = user
        return acting_person(view)(request)

    return send


def test_what_a_request_writes_is_its_persons_and_nothing_after_it(pass_through, mentoring, editor):
    def view(request):
        Intervention.objects.filter(pk=mentoring.pk).update(summary="Somebody older helps.")
        return HttpResponse(speaker())

    assert pass_through(view, editor).content == str(editor.pk).encode()
    assert newest("evidence_intervention").person == editor
    assert speaker() == ""
    Intervention.objects.filter(pk=mentoring.pk).update(summary="Written by nobody in particular.")
    assert newest("evidence_intervention").person is None


def test_the_request_of_the_real_admin_is_entered_for_its_person(client, network, network_admin):
    client.force_login(network_admin)
    answer = client.post("/admin/evidence/setting/add/", {"slug": "at-sea", "name": "At sea", "position": 9})
    assert answer.status_code == 302, answer.context["errors"]
    entry = newest("evidence_setting")
    assert (entry.person, entry.action, entry.key) == (network_admin, "added", "at-sea")
    assert speaker() == ""


def test_an_exception_in_the_view_leaves_the_connection_silent(pass_through, editor):
    def view(request):
        raise ValueError("the view is broken")

    with pytest.raises(ValueError, match="the view is broken"):
        pass_through(view, editor)
    assert speaker() == ""


def test_reading_costs_no_query_and_looks_at_no_session(pass_through, db, django_assert_num_queries):
    class Untouched:
        @property
        def is_authenticated(self):
            raise AssertionError("the session was looked at")

    with django_assert_num_queries(0):
        assert pass_through(lambda request: HttpResponse("read"), Untouched(), "get").content == b"read"


def in_a_thread_of_its_own(work):
    """Run `work()` on a connection of its own, as a web worker's thread does, and give what it raised or returned."""
    outcome = []

    def run():
        try:
            outcome.append(work())
        except Exception as error:
            outcome.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return outcome[0]


def voices_in_the_pool():
    """For whom the pooled connections speak that nobody is using."""
    pool = connection.pool
    pool.wait()
    taken = [pool.getconn() for _ in range(pool.get_stats()["pool_available"])]
    try:
        return [c.execute("SELECT current_setting('whatworks.person', true)").fetchone()[0] or "" for c in taken]
    finally:
        for one in taken:
            pool.putconn(one)


def breaks_its_transaction(somebody):
    with audit.speak_for(somebody):
        # What a view that meddles with transactions by hand leaves behind: a connection that takes no statement.
        transaction.set_autocommit(False)
        connection.cursor().execute("SELECT 1/0")


def loses_its_server(somebody):
    with audit.speak_for(somebody), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def gives_its_connection_back(somebody):
    with audit.speak_for(somebody):
        pool = connection.pool
        connection.close()
        taken_by_another = pool.getconn()
        connection.ensure_connection()
        pool.putconn(taken_by_another)


def ends_well(somebody):
    with audit.speak_for(somebody), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@pytest.mark.parametrize(
    "request_that", [ends_well, breaks_its_transaction, loses_its_server, gives_its_connection_back]
)
def test_no_pooled_connection_goes_on_speaking_for_anybody(db, request_that):
    somebody = Person(pk=4711)
    outcome = in_a_thread_of_its_own(lambda: request_that(somebody))
    assert outcome is None or isinstance(outcome, DatabaseError), outcome
    assert "4711" not in voices_in_the_pool()


def test_an_action_inside_another_hands_the_word_back(mentoring, editor, reviewer):
    @audit.by_whom
    def inner(*, by):
        Intervention.objects.filter(pk=mentoring.pk).update(summary="By the inner action.")

    @audit.by_whom
    def outer(*, by):
        inner(by=reviewer)
        return speaker()

    assert outer(by=editor) == str(editor.pk)
    assert newest("evidence_intervention").person == reviewer
    assert speaker() == ""


def test_an_action_that_fails_enters_nothing_and_falls_silent(mentoring, editor):
    @audit.by_whom
    def broken(*, by):
        Intervention.objects.filter(pk=mentoring.pk).update(summary="Never written.")
        raise ValueError

    before = AuditEntry.objects.count()
    with pytest.raises(ValueError):  # noqa: PT011  the one it raises
        broken(by=editor)
    assert (AuditEntry.objects.count(), speaker()) == (before, "")
