"""`manage.py doctor`: what is wrong with this deployment, and how to mend it."""

from json import dumps

from django.core.management.base import BaseCommand

from whatworks.doctor import FAULT, OK, WARNING
from whatworks.doctor.examination import examine


class Command(BaseCommand):
    help = "Look at this deployment and say what to mend; changes nothing. Exit status 1 where there is a fault."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--mail", action="store_true", help="connect to the mail server too; nothing is sent")
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, *args, mail, json, **options):
        findings = list(examine(mail=mail))
        counts = {state: sum(finding.state == state for finding in findings) for state in (FAULT, WARNING, OK)}
        if json:
            self.stdout.write(_as_json(findings, counts))
        else:
            for finding in findings:
                self.stdout.write(f"{finding.state:<8} {finding.name}: {finding.found}")
                if finding.mend:
                    self.stdout.write(f"{'':<8} → {finding.mend}")
            self.stdout.write(f"\n{counts[FAULT]} faults, {counts[WARNING]} warnings, {counts[OK]} in order.")
        if counts[FAULT]:
            raise SystemExit(1)


def _as_json(findings, counts):
    return dumps({"counts": counts, "findings": [finding.as_dict() for finding in findings]}, indent=2)
