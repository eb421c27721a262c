"""Databases with W in them, each written once by COPY straight into the published tables and then kept.

Going through `publish` would cost hours for 100,000 records and change nothing that a reader sees: each row
is what `publication_rows` makes of the same document. Only what living pages need is written: no earlier
version, no event.
"""

import datetime
import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import django
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.bench import expected, mapping, workload
from toolkits import payloads

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 500
# What a database is made of: written anew when any of it changes.
MADE_OF = (
    "tests/bench/workload.py",
    "tests/bench/mapping.py",
    "tests/bench/expected.py",
    "tests/bench/loading.py",
    "toolkits/columns.py",
    "toolkits/payloads/*.py",
    "toolkits/publication_rows.py",
    "toolkits/migrations/*.py",
)


def fingerprint(n, seed):
    """What tells a database that is up to date from one that is not."""
    digest = hashlib.sha256(f"{n} {seed}".encode())
    for pattern in MADE_OF:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def address(admin, name):
    """The libpq address of another database on the server of `admin`."""
    return make_conninfo(**(conninfo_to_dict(admin) | {"dbname": name}))


def ready(url, wanted):
    """What a right answer has, where the database at `url` holds what it should; None where it does not."""
    try:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT expected FROM bench_workload WHERE fingerprint = %s", [wanted]).fetchone()
            return row and row[0]
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return None


def _version(kind, document, published_at):
    from toolkits.models import PublishedVersion

    return PublishedVersion(
        record=document.record,
        version=1,
        kind=kind,
        path=_path(kind, document),
        schema=payloads.SCHEMA,
        payload=payloads.dump(document),
        digest=mapping.digest(document),
        published_at=published_at,
        change="first",
        note="Workload W.",
    )


def _path(kind, document):
    from toolkits import columns

    return columns.path(kind, document)


def _fields(model):
    return [field for field in model._meta.concrete_fields if not field.generated]


def _row(page):
    """The values of a model's row as COPY takes them."""
    fields = [(field, getattr(page, field.attname)) for field in _fields(type(page))]
    return tuple(json.dumps(value) if field.get_internal_type() == "JSONField" else value for field, value in fields)


def _page(kind, document, published_at):
    from toolkits.publication_rows import page_row

    return page_row(_version(kind, document, published_at), before=None)


def _begin():
    os.environ["DJANGO_SETTINGS_MODULE"] = "whatworks.settings"
    django.setup()


def _interventions(first, last, seed):
    """(rows for COPY, reduced records) of the records first..last; runs in a process of its own."""
    rows, records = [], []
    for number in range(first, last + 1):
        record = workload.record(number, seed)
        day = datetime.datetime.fromisoformat(record["published"]).replace(tzinfo=datetime.UTC)
        rows.append(_row(_page("intervention", mapping.intervention(record), day)))
        records.append(expected.reduced(record))
    return rows, records


def _copy(cursor, model, rows):
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in _fields(model))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _fill(connection, n, seed):
    """Write W; return its reduced records."""
    from toolkits.models import PublishedPage, PublishedVocabulary

    began = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    pages = [(kind, _page(kind, document, began)) for kind, document in mapping.network()]
    records = []
    with connection.cursor() as cursor:
        _copy(cursor, PublishedVocabulary, [_row(page) for kind, page in pages if kind == "vocabulary"])
        _copy(cursor, PublishedPage, [_row(page) for kind, page in pages if kind != "vocabulary"])
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=_begin) as makers:
            starts = range(1, n + 1, CHUNK)
            made = makers.map(
                _interventions, starts, [min(n, start + CHUNK - 1) for start in starts], [seed] * len(starts)
            )

            def rows():
                for chunk, reduced in made:
                    records.extend(reduced)
                    yield from chunk

            _copy(cursor, PublishedPage, rows())
        cursor.execute("UPDATE toolkits_publicationcounter SET number = 1")
    return records


def load(admin, n, seed=1):
    """(address, what right answers have) of the database with `n` records, written anew where it is out of date."""
    name, wanted = f"whatworks_bench_{n}", fingerprint(n, seed)
    url = address(admin, name)
    found = ready(url, wanted)
    if found:
        return url, found
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        check=True,
    )
    _begin()
    with psycopg.connect(url) as connection:
        found = expected.recount(_fill(connection, n, seed), seed)
        connection.execute("CREATE TABLE bench_workload (fingerprint text, expected jsonb)")
        connection.execute("INSERT INTO bench_workload VALUES (%s, %s)", [wanted, json.dumps(found)])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return url, ready(url, wanted)
