"""Rows into a table by COPY: the quickest way in, for rows that are known to be new.

`bulk_create` sends each column as an array, and escaping 10,000 documents into an array costs more
than all else in a load. Constraints and triggers hold for COPY as for any insert.
"""

from django.db import connection, models


def claim_ids(rows):
    """Give each of `rows`, unsaved and of one model, its primary key from the table's own sequence."""
    if not rows:
        return
    model = type(rows[0])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


def copy_rows(rows):
    """Insert `rows`, unsaved and of one model, in their order; keys that are not set come from the database.

    Raises django.db.IntegrityError as an insert would, and writes none of them then.
    """
    rows = list(rows)
    if not rows:
        return
    options = type(rows[0])._meta
    keyed = rows[0].pk is not None
    fields = [
        field
        for field in options.concrete_fields
        if not field.generated and (keyed or not isinstance(field, models.AutoField))
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    statement = f"COPY {quote(options.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields])
