"""The tiny network, loaded once a module inside a transaction that is never committed."""

import pytest
from django.db import connection, transaction

from centres.models import Centre, Role
from evidence.models import Intervention
from tests.factories import intervention, person
from tests.factories.networks import Network, empty, load
from toolkits import actions
from toolkits.models import Decision, Toolkit
from toolkits.models.publishing import Change


@pytest.fixture
def tiny(tmp_path):
    """A tiny network folder, not loaded."""
    return Network(tmp_path / "tiny")


@pytest.fixture(scope="module")
def loaded_tiny(django_db_setup, django_db_blocker, tmp_path_factory):
    """The tiny network in an otherwise empty database; each test's own transaction lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        empty()
        load(Network(tmp_path_factory.mktemp("networks") / "tiny"))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_tiny, db, tiny):
    """The folder of the tiny network that is in the database."""
    return tiny


@pytest.fixture
def people(loaded):
    """(an editor, a reviewer) of the centre of the classroom toolkit."""
    schools = Centre.objects.get(slug="schools")
    return person("ed", schools, Role.Name.EDITOR), person("rev", schools, Role.Name.REVIEWER)


@pytest.fixture
def mentoring(loaded):
    """The intervention in the second row."""
    return Intervention.objects.get(pk=1001)


@pytest.fixture
def chess(loaded):
    """An editor's own draft, with its place in the classroom toolkit; number 1004."""
    return intervention(Toolkit.objects.get(slug="classroom"), "chess", summary="Chess.")


@pytest.fixture
def publish(people):
    """Put an editor's change out, approved by the reviewer."""

    def publish(document):
        editor, reviewer = people
        revision = actions.submit(document=document, by=editor, change=Change.WORDING, note="Clearer words")
        actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
        return actions.publish(revision=revision, by=editor)

    return publish
