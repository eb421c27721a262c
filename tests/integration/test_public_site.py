"""`WHATWORKS_SITE`: a process for visitors works with the rights of the public role, and those are few."""

import json
import subprocess
import sys

import psycopg
import pytest
from django.apps import apps
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests import databases
from tests.browser import pages
from tests.integration.own_database import own_database
from tests.integration.test_no_draft_leaks import addresses
from toolkits import public_role
from toolkits.models import Inbox, PublicationEvent

ROLE = f"visitors_{databases.WORKER}"
ASK = """
import io, json, sys
from wsgiref.util import setup_testing_defaults
from whatworks.wsgi import application

def ask(path, method="GET"):
    path, _, query = path.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost", "REQUEST_METHOD": method}
    setup_testing_defaults(environ)
    answers = []
    b"".join(application(environ, lambda status, headers, *_: answers.append([int(status[:3]), dict(headers)])))
    return answers[-1]

json.dump({path: ask(path) for path in json.load(sys.stdin)}, sys.stdout)
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A loaded database, and the public role with its rights in it."""
    with own_database("public_site", tmp_path_factory.mktemp("data"), like="network") as database:
        name = sql.Identifier(ROLE)
        with psycopg.connect(database.url, autocommit=True) as owner:
            owner.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(name))
            owner.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
            # What it should not have is taken away.
            owner.execute(sql.SQL("GRANT ALL ON toolkits_revision, centres_person TO {}").format(name))
            owner.execute(sql.SQL("GRANT SELECT (by_id) ON toolkits_publicationevent TO {}").format(name))
        database.manage("grant_public_role", ROLE)
        database.manage("grant_public_role", ROLE)
        yield database
        with psycopg.connect(database.url, autocommit=True) as owner:
            owner.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(name))


@pytest.fixture(scope="module")
def url(database):
    return make_conninfo(**(conninfo_to_dict(database.url) | {"user": ROLE}))


@pytest.fixture
def visitor(url):
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def asked(database, site, url, paths):
    """{path: [status, headers]} of a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=databases.ROOT,
        env=database.environment | {"DATABASE_URL": url, "WHATWORKS_SITE": site},
        input=json.dumps(paths),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_public_page_answers_with_the_rights_of_the_public_role(network, database, url):
    wanted = dict.fromkeys(addresses(every=25), 200) | dict(pages.ALL.values()) | {"/healthz": 200, "/readyz": 200}
    answers = asked(database, "public", url, list(wanted))
    moved = {301, 302}
    assert {path: status for path, (status, _) in answers.items() if status not in {wanted[path], *moved}} == {}
    assert not any("Set-Cookie" in headers for _, headers in answers.values())


def test_nobody_can_sign_in_on_the_public_site(database, url):
    answers = asked(database, "public", url, ["/admin/", "/accounts/login/", "/editorial/", "/admin/login/"])
    assert {status for status, _ in answers.values()} == {404}


def test_the_editorial_site_has_no_public_pages(database):
    answers = asked(database, "editorial", database.url, ["/", "/toolkits/", "/accounts/login/", "/admin/", "/readyz"])
    assert [status for status, _ in answers.values()] == [404, 404, 200, 302, 200]


def test_nothing_but_what_is_published_can_be_read(database, visitor):
    with psycopg.connect(database.url) as owner:
        tables = {name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    published = {model._meta.db_table for model in public_role.published_models()}
    assert published <= tables
    assert len(tables - published) > 40
    for table in sorted(tables - published):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            visitor.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table)))
    # No column of them either, which `SELECT 1` would not show.
    columns = "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND has_any_column_privilege(oid, 'SELECT')"
    assert visitor.execute(columns, [list(tables - published)]).fetchone() == (0,)


@pytest.mark.parametrize("right", ["INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"])
def test_nothing_can_be_written_but_the_inbox(visitor, right):
    rows = visitor.execute(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname = 'public' AND relkind IN ('r', 'p', 'v') AND has_table_privilege(pg_class.oid, %s)",
        [right],
    )
    assert [name for (name,) in rows] == ([Inbox._meta.db_table] if right == "INSERT" else [])


def test_the_role_counts_nothing_up_and_makes_nothing(visitor):
    for statement in ("CREATE TABLE mine ()", "SELECT nextval('toolkits_publicationevent_id_seq')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            visitor.execute(statement)


def test_who_did_something_and_what_was_not_public_stay_private(database, visitor):
    table = PublicationEvent._meta.db_table
    with psycopg.connect(database.url, autocommit=True) as owner:
        owner.execute(
            f"INSERT INTO {table} (record, kind, verb, public, title, path, centre, change, reason, imported_from, at,"
            " by_id) SELECT record, kind, 'returned', false, title, path, centre, '', 'Not good enough', '', at, by_id"
            f" FROM {table} LIMIT 1"
        )
        assert owner.execute(f"SELECT count(*) FROM {table} WHERE NOT public").fetchone()[0] >= 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        visitor.execute(f"SELECT by_id FROM {table}")
    assert visitor.execute(f"SELECT count(*) FILTER (WHERE NOT public), count(*) > 0 FROM {table}").fetchone() == (
        0,
        True,
    )


def test_the_published_tables_are_what_is_published():
    """A model that is added to the module becomes public: look at it before it is added here."""
    assert {model.__name__ for model in public_role.published_models()} == {
        *("PublishedPage", "SearchedPage", "PublishedWord", "PublishedVersion", "PublishedVocabulary"),
        *("PublicationEvent", "PublicationStep", "PublishedCorrection", "Redirect", "PublicationCounter"),
    }
    assert apps.get_model("toolkits", "Revision") not in public_role.published_models()


def test_the_statements_can_be_read_before_they_are_run(database):
    printed = database.manage("grant_public_role", ROLE, "--sql").splitlines()
    assert f'GRANT INSERT ON "toolkits_inbox" TO "{ROLE}";' in printed
    assert all(line.endswith(";") for line in printed)


def test_the_doctor_says_whether_the_role_has_its_rights_and_whether_the_replica_is_one(database, url, tmp_path):
    def doctor(**variables):
        environment = (
            database.environment | {"WHATWORKS_DATA_DIR": str(tmp_path), "WHATWORKS_SITE": "public"} | variables
        )
        said = subprocess.run(
            [sys.executable, "manage.py", "doctor", "--json"], env=environment, cwd=databases.ROOT, capture_output=True
        ).stdout
        return {finding["name"]: (finding["state"], finding["found"]) for finding in json.loads(said)["findings"]}

    found = doctor(DATABASE_URL=url, WHATWORKS_REPLICA_URL=url)
    assert found["role of visitors"][0] == found["network"][0] == found["replica's role"][0] == "ok"
    assert found["replica"] == ("fault", "It is not in recovery: it hears of no publication of the primary.")
    assert not {"migrations", "triggers", "runner"} & found.keys()
    found = doctor(DATABASE_URL=database.url, WHATWORKS_REPLICA_URL=make_conninfo(host="127.0.0.1", port=9))
    assert "tables that are not published" in found["role of visitors"][1]
    assert found["replica"][0] == "fault"
    assert "No answer" in found["replica"][1]
