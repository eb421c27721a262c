"""A role gives no right from the day it ended; and the cache that all processes share, where failed sign-ins are counted."""

from django.db import migrations, models

# As Django's `createcachetable` would make it: a release migrates, and must not need a second command.
CACHE = """
CREATE TABLE shared_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("centres", "0002_roles_and_audit")]

    operations = [
        migrations.AlterModelOptions(
            name="person", options={"verbose_name": "person", "verbose_name_plural": "people"}
        ),
        migrations.AlterField(
            model_name="role",
            name="ended",
            field=models.DateField(
                blank=True,
                help_text="The day from which it gives no right any more, so that ending one works at once; empty: it goes on.",
                null=True,
            ),
        ),
        migrations.RunSQL(CACHE, "DROP TABLE shared_cache"),
    ]
