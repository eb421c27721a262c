"""The inbox of the public, and who follows what.

The role that serves the public needs INSERT on the inbox and nothing else of these tables: what bounds the inbox
and what shows a follower their own rows are functions with the rights of the tables' owner.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

MOST_WAITING = 10_000
LARGEST = 50_000  # bytes of a payload

FUNCTIONS = f"""
DO $do$ BEGIN EXECUTE format($sql$
CREATE FUNCTION bound_inbox() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = %1$I, pg_temp AS $$
BEGIN
    IF octet_length(NEW.payload::text) > {LARGEST} THEN
        RAISE EXCEPTION 'too long for the inbox' USING ERRCODE = 'string_data_right_truncation';
    END IF;
    IF (SELECT count(*) FROM (
            SELECT FROM toolkits_inbox WHERE taken_at IS NULL LIMIT {MOST_WAITING}
        ) waiting) = {MOST_WAITING} THEN
        RAISE EXCEPTION 'the inbox is full' USING ERRCODE = 'configuration_limit_exceeded';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION what_is_followed(by uuid)
RETURNS TABLE (address text, id bigint, record integer, search text, often text, confirmed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = %1$I, pg_temp AS $$
    SELECT follower.address, follow.id, follow.record, follow.search, follow.often, follow.confirmed_at IS NOT NULL
    FROM toolkits_follower follower JOIN toolkits_follow follow ON follow.follower_id = follower.key
    WHERE follower.key = by ORDER BY follow.asked_at, follow.id
$$;
$sql$, current_schema()); END $do$;

CREATE TRIGGER bounded BEFORE INSERT ON toolkits_inbox FOR EACH ROW EXECUTE FUNCTION bound_inbox();
"""
REVERSE = "DROP FUNCTION bound_inbox() CASCADE; DROP FUNCTION what_is_followed(uuid);"


class Migration(migrations.Migration):
    dependencies = [("toolkits", "0011_flags_of_studies")]

    operations = [
        migrations.CreateModel(
            name="Follower",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("address", models.EmailField(max_length=254, unique=True)),
                (
                    "asked",
                    models.PositiveSmallIntegerField(default=0, help_text="Mails it was sent because somebody asked."),
                ),
                (
                    "asked_since",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="Since when they are counted."),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(default=0, help_text="How often in a row a mail was refused."),
                ),
                ("try_at", models.DateTimeField(help_text="When to try again.", null=True)),
            ],
            options={"ordering": ["address"]},
        ),
        migrations.CreateModel(
            name="Inbox",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("follow", "Asks to follow something"),
                            ("confirm", "Confirms that they do"),
                            ("change", "Changes how often, or stops one"),
                            ("stop", "Stops all mail"),
                        ],
                        max_length=12,
                    ),
                ),
                ("payload", models.JSONField()),
                (
                    "sender",
                    models.CharField(
                        blank=True,
                        help_text="A keyed digest of where it came from and of the day; never an address.",
                        max_length=32,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "tries",
                    models.PositiveSmallIntegerField(default=0, help_text="How often the mail server did not answer."),
                ),
                ("try_at", models.DateTimeField(help_text="When to try again.", null=True)),
            ],
            options={
                "verbose_name_plural": "inbox",
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(condition=models.Q(("taken_at__isnull", True)), fields=["at"], name="inbox_waiting"),
                    models.Index(fields=["sender", "at"], name="inbox_of_a_sender"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.PositiveIntegerField(null=True)),
                (
                    "search",
                    models.CharField(blank=True, help_text="The address of a list with its filters.", max_length=2000),
                ),
                (
                    "often",
                    models.CharField(
                        choices=[("daily", "Once a day"), ("weekly", "Once a week")], default="weekly", max_length=6
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "told_until",
                    models.DateTimeField(help_text="What happened up to then has been told.", null=True),
                ),
                (
                    "found",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        default=list,
                        help_text="The records that were in the list the last time.",
                        size=None,
                    ),
                ),
                (
                    "follower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="toolkits.follower"
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", False)),
                        fields=["told_until"],
                        name="follows_to_tell",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("follower", "record", "search"), name="follow_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("record__isnull", True), ("search", ""), _connector="OR"),
                        name="follow_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("told_until__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("told_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="follow_confirmed_says_from_when",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, REVERSE),
    ]
