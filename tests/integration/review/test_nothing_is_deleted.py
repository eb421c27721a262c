"""What was public is never deleted: not in the admin, not through the models, not by raw SQL."""

import pytest
from django.contrib import admin
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from centres.records import RecordNumber
from evidence.models import Intervention
from toolkits import snapshots
from toolkits.models import PublishedPage, PublishedVersion, PublishedVocabulary

RECORD = 1011


class Undone(Exception):
    """Rolls back a deletion that got through."""


def refused(delete):
    """Whether deleting was refused; what got through is undone."""
    try:
        with transaction.atomic():
            delete()
            raise Undone
    except (DatabaseError, ProtectedError):
        return True
    except Undone:
        return False


@pytest.mark.parametrize("model", [PublishedPage, PublishedVocabulary, PublishedVersion, RecordNumber])
def test_neither_page_nor_version_nor_number(network, model):
    assert refused(lambda: model.objects.first().delete())


@pytest.mark.parametrize("kind", snapshots.MODELS)
def test_no_working_row_of_something_public(network, kind):
    model = snapshots.MODELS[kind]
    public = model.objects.filter(pk__in=PublishedVersion.objects.values("record")).first()

    def by_sql():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE record_id = %s", [public.pk])

    assert refused(public.delete)
    assert refused(by_sql)


def test_what_was_never_public_may_go(eef):
    draft = Intervention.objects.create(centre=eef, name="Draft", summary="Draft.", source_url="https://example.org/")
    assert not refused(draft.delete)


def test_the_admin_offers_no_deletion(client, network_admin, mentoring):
    client.force_login(network_admin)
    assert client.post(reverse("admin:evidence_intervention_delete", args=[RECORD]), {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [RECORD], "post": "yes"}
    client.post(reverse("admin:evidence_intervention_changelist"), bulk)
    assert Intervention.objects.filter(pk=RECORD).exists()
    request = client.get(reverse("admin:index")).wsgi_request
    for model in snapshots.MODELS.values():
        assert not admin.site._registry[model].has_delete_permission(request)
