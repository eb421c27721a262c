"""`manage.py synthesise FILE.csv`: pool the studies of a file, as a table or as JSON."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evidence.synthesis import files, report

NAMES = {
    "fixed_effect": "Fixed effect",
    "reml": "REML",
    "reml_knapp_hartung": "REML, Knapp-Hartung",
    "dl": "DerSimonian-Laird",
    "dl_knapp_hartung": "DL, Knapp-Hartung",
    "pm": "Paule-Mandel",
    "pm_knapp_hartung": "PM, Knapp-Hartung",
    "reml_knapp_hartung_adhoc": "REML, K-H never narrower",
}


class Command(BaseCommand):
    help = "Pool the studies of a CSV file (columns study, effect_metric, effect, variance, and year where known). Writes nothing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="the CSV file, one row a study")
        parser.add_argument(
            "--json", action="store_true", help="every quantity, in the structure of tests/data/studies/reference.json"
        )

    def handle(self, *args, **options):
        path = Path(options["file"])
        try:
            studies = files.read(path.read_bytes(), path.stem)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except files.BadFile as error:
            raise CommandError("\n".join([f"{path} is not a set of studies:", *error.mistakes])) from error
        result = report.full_report(**vars(studies))
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1, allow_nan=False))
        else:
            self.stdout.write("\n".join(table(result)))


def table(result):
    """The lines of a short table of `report.full_report`'s result, on the metric's own scale."""
    yield f"{result['dataset']}: {result['k']} studies, {result['effect_metric']}"
    yield f"Q = {_short(result['Q'])}, df {result['Q_df']}, p = {_short(result['Q_p'])}"
    yield ""
    yield f"{'':26}{'estimate':>10}{'95% range':>22}{'p':>10}{'tau2':>10}{'I2 %':>8}{'prediction':>22}"
    for key, name in NAMES.items():
        model = result[key]
        yield (
            f"{name:26}{_short(model['estimate']):>10}{_range(model, 'ci'):>22}{_short(model['p']):>10}"
            f"{_short(model['tau2']):>10}{_short(model['I2']):>8}{_range(model, 'pi'):>22}"
        )
    spread, egger = result["reml_heterogeneity_ci"], result["egger"]["reml_knapp_hartung_t"]
    filled, without = result["trim_and_fill"]["reml"], result["leave_one_out"]
    yield ""
    if spread:
        yield f"tau2 by Q-profile: {_range(spread, 'tau2')}"
    if egger:
        yield f"Egger's test (REML, Knapp-Hartung): p = {_short(egger['p'])}"
    if filled:
        yield f"Trim and fill (REML, L0): {filled['k0']} added on the {filled['side']}, {_short(filled['estimate'])}"
    if without:
        yield f"Without any one study (REML): {_range(without['reml'], '')}"


def _short(number):
    return "-" if number is None else f"{number:.4g}"


def _range(numbers, prefix):
    lower, upper = (f"{prefix}_lb", f"{prefix}_ub") if prefix else ("min", "max")
    return "-" if numbers.get(lower) is None else f"{_short(numbers[lower])} to {_short(numbers[upper])}"
