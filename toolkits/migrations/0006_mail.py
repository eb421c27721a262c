"""Mail that the server did not take is tried again, later each time; reminders are found by what they are about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("toolkits", "0005_audit")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, help_text="How often the mail server did not take it."),
        ),
        migrations.AddField(
            model_name="notice",
            name="try_at",
            field=models.DateTimeField(help_text="When to try again.", null=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("event", "overdue")), fields=["key"], name="notices_of_overdue"),
        ),
    ]
