"""What is measured can be written: the rows of the made-up records fit the tables as they are today."""

import datetime

from django.db import connection

from tests.bench import loading, mapping, workload
from toolkits.models import PublishedPage


def test_a_made_up_record_is_written_as_a_page(empty_database):
    document = mapping.intervention(workload.record(1))
    page = loading._page("intervention", document, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        loading._copy(cursor, PublishedPage, [loading._row(page)])
    assert PublishedPage.objects.get(record=document.record).title == page.title
