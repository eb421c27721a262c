"""In which language a person works and is written to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("centres", "0003_sign_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="language",
            field=models.CharField(
                choices=[("en-gb", "English"), ("cy", "Cymraeg")],
                db_default="en-gb",
                default="en-gb",
                help_text="Of the editors' pages, of this account, and of mail. A public page is in the language of its address.",
                max_length=5,
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en-gb", "cy"])), name="person_language"
            ),
        ),
    ]
