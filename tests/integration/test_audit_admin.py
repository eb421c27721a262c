"""The audit trail in the admin: who sees which entries, what a search finds, the export, and the history of a row."""

import csv
import datetime
import io

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from centres import audit
from centres.models import AuditEntry, Centre, Membership, Role
from evidence.models import Family, Intervention, Outcome, Rating
from tests.factories import person
from toolkits import actions, audit_trail
from toolkits.admin import audit_words
from toolkits.models import Change

LIST = "/admin/centres/auditentry/"
EXPORT = f"{LIST}export/"
MENTORING, OF_ANOTHER = 1011, 1050


def change(record, by, summary="Somebody older helps."):
    """Change an intervention as `by`, and give the entry of it."""
    with audit.speak_for(by):
        Intervention.objects.filter(pk=record).update(summary=summary)
    return AuditEntry.objects.order_by("-pk").first()


def found(entries):
    return set(entries.values_list("pk", flat=True))


@pytest.fixture
def manager(eef):
    return person("manager", eef, Role.Name.MANAGER)


@pytest.fixture
def network_editor(network):
    return person("network-editor", None, Role.Name.NETWORK_EDITOR)


@pytest.fixture
def told(editor, other_centre_editor, manager, network_editor, eef, yef):
    """One entry of each kind that somebody may see and somebody else may not, by name."""
    entries = {
        "own record": change(MENTORING, editor),
        "another's record": change(OF_ANOTHER, other_centre_editor),
    }

    def newest(name):
        entries[name] = AuditEntry.objects.order_by("-pk").first()

    with audit.speak_for(network_editor):
        Outcome.objects.filter(pk="attainment").update(name="Learning more")
        newest("vocabulary")
        Family.objects.filter(slug="mentoring").update(name="Older helpers")
        newest("family")
        Membership.objects.filter(centre=eef).update(basis="A letter")
        newest("own membership")
        editor.roles.update(ended=timezone.localdate() + datetime.timedelta(days=9))
        newest("own role")
        other_centre_editor.roles.filter(name=Role.Name.EDITOR).update(
            ended=timezone.localdate() + datetime.timedelta(days=9)
        )
        newest("another's role")
        Centre.objects.filter(pk=eef.pk).update(hosts="Another host")
        newest("own centre")
    for name, somebody in {"own sign-in": editor, "another's sign-in": other_centre_editor}.items():
        audit.record(action="signed in", by=somebody, kind="centres_person", key=somebody.pk)
        newest(name)
    audit.record(action="put into the queue", kind="centres_person", key=editor.pk, centre=yef)
    newest("own person, at another centre")
    audit.record(action="sign-in failed", note="banana")
    newest("failed sign-in")
    audit.record(action="loaded", kind="network folder", key="what-works")
    newest("load")
    return entries


SEEN = {
    "editor": {"own record", "own membership", "own centre"},
    "other_centre_editor": {"another's record"},
    "manager": {"own role", "own sign-in", "own centre"},
    "network_editor": {"vocabulary", "family", "own membership", "load"},
}


def test_everybody_sees_the_entries_of_what_they_answer_for_and_no_other(request, told, client):
    for role, names in SEEN.items():
        somebody = request.getfixturevalue(role)
        visible = found(audit_trail.visible_to(somebody))
        assert {name for name, entry in told.items() if entry.pk in visible} == names, role
        client.force_login(somebody)
        assert {entry.pk for entry in client.get(LIST).context["cl"].result_list} <= visible
        hidden = next(entry for name, entry in told.items() if name not in names)
        assert client.get(f"{LIST}{hidden.pk}/change/").status_code == 404, role
        assert client.get(f"{LIST}{told[min(names)].pk}/change/").status_code == 200, role


def test_an_administrator_sees_all(told, network_admin):
    assert found(audit_trail.visible_to(network_admin)) == found(AuditEntry.objects.all())


