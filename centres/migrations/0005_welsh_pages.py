"""What a centre says of itself in Welsh."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0004_person_language"),
    ]

    operations = [
        migrations.AddField(
            model_name="centre",
            name="name_cy",
            field=models.CharField(blank=True, default="", db_default="", max_length=200, verbose_name="name in Welsh"),
        ),
        migrations.AddField(
            model_name="centre",
            name="policy_area_cy",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=120, verbose_name="policy area in Welsh"
            ),
        ),
        migrations.AddField(
            model_name="centre",
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
            model_name="centre",
            name="welsh_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
