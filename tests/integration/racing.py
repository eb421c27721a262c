"""A process in which two people do the same thing at the same moment, again and again, by the real actions.

`python -m tests.integration.racing RECORD ROUNDS` prints a ledger as JSON: of each kind of race, how often nobody,
one or both of the two got through; and what the database holds afterwards. The settings are those of its environment.
"""

import collections
import datetime
import json
import sys
import threading

import django


def main(record, rounds):
    django.setup()
    from django.db import connection
    from django.urls import reverse
    from django.utils import timezone

    from centres.models import Role
    from evidence.models import Intervention
    from tests.admin_forms import form_of
    from tests.clients import EditorsClient
    from tests.factories import person
    from toolkits import actions, policies
    from toolkits.models import Appointment, Change, Decision, PublishedPage, PublishedVersion, Revision

    centre = Intervention.objects.get(pk=record).centre
    editors = [person(f"racing-editor-{n}", centre, Role.Name.EDITOR) for n in (1, 2)]
    reviewers = [person(f"racing-reviewer-{n}", centre, Role.Name.REVIEWER) for n in (1, 2)]
    ledger = collections.defaultdict(collections.Counter)
    problems = []

    def both(*calls):
        """Start `calls` at one moment, each on a connection of its own; returns what each returned, None for a refusal."""
        start, results = threading.Barrier(len(calls)), [None] * len(calls)

        def run(n, call):
            try:
                start.wait()
                results[n] = call()
            except policies.Refusal:
                results[n] = None
            except Exception as error:  # the ledger reports it, and the test fails on it
                problems.append(f"{type(error).__name__}: {error}")
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    def count(race, results):
        ledger[race][sum(bool(result) for result in results)] += 1

    def edit(n):
        """The working row with words of its own, and the arguments that submit it."""
        document = Intervention.objects.get(pk=record)
        document.summary = f"Words of round {n}."
        document.save()
        return {"document": document, "change": Change.WORDING, "note": f"Round {n}"}

    def approved(n):
        revision = actions.submit(by=editors[0], **edit(n))
        actions.decide(revision=revision, by=reviewers[0], verdict=Decision.Verdict.APPROVED)
        return revision

    def racing_submit(n):
        said = edit(n)
        count("submit", both(*(lambda by=by: actions.submit(by=by, **said) for by in editors)))

    def racing_decide(n):
        revision = actions.submit(by=editors[0], **edit(n))
        verdicts = [(reviewers[0], Decision.Verdict.APPROVED), (reviewers[1], Decision.Verdict.RETURNED)]
        decide = [
            lambda by=by, verdict=verdict: actions.decide(revision=revision, by=by, verdict=verdict, note="Because")
            for by, verdict in verdicts
        ]
        count("decide", both(*decide))

    def racing_publish(n):
        revision = approved(n)
        count("publish", both(*(lambda by=by: actions.publish(revision=revision, by=by) for by in reviewers)))

    def racing_appoint(n):
        revision = approved(n)
        at = timezone.now() + datetime.timedelta(hours=1)
        made = both(*(lambda by=by: actions.appoint(revision=revision, at=at, by=by) for by in editors))
        count("appoint", made)
        Appointment.objects.filter(revision=revision).update(at=timezone.now())
        before = PublishedVersion.objects.filter(record=record).count()
        both(
            actions.keep_next_appointment,
            actions.keep_next_appointment,
            lambda: actions.publish(revision=revision, by=reviewers[0]),
        )
        ledger["go out"][PublishedVersion.objects.filter(record=record).count() - before] += 1

    def racing_save(n):
        """Two people send the admin's form that both had open: one is saved, the other keeps every word."""
        form = form_of(clients[0].get(address))
        forms = [form | {"summary": f"Words of {somebody} in round {n}."} for somebody in editors]
        answers = both(*(lambda c=c, f=f: c.post(address, f) for c, f in zip(clients, forms, strict=True)))
        count("save", [answer.status_code == 302 for answer in answers])
        for answer, form in zip(answers, forms, strict=True):
            if answer.status_code != 302 and form["summary"].encode() not in answer.content:
                problems.append(f"save: words of round {n} are lost")

    address = reverse("admin:evidence_intervention_change", args=[record])
    clients = [EditorsClient(SERVER_NAME="localhost") for _somebody in editors]
    for client, somebody in zip(clients, editors, strict=True):
        client.force_login(somebody)
    # The admin's form takes ten times as long as an action: it is raced for half as often.
    races = [racing_save, *(racing_submit, racing_decide, racing_publish, racing_appoint) * 2]
    for n in range(rounds):
        races[n % len(races)](n)

    versions = PublishedVersion.objects.filter(record=record).order_by("version")
    revisions = {row.number: row.digest for row in Revision.objects.filter(record=record)}
    print(
        json.dumps(
            {
                "ledger": ledger,
                "problems": problems,
                "versions": [row.version for row in versions],
                "tampered": [row.version for row in versions if revisions[row.revision_number] != row.digest],
                "published twice": len(versions) - len({row.revision_number for row in versions}),
                "page is the last version": PublishedPage.objects.get(record=record).version == versions.last().version,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
