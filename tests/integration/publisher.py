"""A process that publishes: for each line on its standard input, the summary of one intervention, by the real actions.

`python -m tests.integration.publisher RECORD` says `ready`, then `published` after each publish has returned. The
settings, and so the database, are those of its environment.
"""

import sys

import django


def main(record):
    django.setup()
    from django.db import connection

    from centres.models import Role
    from evidence.models import Intervention
    from tests.factories import person
    from tests.factories.publishing import republish

    centre = Intervention.objects.get(pk=record).entry.toolkit.centre
    editor = person("publishing-editor", centre, Role.Name.EDITOR)
    reviewer = person("publishing-reviewer", centre, Role.Name.REVIEWER)
    print("ready", flush=True)
    for line in sys.stdin:
        intervention = Intervention.objects.get(pk=record)
        intervention.summary = line.strip()
        intervention.save()
        republish(intervention, editor, reviewer)
        connection.close()  # what the pool gives next time was tried first: the database may be killed meanwhile
        print("published", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
