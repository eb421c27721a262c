"""Versions of rating scales, sources of ratings, interests, and outcomes that are said to be unrated."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="intervention",
            name="authors",
            field=models.TextField(blank=True, help_text="Who assessed the evidence. One person or body a line."),
        ),
        migrations.AddField(
            model_name="intervention",
            name="interests",
            field=models.TextField(
                blank=True,
                help_text="What the authors declared that might sway them; write “None declared” where they had nothing.",
                verbose_name="declared interests",
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="unrated_outcomes",
            field=models.ManyToManyField(
                blank=True,
                help_text="Outcomes that were looked at and are not rated: the page says so of each.",
                related_name="+",
                to="evidence.outcome",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="source",
            field=models.TextField(
                blank=True,
                help_text="Where this rating is published: an address, and words after it where there are some.",
            ),
        ),
        migrations.AddField(
            model_name="ratingscheme",
            name="succeeds",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                help_text="The version of the scale that this one takes the place of.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successor",
                to="evidence.ratingscheme",
            ),
        ),
    ]
