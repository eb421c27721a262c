"""In which language a follower is written to of what they follow."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("toolkits", "0016_welsh_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="follow",
            name="language",
            field=models.CharField(
                choices=[("en-gb", "English"), ("cy", "Cymraeg")],
                db_default="en-gb",
                default="en-gb",
                help_text="That of the page where it was asked for or changed, and so of its mails.",
                max_length=5,
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en-gb", "cy"])), name="follow_language"
            ),
        ),
    ]