def test_whoever_has_left_sees_nothing(told, editor, client):
    editor.roles.update(started=timezone.localdate() - datetime.timedelta(days=9), ended=timezone.localdate())
    client.force_login(editor)
    assert not audit_trail.visible_to(editor).exists()
    assert client.get(LIST).status_code == 403


def test_nothing_is_added_changed_or_deleted_here(told, client, network_admin):
    client.force_login(network_admin)
    entry = told["own record"]
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{entry.pk}/delete/").status_code == 403
    assert client.post(f"{LIST}{entry.pk}/change/", {"action": "nothing"}).status_code == 403
    assert (
        client.post(LIST, {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"}).status_code == 200
    )
    entry.refresh_from_db()
    assert entry.action == "changed"


def test_an_entry_says_what_each_field_said_before_and_after(client, editor, mentoring):
    before = mentoring.summary
    entry = change(MENTORING, editor)
    client.force_login(editor)
    for address in (
        LIST,
        f"{LIST}{entry.pk}/change/",
        reverse("admin:evidence_intervention_history", args=[MENTORING]),
    ):
        page = client.get(address).content.decode()
        assert "<b>Summary:</b>" in page
        assert "<ins>Somebody older helps.</ins>" in page
        assert before.split()[0] in page
        assert "editor" in page
    page = client.get(LIST).content.decode()
    assert f'<a href="/admin/evidence/intervention/{MENTORING}/change/">{mentoring.name}</a> (record 1011)' in page


def test_keys_choices_and_moments_are_told_in_words(mentoring, editor):
    rating = Rating.objects.filter(intervention=mentoring, level__scheme__centre__isnull=False).first()
    another = rating.level.scheme.levels.exclude(pk=rating.level_id).first()
    before = str(rating.level)
    Rating.objects.filter(pk=rating.pk).update(level=another, rated_on=datetime.date(2026, 3, 1))
    [told] = audit_words.tell([AuditEntry.objects.order_by("-pk").first()])
    assert audit_words.Change("Level", before, str(another)) in told.changes
    assert audit_words.Change("Rated on", "", "2026-03-01") in told.changes
    assert (told.did, told.kind, told.record) == ("changed", "rating", mentoring.name)
    with audit.speak_for(editor):
        Intervention.objects.filter(pk=mentoring.pk).update(status=Intervention.Status.values[-1])
        mentoring.outcomes.remove(mentoring.outcomes.first())
    changed, taken = AuditEntry.objects.order_by("-pk")[1], AuditEntry.objects.order_by("-pk")[0]
    words = audit_words.tell([changed, taken])
    assert words[0].changes[0].after == Intervention.Status.labels[-1]
    assert [change.before for change in words[1].changes] == [
        mentoring.name,
        Outcome.objects.get(pk=taken.before["outcome_id"]).name,
    ]


def test_a_name_that_looks_like_markup_is_shown_as_it_is(client, editor, mentoring):
    change(MENTORING, editor, "<script>alert(1)</script>")
    client.force_login(editor)
    for address in (LIST, reverse("admin:evidence_intervention_history", args=[MENTORING])):
        page = client.get(address).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page


def search(words):
    return found(audit_trail.search(AuditEntry.objects.all(), words))


def test_words_find_person_action_kind_and_what_was_said(told, editor):
    own, anothers = told["own record"].pk, told["another's record"].pk
    assert own in search("older helps")
    assert anothers not in search("older helps editor evidence_intervention 1011")
    assert own in search("EDITOR changed intervention helps")
    assert search("vocabulary-nobody-has") == set()
    assert told["failed sign-in"].pk in search("banana failed")
    assert search(str(OF_ANOTHER)) == {anothers}


def test_a_day_a_month_and_from_to_are_when_it_was_done_in_london(db):
    def enter(moment):
        entry = audit.record(action="signed in")
        with connection.cursor() as cursor:
            # As time passes, which no test can: the trail itself can be written only now.
            cursor.execute("ALTER TABLE centres_auditentry DISABLE TRIGGER append_only")
            cursor.execute("UPDATE centres_auditentry SET at = %s WHERE id = %s", [moment, entry.pk])
            cursor.execute("ALTER TABLE centres_auditentry ENABLE TRIGGER append_only")
        return entry.pk

    late_on_the_30th_of_june = enter("2026-06-30T22:30:00Z")
    early_on_the_1st_of_july = enter("2026-06-30T23:30:00Z")
    assert search("2026-06-30") == search("2026-06") == {late_on_the_30th_of_june}
    assert search("2026-07-01") == search("2026-07") == {early_on_the_1st_of_july}
    assert search("2026-06-30..2026-07-01") == {late_on_the_30th_of_june, early_on_the_1st_of_july}
    assert search("2026-05..2026-06-29") == search("2026-13-45") == search("2026-02-30") == set()


QUERIES = (
    *("q=helps", "action=changed", "kind=evidence_intervention", "of=eef", "person__id__exact=1", "transaction=1"),
    *("q=%00", "q=99999999999999999999", "q=%27%22%3B", "at__year=2026&at__month=11", "kind=banana", "of=banana"),
)


def test_the_list_answers_every_filter(told, client, network_admin):
    client.force_login(network_admin)
    for query in QUERIES:
        wanted = 400 if "%00" in query else 200  # PostgreSQL takes no NUL
        assert client.get(f"{LIST}?{query}").status_code == wanted, query


def test_filters_narrow_the_list(told, client, network_admin, editor):
    client.force_login(network_admin)

    def listed(**query):
        return {entry.pk for entry in client.get(LIST, query).context["cl"].result_list}

    own, anothers = told["own record"].pk, told["another's record"].pk
    assert own in listed(kind="evidence_intervention")
    assert told["family"].pk not in listed(kind="evidence_intervention")
    assert listed(of="yef", kind="evidence_intervention") == {anothers}
    assert told["load"].pk in listed(of="network", action="loaded")
    assert listed(person__id__exact=editor.pk, kind="evidence_intervention") == {own}
    assert own in listed(transaction=told["own record"].transaction)


def test_a_list_costs_the_same_however_many_rows_it_names(client, network_admin, editor, mentoring):
    client.force_login(network_admin)
    ratings = Rating.objects.filter(level__scheme__centre__isnull=False).order_by("pk")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    def change_ratings(first, last):
        for rating in ratings[first:last]:
            Rating.objects.filter(pk=rating.pk).update(reason=f"Reason {rating.pk}")

    queries()
    change_ratings(0, 2)
    few = queries()
    change_ratings(2, 30)
    assert queries() == few


# --- export ----------------------------------------------------------------------------------------------------------


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_export_is_what_the_list_shows_and_is_entered_itself(told, client, network_admin):
    client.force_login(network_admin)
    response = client.post(f"{EXPORT}?kind=evidence_intervention&q=helps")
    rows = rows_of(response)
    assert response["Content-Disposition"].startswith('attachment; filename="audit_kind-evidence-intervention')
    assert {int(row["entry"]) for row in rows} == {told["own record"].pk, told["another's record"].pk}
    own = next(row for row in rows if row["record"] == str(MENTORING))
    assert (own["person"], own["action"], own["centre"]) == ("editor", "changed", "eef")
    assert "→ Somebody older helps." in own["changes"]
    taken = AuditEntry.objects.order_by("-pk").first()
    assert (taken.action, taken.person, taken.note) == ("exported", network_admin, "2 entries")
    assert taken.after == {"kind": "evidence_intervention", "q": "helps"}


def test_a_formula_in_what_somebody_wrote_is_neutralised(client, network_admin, mentoring):
    audit.record(action="sign-in failed", note='=HYPERLINK("https://bad.example","x")')
    client.force_login(network_admin)
    rows = rows_of(client.post(EXPORT))
    assert '\'=HYPERLINK("https://bad.example","x")' in [row["note"] for row in rows]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@"))]


def test_only_an_administrator_exports_and_nobody_by_following_a_link(told, client, editor, manager, network_admin):
    for somebody in (editor, manager):
        client.force_login(somebody)
        assert client.post(EXPORT).status_code == 403
        assert EXPORT not in client.get(LIST).content.decode()
    client.force_login(network_admin)
    assert client.get(EXPORT).status_code == 405
    assert EXPORT in client.get(LIST).content.decode()
    assert not AuditEntry.objects.filter(action="exported").exists()


def test_the_export_reads_the_trail_a_chunk_at_a_time(client, network_admin, monkeypatch):
    monkeypatch.setattr("toolkits.admin.audit.CHUNK", 2)
    for number in range(5):
        audit.record(action="signed in", note=f"n{number}")
    client.force_login(network_admin)
    notes = [row["note"] for row in rows_of(client.post(f"{EXPORT}?action=signed+in"))]
    assert notes == ["n4", "n3", "n2", "n1", "n0"]


# --- the history of a row --------------------------------------------------------------------------------------------


def test_the_history_of_a_record_tells_of_all_that_belongs_to_it(client, editor, reviewer, mentoring):
    rating = Rating.objects.filter(intervention=mentoring).first()
    change(MENTORING, editor)
    with audit.speak_for(reviewer):
        Rating.objects.filter(pk=rating.pk).update(reason="Two new trials")
    revision = actions.submit(document=mentoring, by=editor, change=Change.WORDING, note="Clearer words")
    actions.comment(revision=revision, by=reviewer, text="Have a look at this.")
    change(1012, editor, "Nothing to do with it.")
    client.force_login(editor)
    page = client.get(reverse("admin:evidence_intervention_history", args=[MENTORING])).content.decode()
    for words in ("Somebody older helps.", "Two new trials", "Have a look at this.", "Submitted"):
        assert words in page
    assert "Nothing to do with it." not in page


def test_the_history_of_a_person_tells_of_their_roles(client, network_admin, editor):
    with audit.speak_for(network_admin):
        editor.roles.update(ended=timezone.localdate() + datetime.timedelta(days=9))
    client.force_login(network_admin)
    page = client.get(reverse("admin:centres_person_history", args=[editor.pk])).content.decode()
    assert "Role ended" in page


def test_the_history_of_another_centres_record_is_not_found(client, editor, mentoring):
    client.force_login(editor)
    assert client.get(reverse("admin:evidence_intervention_history", args=[OF_ANOTHER])).status_code == 404
    assert client.get(reverse("admin:evidence_intervention_history", args=[999999])).status_code == 404


def test_a_history_without_entries_says_so(client, editor, mentoring):
    client.force_login(editor)
    page = client.get(reverse("admin:evidence_intervention_history", args=[MENTORING])).content.decode()
    assert "Nobody has changed this" in page


def test_a_long_history_has_pages(client, editor, mentoring):
    for number in range(101):
        change(MENTORING, editor, f"Summary {number}.")
    client.force_login(editor)
    address = reverse("admin:evidence_intervention_history", args=[MENTORING])
    first, second = client.get(address).content.decode(), client.get(address, {"p": 2}).content.decode()
    assert "Summary 100." in first
    assert "<ins>Summary 0.</ins>" not in first
    assert "<ins>Summary 0.</ins>" in second
    assert client.get(address, {"p": "banana"}).status_code == 200


def test_the_admin_keeps_no_second_log(client, network_admin, network):
    client.force_login(network_admin)
    answer = client.post("/admin/evidence/setting/add/", {"slug": "at-sea", "name": "At sea", "position": 9})
    assert answer.status_code == 302
    assert not LogEntry.objects.exists()
    assert AuditEntry.objects.filter(kind="evidence_setting", action="added", person=network_admin).count() == 1
