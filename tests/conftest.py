"""The cast, the same in every test, and the two databases a test can start from.

`network` is the built-in network, loaded once a run the way `make run` loads it (tests/databases.py).
`empty_database` is nothing at all. A test names the one it needs; both are undone after it.
"""

import gc

import pytest
from django.conf import settings
from django.db import connection

from centres.models import Centre, Role
from evidence.models import Intervention
from tests import databases
from tests.clients import EditorsClient
from tests.factories import person
from tests.failing_mail import Failing
from toolkits.public import index

BUILT_IN_NETWORK = databases.BUILT_IN_NETWORK
# The files that take longest, by `--durations`. They begin first, so that no process is left alone with one at the end.
# The second to fourth need no database: they pass the time in which the first one's process makes the network's.
LONGEST = (
    *("test_accessibility", "test_embedded_postgres", "test_typesetting", "test_pack_formats", "test_racing"),
    *("test_rights", "test_no_draft_leaks", "test_account_pages", "test_forms", "test_staleness", "test_moving_house"),
    *("test_journey", "test_two_sets", "test_stale_edits", "test_public_pages", "test_public_site"),
    *("test_killed_runner", "test_study_admin", "test_freeze", "test_verify"),
)


def pytest_configure():
    # A real one takes a quarter of a second for each account of each test, on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PACKS_BYTES = 0  # the runner would make those of the whole network
    settings.SECURITY_CONTACT = "mailto:security@example.org"  # without one there is no security.txt to ask for


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


def pytest_collection_finish():
    """Walk what stays for good, which is most of what there is, no more: a tenth of the time of a page of the admin."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):  # the process that started the workers ends last
        databases.drop_templates()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A copy of the migrated, loaded database for this process, in place of pytest-django's own migrating."""
    before, name = connection.settings_dict["NAME"], f"test_whatworks_{databases.WORKER}"
    databases.create(name, like="network")
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = before
    databases.drop(name)


@pytest.fixture(scope="session", autouse=True)
def open_data_of_this_process(tmp_path_factory):
    """Each process of tests has its own database, and so its own files of open data."""
    settings.OPEN_DATA_DIR = tmp_path_factory.mktemp("open-data")


@pytest.fixture(autouse=True)
def forget_what_the_process_keeps():
    """A rolled back test counts publication numbers again that the process has seen."""
    yield
    index.forget()


@pytest.fixture
def client():
    """A browser of which `force_login` says that its person has shown a second factor."""
    return EditorsClient()


@pytest.fixture
def network(db):
    """The built-in network, published; what the test changes is rolled back."""


@pytest.fixture
def empty_database(db):
    """No rows but what migrations write; TRUNCATE is rolled back with the test."""
    with connection.cursor() as cursor:
        tables = ", ".join(
            table
            for table in connection.introspection.table_names()
            if table.startswith(("centres_", "evidence_", "toolkits_"))
        )
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        cursor.execute("INSERT INTO toolkits_publicationcounter (id, number) VALUES (1, 0)")


@pytest.fixture
def server(settings, monkeypatch):
    """Makes the mail server do what is listed, one mail after the other."""
    settings.EMAIL_BACKEND = "tests.failing_mail.Failing"

    def will(*script):
        monkeypatch.setattr(Failing, "script", list(script), raising=False)

    will()
    return will


@pytest.fixture
def eef(network):
    return Centre.objects.get(slug="eef")


@pytest.fixture
def yef(network):
    return Centre.objects.get(slug="yef")


@pytest.fixture
def editor(eef):
    """An editor of the Education Endowment Foundation."""
    return person("editor", eef, Role.Name.EDITOR)


@pytest.fixture
def second_editor(eef):
    """Another editor of the same centre."""
    return person("second-editor", eef, Role.Name.EDITOR)


@pytest.fixture
def reviewer(eef):
    """A reviewer of the same centre."""
    return person("reviewer", eef, Role.Name.REVIEWER)


@pytest.fixture
def other_centre_editor(yef):
    """An editor and reviewer of another centre."""
    somebody = person("other-centre-editor", yef, Role.Name.EDITOR)
    somebody.roles.create(centre=yef, name=Role.Name.REVIEWER)
    return somebody


@pytest.fixture
def network_admin(db):
    """A network administrator: every right, but still never alone."""
    return person("network-admin", superuser=True)


@pytest.fixture
def mentoring(network):
    """A real intervention of the EEF, live as version 1."""
    return Intervention.objects.get(entry__toolkit__slug="teaching-and-learning", entry__slug="mentoring")
