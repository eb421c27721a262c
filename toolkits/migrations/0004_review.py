"""Change sets, comments, appointments, flags, corrections, jobs and mail."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# As in 0002, and: whoever sent a revision out in an emergency is not the one who approves it afterwards.
HONEST_DECISION = """
CREATE OR REPLACE FUNCTION check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.submitted_by_id IS DISTINCT FROM
        (SELECT submitted_by_id FROM toolkits_revision WHERE id = NEW.revision_id) THEN
        RAISE EXCEPTION 'a decision names the submitter of its revision, and nobody else'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.verdict = 'imported' AND NOT
        (SELECT is_loader FROM centres_person WHERE id = NEW.decided_by_id) THEN
        RAISE EXCEPTION 'only the loader''s own account may decide "imported"'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.verdict = 'approved' AND EXISTS (SELECT FROM toolkits_decision
        WHERE revision_id = NEW.revision_id AND verdict = 'emergency' AND decided_by_id = NEW.decided_by_id) THEN
        RAISE EXCEPTION 'whoever sent a revision out in an emergency does not approve it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


# What lists go by of the pages that are public already, from their own documents.
NEW_COLUMNS = """
UPDATE toolkits_publishedpage SET
    last_searched = (payload->>'last_searched')::date,
    next_review = (payload->>'next_review')::date,
    cites = coalesce((SELECT array_agg(DISTINCT (rating->'scheme'->>'record')::int)
                      FROM jsonb_array_elements(payload->'ratings') AS rating), '{}')
    WHERE kind = 'intervention';
UPDATE toolkits_publishedpage SET
    cites = coalesce((SELECT array_agg(DISTINCT (part->>'record')::int)
                      FROM jsonb_array_elements(payload->CASE kind WHEN 'family' THEN 'members' ELSE 'methods' END) AS part),
                     '{}')
    WHERE kind IN ('family', 'toolkit');
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0002_roles_and_audit"),
        ("toolkits", "0003_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(help_text="Stored in universal time, shown as London's.")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("kept", "Published"),
                            ("cancelled", "Cancelled"),
                            ("refused", "Could not be published"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField(blank=True, help_text="Why it could not be published.")),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ChangeSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(help_text="What these pages have in common.", max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.PositiveIntegerField(help_text="The record that changed.")),
                ("cause_version", models.PositiveIntegerField()),
                ("cause_title", models.CharField(max_length=300)),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settlement", models.TextField(blank=True, help_text="What was found.")),
            ],
            options={
                "ordering": ["-raised_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("check", "Check a spreadsheet"), ("import", "Import a spreadsheet")], max_length=10
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("refused", "Refused"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("parameters", models.JSONField(default=dict)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("file", models.BinaryField(null=True)),
                ("done", models.PositiveIntegerField(default=0, help_text="Rows worked through so far.")),
                ("total", models.PositiveIntegerField(default=0)),
                ("report", models.JSONField(help_text="What came of it.", null=True)),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted for review"),
                            ("returned", "Returned"),
                            ("published", "Published"),
                            ("commented", "Commented"),
                            ("corrected", "Corrected"),
                            ("flagged", "Something it rests on changed"),
                            ("overdue", "Overdue for review"),
                            ("refused", "Could not be published at its time"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(help_text="The page it is about.", max_length=300)),
                ("text", models.TextField()),
                ("address", models.CharField(help_text="Where to look, from the portal's root.", max_length=300)),
                (
                    "key",
                    models.CharField(help_text="Names the occasion: nobody is told twice of the same.", max_length=120),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PublishedCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.PositiveIntegerField(db_index=True)),
                ("version", models.PositiveIntegerField(help_text="The version that put it right.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("intervention", "Intervention"),
                            ("toolkit", "Toolkit"),
                            ("centre", "Centre"),
                            ("report", "Report"),
                            ("family", "Family"),
                            ("method", "Rating scale"),
                            ("vocabulary", "Shared list"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("path", models.CharField(blank=True, max_length=300)),
                ("centre", models.CharField(blank=True, max_length=80)),
                ("at", models.DateTimeField(db_index=True)),
                ("wrong", models.TextField(help_text="What was wrong, in words for the public.")),
                ("note", models.TextField(help_text="What changed, and why.")),
                (
                    "conclusion",
                    models.CharField(
                        choices=[("same", "The conclusion is the same"), ("different", "The conclusion changes")],
                        max_length=10,
                    ),
                ),
                ("differences", models.JSONField(help_text="[field, before, after] of everything that changed.")),
                ("notified", models.PositiveIntegerField(help_text="How many people were told.")),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="revision",
            name="revision_says_what_changed",
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="cites",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(),
                default=list,
                help_text="Records that what this page says rests on.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="corrections",
            field=models.JSONField(
                default=list, help_text="Every correction so far, newest first: version, at, wrong, note, conclusion."
            ),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="last_searched",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="next_review",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="publishedversion",
            name="minor",
            field=models.BooleanField(default=False, help_text="Too small to tell readers a new date."),
        ),
        migrations.AddField(
            model_name="revision",
            name="conclusion",
            field=models.CharField(
                blank=True,
                choices=[("same", "The conclusion is the same"), ("different", "The conclusion changes")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="minor",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="revision",
            name="wrong",
            field=models.TextField(blank=True, help_text="For a correction: what was wrong, in words for the public."),
        ),
        migrations.AlterField(
            model_name="publishedpage",
            name="published_at",
            field=models.DateTimeField(help_text="The date readers are told: a minor change leaves it."),
        ),
        migrations.AlterField(
            model_name="revision",
            name="note",
            field=models.TextField(blank=True, help_text="What changed and why, in words for the public."),
        ),
        migrations.AddIndex(
            model_name="publishedpage",
            index=django.contrib.postgres.indexes.GinIndex(fields=["cites"], name="published_page_cites"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="revision",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="toolkits.revision",
            ),
        ),
        migrations.AddField(
            model_name="changeset",
            name="centre",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="change_sets", to="centres.centre"
            ),
        ),
        migrations.AddField(
            model_name="changeset",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="change_set",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="toolkits.changeset",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="change_set",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="toolkits.changeset",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("note", ""), _negated=True), ("minor", True), _connector="OR"),
                name="revision_says_what_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("minor", False), ("change", "wording"), _connector="OR"),
                name="only_wording_is_minor",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conclusion", ""), ("wrong", "")),
                    models.Q(
                        ("change", "correction"),
                        ("conclusion__in", ["same", "different"]),
                        models.Q(("wrong", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="revision_correction_is_whole",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="toolkits.revision"
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="centres.recordnumber"
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="settled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="jobs", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="centre",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="jobs", to="centres.centre"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedcorrection",
            constraint=models.UniqueConstraint(fields=("record", "version"), name="correction_once_a_version"),
        ),
        migrations.AddConstraint(
            model_name="publishedcorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("wrong", ""), _negated=True), models.Q(("note", ""), _negated=True)),
                name="correction_says_what_was_wrong",
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["at"], name="appointments_due"),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("change_set__isnull", True), ("revision__isnull", False)),
                    models.Q(("change_set__isnull", False), ("revision__isnull", True)),
                    _connector="OR",
                ),
                name="appointment_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("revision", "change_set"),
                name="one_waiting_appointment",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "waiting")),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="appointment_ended_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("outcome", ""), _negated=True),
                    _connector="OR",
                ),
                name="refused_appointment_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="comment_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True)),
                fields=("record", "cause"),
                name="one_open_flag_a_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at__isnull", True),
                    models.Q(("settled_by__isnull", False), models.Q(("settlement", ""), _negated=True)),
                    _connector="OR",
                ),
                name="settled_flag_says_what_was_found",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["asked_at"], name="jobs_waiting"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state__in", ["waiting", "running"])),
                    models.Q(("ended_at__isnull", False), ("state__in", ["done", "refused", "failed"])),
                    _connector="OR",
                ),
                name="job_ended_says_when",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("sent_at__isnull", True)), fields=["created_at"], name="notices_to_send"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="notice_once"),
        ),
        migrations.RunSQL(HONEST_DECISION, migrations.RunSQL.noop),
        migrations.RunSQL(NEW_COLUMNS, migrations.RunSQL.noop),
    ]
