"""What a report says in Welsh."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0007_welsh"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="finding_cy",
            field=models.TextField(blank=True, default="", db_default="", verbose_name="main finding in Welsh"),
        ),
        migrations.AddField(
            model_name="report",
            name="title_cy",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=300, verbose_name="title in Welsh"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="welsh_of",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                editable=False,
                help_text="A digest of the English that the Welsh was made from.",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="welsh_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
