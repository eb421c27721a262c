"""What a toolkit says in Welsh."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("toolkits", "0017_language_of_a_follow"),
    ]

    operations = [
        migrations.AddField(
            model_name="toolkit",
            name="introduction_cy",
            field=models.TextField(blank=True, default="", db_default="", verbose_name="introduction in Welsh"),
        ),
        migrations.AddField(
            model_name="toolkit",
            name="name_cy",
            field=models.CharField(blank=True, default="", db_default="", max_length=120, verbose_name="name in Welsh"),
        ),
        migrations.AddField(
            model_name="toolkit",
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
            model_name="toolkit",
            name="welsh_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
