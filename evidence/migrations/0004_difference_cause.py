"""A cause that says nobody knows, and the rule that no agreement outlives the words it was given to."""

from django.db import migrations, models

CLEARING = """
CREATE FUNCTION clear_agreements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An agreement that is given with the new words, as by whoever wrote them, has another time.
    IF NEW.first_agreed_at IS NOT DISTINCT FROM OLD.first_agreed_at THEN
        NEW.first_agreed_at := NULL;
        NEW.first_agreed_by_id := NULL;
    END IF;
    IF NEW.second_agreed_at IS NOT DISTINCT FROM OLD.second_agreed_at THEN
        NEW.second_agreed_at := NULL;
        NEW.second_agreed_by_id := NULL;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER agreed_to_these_words BEFORE UPDATE ON evidence_familydifference FOR EACH ROW
    WHEN ((OLD.family_id, OLD.first_id, OLD.second_id, OLD.cause, OLD.text)
        IS DISTINCT FROM (NEW.family_id, NEW.first_id, NEW.second_id, NEW.cause, NEW.text))
    EXECUTE FUNCTION clear_agreements();
"""
REVERSE = "DROP TRIGGER agreed_to_these_words ON evidence_familydifference; DROP FUNCTION clear_agreements();"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_studies")]

    operations = [
        migrations.AlterField(
            model_name="familydifference",
            name="cause",
            field=models.CharField(
                choices=[
                    ("inclusion rule", "Which studies count"),
                    ("version", "Version of the programme"),
                    ("outcome", "Outcome"),
                    ("standard", "Standard of evidence"),
                    ("people", "People or places"),
                    ("not known", "Nobody knows why"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunSQL(CLEARING, REVERSE),
    ]
