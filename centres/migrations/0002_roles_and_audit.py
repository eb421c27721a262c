"""Roles with dates, more kinds of them, invitations, who looks after a record, and the table of the audit trail."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("centres", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True)),
                (
                    "action",
                    models.CharField(db_index=True, help_text="added, changed, deleted, signed in…", max_length=40),
                ),
                ("kind", models.CharField(blank=True, help_text="The table, such as evidence_rating.", max_length=60)),
                ("key", models.CharField(blank=True, max_length=100)),
                (
                    "record",
                    models.PositiveIntegerField(
                        db_index=True, help_text="The permanent number it concerns.", null=True
                    ),
                ),
                ("before", models.JSONField(help_text="What changed, as it was.", null=True)),
                ("after", models.JSONField(help_text="What changed, as it became.", null=True)),
                ("note", models.TextField(blank=True)),
                ("transaction", models.BigIntegerField(help_text="Entries of one transaction share it.")),
            ],
            options={
                "verbose_name_plural": "audit entries",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("editor", "Editor"),
                            ("reviewer", "Reviewer"),
                            ("manager", "Centre manager"),
                            ("network editor", "Network editor"),
                            ("administrator", "Network administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "digest",
                    models.CharField(editable=False, help_text="SHA-256 of the secret.", max_length=64, unique=True),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField(editable=False)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["-invited_at", "-pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="role",
            options={"ordering": ["person", "started", "pk"]},
        ),
        migrations.RemoveConstraint(
            model_name="role",
            name="role_name",
        ),
        migrations.RemoveConstraint(
            model_name="role",
            name="role_once",
        ),
        migrations.AddField(
            model_name="person",
            name="mail",
            field=models.CharField(
                choices=[("at once", "At once"), ("daily", "Once a day, together"), ("never", "Never")],
                default="at once",
                help_text="When to be told by mail what was submitted, returned, published or is overdue.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="recordnumber",
            name="draft_changed_at",
            field=models.DateTimeField(
                help_text="When the working row was last changed; empty once that was submitted.", null=True
            ),
        ),
        migrations.AddField(
            model_name="recordnumber",
            name="keeper",
            field=models.ForeignKey(
                blank=True,
                help_text="Who works on it; empty: it waits in the centre's queue for somebody to take it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="kept_records",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="ended",
            field=models.DateField(blank=True, help_text="The last day; empty while it goes on.", null=True),
        ),
        migrations.AddField(
            model_name="role",
            name="started",
            field=models.DateField(default=django.utils.timezone.localdate, help_text="The first day."),
        ),
        migrations.AlterField(
            model_name="role",
            name="centre",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty for a role in the network: vocabularies, bands, families, memberships.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="roles",
                to="centres.centre",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="name",
            field=models.CharField(
                choices=[
                    ("editor", "Editor"),
                    ("reviewer", "Reviewer"),
                    ("manager", "Centre manager"),
                    ("network editor", "Network editor"),
                    ("administrator", "Network administrator"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="roles", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.RunSQL(
            "UPDATE centres_role SET name = 'network editor' WHERE centre_id IS NULL;"
            "DELETE FROM centres_role AS twin USING centres_role AS other "
            "WHERE twin.person_id = other.person_id AND twin.centre_id IS NULL AND other.centre_id IS NULL "
            "AND twin.id > other.id;"
            "SET CONSTRAINTS ALL IMMEDIATE",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail__in", ["at once", "daily", "never"])), name="person_mail"
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("centre__isnull", False), ("name__in", ("editor", "reviewer", "manager"))),
                    models.Q(("centre__isnull", True), ("name__in", ("network editor", "administrator"))),
                    _connector="OR",
                ),
                name="role_fits_its_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended__isnull", True)),
                fields=("person", "centre", "name"),
                name="role_once_at_a_time",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended__isnull", True), ("ended__gte", models.F("started")), _connector="OR"),
                name="role_ends_after_it_starts",
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="centre",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="centres.centre",
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="Empty: the portal itself, or somebody who was not signed in.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="accepted_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="centre",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: the network.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="centres.centre",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("centre__isnull", False), ("name__in", ("editor", "reviewer", "manager"))),
                    models.Q(("centre__isnull", True), ("name__in", ("network editor", "administrator"))),
                    _connector="OR",
                ),
                name="invitation_fits_its_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                    _connector="OR",
                ),
                name="accepted_invitation_says_by_whom",
            ),
        ),
    ]
