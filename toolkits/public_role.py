"""The rights of the database role of a process that only answers visitors: what is published, and to leave something
in the inbox.

The published tables are the models of `toolkits.models.publishing`: a new one is granted by being there, and a table
anywhere else is not.
"""

from django.apps import apps
from django.db import transaction
from psycopg import sql

from toolkits.models import Inbox, PublicationEvent, publishing

PRIVATE_COLUMNS = {PublicationEvent: {"by_id"}}


def published_models():
    """The models whose rows the role may read."""
    return [model for model in apps.get_app_config("toolkits").get_models() if model.__module__ == publishing.__name__]


def statements(role, database):
    """The SQL that gives `role` exactly its rights in `database`, whatever it had: a list of composed statements.

    The role must exist, and whoever runs them owns the tables. What belongs to the role itself stays its own.
    """
    role = sql.Identifier(role)
    yield sql.SQL("REVOKE ALL ON DATABASE {} FROM {}").format(sql.Identifier(database), role)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), role)
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(role)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role)
    for what in ("TABLES", "SEQUENCES"):
        yield sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA public FROM {}").format(sql.SQL(what), role)
    for model in published_models():
        table, private = sql.Identifier(model._meta.db_table), PRIVATE_COLUMNS.get(model)
        columns = sql.SQL("")
        if private:
            names = [field.column for field in model._meta.concrete_fields if field.column not in private]
            columns = sql.SQL(" ({})").format(sql.SQL(", ").join(map(sql.Identifier, names)))
        yield sql.SQL("GRANT SELECT{} ON {} TO {}").format(columns, table, role)
    yield sql.SQL("GRANT INSERT ON {} TO {}").format(sql.Identifier(Inbox._meta.db_table), role)
    yield from _only_public_events()


def _only_public_events():
    """Who may not read who did something reads public events only: the others hold the words of a review.

    The policy names no role, so that a dump can be restored where the role does not exist.
    """
    events = sql.Identifier(PublicationEvent._meta.db_table)
    yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(events)
    yield sql.SQL("DROP POLICY IF EXISTS only_public_events ON {}").format(events)
    yield sql.SQL(
        "CREATE POLICY only_public_events ON {} USING (public OR (SELECT has_column_privilege({}, 'by_id', 'SELECT')))"
        " WITH CHECK (true)"
    ).format(events, sql.Literal(PublicationEvent._meta.db_table))


def grant(connection, role):
    """Run the statements, all or none."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements(role, connection.settings_dict["NAME"]):
            cursor.execute(statement)
