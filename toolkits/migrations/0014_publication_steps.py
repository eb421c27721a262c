"""Which publication number a public event came with. Earlier events get the number of today: who asks for what came
after an earlier one is told too much, and never too little."""

import django.db.models.deletion
from django.db import migrations, models

EARLIER = """
INSERT INTO toolkits_publicationstep (event_id, number)
SELECT event.id, counter.number FROM toolkits_publicationevent event, toolkits_publicationcounter counter
WHERE event.public;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON toolkits_publicationstep
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("toolkits", "0013_notice_of_difference")]

    operations = [
        migrations.CreateModel(
            name="PublicationStep",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="step",
                        serialize=False,
                        to="toolkits.publicationevent",
                    ),
                ),
                ("number", models.BigIntegerField(db_index=True)),
            ],
            options={"ordering": ["number", "event"]},
        ),
        migrations.RunSQL(EARLIER, "DROP TRIGGER append_only ON toolkits_publicationstep;"),
    ]
