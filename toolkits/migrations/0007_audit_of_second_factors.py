"""Second factors are audited as our own tables are (0005): that one was added or taken away, and never its secret."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON mfa_authenticator FOR EACH ROW
    WHEN (current_setting('whatworks.audit', true) IS DISTINCT FROM 'summary')
    EXECUTE FUNCTION enter_change('id', '', '');
"""


class Migration(migrations.Migration):
    dependencies = [("toolkits", "0006_mail"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER audit ON mfa_authenticator;")]
