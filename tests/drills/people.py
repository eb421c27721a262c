"""A process of people who publish, and go on until it is said to be done: `python -m tests.drills.people ADDRESS ROUNDS`.

In each round every one of some interventions gets new words, is submitted and approved by the real actions; then it is
published by the button on the real page, or given a time, for the runner. Whatever breaks on the way is looked at as
people look at it, and tried again where it has not happened. What was acknowledged is printed, one JSON object a line.
"""

import datetime
import http.client
import json
import sys
import time
from urllib.parse import urlsplit

import django

INTERVENTIONS = 20


def mark(record, number):
    """The word by which every field of an edition is known."""
    return f"edition{record}x{number}x"


class People:
    """An editor and a reviewer, who does the publishing in a browser."""

    def __init__(self, address):
        from django.conf import settings
        from django.middleware.csrf import _get_new_csrf_string

        from centres.models import Centre, Role
        from tests.clients import EditorsClient
        from tests.factories import person

        self.host = urlsplit(address).netloc
        centre = Centre.objects.get(slug="schools")
        self.editor = person("drill-editor", centre, Role.Name.EDITOR)
        self.reviewer = person("drill-reviewer", centre, Role.Name.REVIEWER)
        signed_in = EditorsClient()
        signed_in.force_login(self.reviewer)
        secret, name = _get_new_csrf_string(), settings.SESSION_COOKIE_NAME
        cookies = f"{name}={signed_in.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={secret}"
        self.headers = {"Cookie": cookies, "X-CSRFToken": secret, "Content-Length": "0"}

    def press(self, path):
        """POST as the button of a page does; True where the portal says it was done, False where it has to be seen."""
        try:
            connection = http.client.HTTPConnection(self.host, timeout=30)
            connection.request("POST", path, headers=self.headers)
            answer = connection.getresponse()
            answer.read()
            connection.close()
        except (OSError, http.client.HTTPException):
            return False
        if answer.status not in {302, 503}:
            raise AssertionError(f"{path} answered {answer.status}")
        return answer.status == 302


def until_done(look, do):
    """Do something until `look()` finds that it is done, and return what that found; a lost database is waited for."""
    from django.db import InterfaceError, OperationalError, connection

    while True:
        try:
            found = look()
            if found:
                return found
            do()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.2)


def main(address, rounds):
    django.setup()
    from django.db import transaction
    from django.urls import reverse
    from django.utils import timezone

    from evidence.models import Intervention
    from tests.factories import intervention
    from toolkits import actions
    from toolkits.models import Appointment, Change, Decision, PublishedVersion, Revision, Toolkit

    people = People(address)
    toolkit = Toolkit.objects.get(slug="classroom")
    records = [intervention(toolkit, f"drill-{n}").pk for n in range(INTERVENTIONS)]
    print(json.dumps({"ready": records}), flush=True)
    sys.stdin.readline()

    def submit(record, number):
        with transaction.atomic():
            row = Intervention.objects.get(pk=record)
            row.name, row.summary, row.how_it_works = (f"{mark(record, number)} {field}" for field in "abc")
            row.save()
            actions.submit(document=row, by=people.editor, change=Change.WORDING, note=mark(record, number))

    for number in range(rounds):
        for place, record in enumerate(records):
            title = f"{mark(record, number)} a"
            public = PublishedVersion.objects.filter(record=record, title=title)
            before = PublishedVersion.objects.filter(record=record, title=f"{mark(record, number - 1)} a")
            if number:  # one with a time goes out first
                until_done(before.exists, lambda: time.sleep(0.1))
            revisions = Revision.objects.filter(record=record, title=title)
            revision = until_done(revisions.first, lambda record=record, number=number: submit(record, number))
            until_done(
                revision.decisions.exists,
                lambda revision=revision: actions.decide(
                    revision=revision, by=people.reviewer, verdict=Decision.Verdict.APPROVED
                ),
            )
            timed = (number + place) % 2
            if timed:
                until_done(
                    Appointment.objects.filter(revision=revision).exists,
                    lambda revision=revision: actions.appoint(
                        revision=revision, at=timezone.now() + datetime.timedelta(seconds=1), by=people.editor
                    ),
                )
            else:
                path = reverse("editorial:publish", args=[revision.pk])
                until_done(public.exists, lambda path=path: people.press(path) or time.sleep(0.2))
            print(json.dumps({"record": record, "number": number, "timed": bool(timed)}), flush=True)
    for record in records:
        last = PublishedVersion.objects.filter(record=record, title=f"{mark(record, rounds - 1)} a")
        until_done(last.exists, lambda: time.sleep(0.1))
    print(json.dumps({"done": True}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
