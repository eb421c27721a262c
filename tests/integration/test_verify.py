"""`verify` finds nothing wrong in what was published by the portal, and names each kind of damage done past it."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from toolkits import verification
from toolkits.verification import rules

INTERVENTION = 1013

DAMAGE = {
    "a word of a version": (
        f"UPDATE toolkits_publishedversion SET payload = jsonb_set(payload, '{{name}}', '\"X\"') WHERE record = {INTERVENTION}",
        "its content is not what was published",
    ),
    "a word of a page": (
        f"UPDATE toolkits_publishedpage SET payload = jsonb_set(payload, '{{name}}', '\"X\"') WHERE record = {INTERVENTION}",
        "the page is not what was published",
    ),
    "a word of a revision": (
        f"UPDATE toolkits_revision SET payload = jsonb_set(payload, '{{name}}', '\"X\"') WHERE record_id = {INTERVENTION}",
        "is not what was submitted",
    ),
    "a word of a shared list": (
        "UPDATE toolkits_publishedvocabulary SET digest = repeat('0', 64) WHERE name = 'outcomes'",
        "the page is not what was published",
    ),
    "a decision gone": (
        f"DELETE FROM toolkits_decision WHERE revision_id = (SELECT id FROM toolkits_revision WHERE record_id = {INTERVENTION})",
        "was never approved",
    ),
    "a page gone": (
        f"DELETE FROM toolkits_publishedpage WHERE record = {INTERVENTION}",
        "has no page any more",
    ),
    "a version gone": (
        f"UPDATE toolkits_publishedversion SET version = 2 WHERE record = {INTERVENTION}",
        "this version is missing",
    ),
    "a newer version than the page": (
        f"UPDATE toolkits_publishedpage SET version = 7 WHERE record = {INTERVENTION}",
        "the page shows version 7",
    ),
    "an address": (
        f"UPDATE toolkits_publishedpage SET path = '/elsewhere/' WHERE record = {INTERVENTION}",
        "“path” of the page is not that of its version",
    ),
    "a list column": (
        f"UPDATE toolkits_publishedpage SET sort_impact = 99 WHERE record = {INTERVENTION}",
        "the list column “sort_impact”",
    ),
    "what it rests on": (
        f"UPDATE toolkits_publishedpage SET cites = '{{}}' WHERE record = {INTERVENTION}",
        "the list column “cites”",
    ),
    "an old address": (
        f"INSERT INTO toolkits_redirect (path, record) VALUES ('/old/', {INTERVENTION}00)",
        "the old address /old/",
    ),
    "a merged page": (
        f"UPDATE toolkits_publishedpage SET state = 'merged', merged_into = 1, state_reason = 'x', state_since = now() "
        f"WHERE record = {INTERVENTION}",
        "was merged into record 1,",
    ),
    "search": (
        f"DELETE FROM toolkits_searchedpage WHERE record = {INTERVENTION}",
        "search cannot find the page",
    ),
    "other words to search in": (
        f"UPDATE toolkits_searchedpage SET search = 'x' WHERE record = {INTERVENTION}",
        "search looks in other words",
    ),
}


def raw(*statements):
    """Run SQL as somebody who may do everything does, with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def found():
    return list(verification.problems())


def test_the_built_in_network_is_whole(network, capsys):
    call_command("verify")
    assert "Everything is as it was published." in capsys.readouterr().out


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_named_with_its_record_and_a_remedy(network, damage):
    statement, words = DAMAGE[damage]
    raw(statement)
    named = [problem for problem in found() if words in problem.what]
    assert named, found()
    assert all(problem.remedy for problem in named)
    assert damage in {"a word of a shared list", "an old address"} or named[0].record == INTERVENTION


def test_links_between_documents_lead_somewhere(network):
    raw(
        "DELETE FROM centres_recordnumber WHERE number = 20001",
        "UPDATE centres_recordnumber SET kind = 'report' WHERE number = 20002",
        'UPDATE toolkits_publishedversion SET payload = replace(payload::text, \'"level":\', \'"level": "no such", '
        f'"was":\')::jsonb WHERE record = {INTERVENTION}',
    )
    said = "\n".join(map(str, found()))
    assert "leads to study 20001, which is no record" in said
    assert "leads to study 20002, which is a report" in said
    assert "which no published version of scale" in said


def test_a_trigger_that_is_off_or_gone_is_named(network):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE toolkits_publishedversion DISABLE TRIGGER append_only")
        cursor.execute("DROP TRIGGER append_only ON toolkits_revision")
    assert [problem.what for problem in found()] == [
        "the trigger “append_only” of toolkits_revision is missing",
        "the trigger “append_only” of toolkits_publishedversion is switched off",
    ]


def test_no_trigger_that_protects_is_forgotten(network):
    with connection.cursor() as cursor:
        cursor.execute(rules.THERE)
        there = {(table, name) for table, name, _on in cursor.fetchall()}
    names = {name for _table, name in rules.TRIGGERS}
    assert {(table, name) for table, name in there if name in names} == set(rules.TRIGGERS)


def test_a_publication_number_that_went_back(network, capsys):
    raw("UPDATE toolkits_publicationcounter SET number = 0")
    with pytest.raises(SystemExit) as ended:
        call_command("verify", "--json")
    *problems, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert ended.value.code == 1
    assert summary["problems"] == len(problems) == 1
    assert problems[0]["what"].startswith("the publication number is 0")


def test_the_process_for_visitors_is_told_where_to_run_it(settings):
    settings.SITE = "public"
    with pytest.raises(CommandError, match="WHATWORKS_SITE=editorial"):
        call_command("verify")
