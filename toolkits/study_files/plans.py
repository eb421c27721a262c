"""What an import would do with each row of a file of studies, decided before anything is written."""

import hashlib
import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from evidence.duplicates import TITLE
from evidence.effect_sizes import CannotCompute
from evidence.models import Appraisal, Estimate
from evidence.models.studies import LARGEST
from toolkits.networks.problems import Problem
from toolkits.spreadsheets.outcomes import TEXT_LIMIT
from toolkits.spreadsheets.plans import Fate
from toolkits.study_files import columns, effects
from toolkits.study_files.known import Known, told, visible_to

NEW = "new"
PROBLEM_LIMIT = 5_000
STUDY_FIELDS = {name.name: "label" if name.name == "study" else name.name for name in columns.STUDY}
GIVEN = [name.name for name in columns.NUMBERS]


@dataclass
class Planned:
    """A row that can be imported: the rows of the database that it means, and what each of them becomes.

    `study`, `estimate` and `inclusion` are None where they are to be made; the `_values` are what is to be written.
    """

    row: object
    study: object = None
    likely: object = None
    tell: str = ""
    study_values: dict = field(default_factory=dict)
    estimate: object = None
    estimate_values: dict = field(default_factory=dict)
    inclusion: object = None
    inclusion_values: dict = field(default_factory=dict)
    appraisals: list = field(default_factory=list)
    differences: list = field(default_factory=list)

    @property
    def fate(self):
        """New in this synthesis, changed, or as it is."""
        if self.inclusion is None:
            return Fate.NEW
        return Fate.CHANGED if self.differences else Fate.SAME

    def report(self):
        """What is shown of it, as JSON."""
        effect = {name: self.estimate_values.get(name) for name in ("metric", "effect", "variance", "formula")}
        said = {
            "row": self.row.number,
            "fate": self.fate,
            "name": self.row.values["study"],
            "record": self.study.pk if self.study else None,
            "likely": self.likely.pk if self.likely else None,
            "likely_name": str(self.likely) if self.likely else "",
            "tell": self.tell,
            "included": self.inclusion_values["included"],
            "reason": self.inclusion_values["reason"],
            "assumptions": self.estimate_values.get("assumptions", []),
            "conversions": self.estimate_values.get("conversions", []),
            "differences": [[name, _shown(was), _shown(becomes)] for name, was, becomes in self.differences],
            **effect,
        }
        # The mark is of the whole texts; what is kept of them is what a page shows.
        mark = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
        cut = [[name, was[:TEXT_LIMIT], becomes[:TEXT_LIMIT]] for name, was, becomes in said["differences"]]
        return said | {"differences": cut, "mark": mark}


def _shown(value):
    return "" if value is None else str(value)


def storable(value):
    """A report without what JSON in the database cannot hold: null bytes, and marks of bytes that are no UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
    if isinstance(value, dict):
        return {storable(key): storable(one) for key, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list | tuple) else value


class Plan:
    """The outcome of every row that is right, and what is wrong with the others."""

    def __init__(self, synthesis, problems):
        self.synthesis, self.problems, self.rows = synthesis, list(problems), []

    def fill(self, studies, *, higher, choices):
        """Decide on every row. `higher`: whether a higher figure of the file is better (None: as in the synthesis);
        `choices` is {row: record of the study that is meant, or "new"}."""
        wrong_rows = {problem.row for problem in self.problems}
        self.mapping = studies.mapping
        self._inclusions = list(self.synthesis.inclusions.select_related("study", "estimate"))
        known = Known(visible_to(self.synthesis.centre))
        in_file, labels = Known([]), {}
        about = list(self.synthesis.interventions.all()[:2])
        self._intervention = about[0] if len(about) == 1 else None
        taken = {}
        for row in studies.rows:
            if row.number in wrong_rows:
                continue
            planned = Planned(row)
            self._choose_study(planned, known, str(choices.get(str(row.number), "")))
            key = planned.study.pk if planned.study else None
            earlier = taken.get(key) if key else labels.get((row.values["study"], row.values.get("year")))
            if not key and earlier is None:
                twin, tell = in_file.like(told(row.values))
                earlier = twin.number if twin and tell != TITLE else None
            if earlier:
                self._wrong(
                    row, "study", _("row %(n)s is about the same study") % {"n": earlier}, _("Keep one of them.")
                )
                continue
            if key:
                taken[key] = row.number
            labels[row.values["study"], row.values.get("year")] = row.number
            in_file.add(_InFile(row))
            if self._find_numbers(planned, studies, higher):
                self._compare(planned)
                self.rows.append(planned)

    def _wrong(self, row, name, message, hint=""):
        value = row.values.get(name)
        self.problems.append(
            Problem(
                file="studies",
                row=row.number,
                column=self.mapping.get(name, ""),
                value=None if value is None else str(value),
                message=message,
                hint=hint,
            )
        )

    def _choose_study(self, planned, known, choice):
        values = planned.row.values
        here = [
            inclusion.study
            for inclusion in self._inclusions
            if inclusion.study.label == values["study"]
            and ("year" not in values or inclusion.study.year in (None, values["year"]))
        ]
        if here:
            # One without a year may be any of them; one of the very same year, or of none as well, is the one.
            planned.study = next((study for study in here if study.year == values.get("year")), here[0])
            return
        planned.likely, planned.tell = known.like(told(values))
        if planned.likely is None:
            return
        if choice == str(planned.likely.pk) or (choice != NEW and planned.tell != TITLE):
            planned.study = planned.likely

    def _find_numbers(self, planned, studies, higher):
        """Whether the row has the numbers, or the reason, that its place in the synthesis needs."""
        row, values = planned.row, planned.row.values
        metric = values.get("metric", self.synthesis.metric)
        included = values.get("included", studies.extracted)
        reason = values.get("reason", "")
        if not studies.extracted and not reason:
            reason = _("Found, its numbers not extracted yet.")
        if metric != self.synthesis.metric:
            hint = _("Turn it into %(metric)s, or import it into a synthesis of its own metric.")
            self._wrong(
                row,
                "metric",
                _("the synthesis pools %(metric)s, not this") % {"metric": self.synthesis.metric},
                hint % {"metric": self.synthesis.metric},
            )
            return False
        if not included and not reason:
            hint = _("Write under reason why, in words for the public.")
            self._wrong(row, "reason", _("the study is left out, and no reason is given"), hint)
            return False
        if included or effects.has_numbers(values):
            try:
                effect = effects.aligned(
                    effects.computed(metric, values),
                    file_higher=values.get("higher_is_better", higher),
                    better=self.synthesis.better,
                )
                if not (abs(effect.effect) <= LARGEST and 1 / LARGEST <= effect.variance <= LARGEST):
                    raise CannotCompute("effect", _("The effect or its variance is beyond 1e30"), _("Check the units"))
            except CannotCompute as error:
                hint = f"{error.mend}."
                if not effects.has_numbers(values):
                    hint += " " + _("Or write no under included, and the reason.")
                name = effects.FIELD_OF.get(error.number, error.number)
                self._wrong(row, name, error.problem[:1].lower() + error.problem[1:], hint)
                return False
            planned.estimate_values = {
                "metric": metric,
                "effect": effect.effect,
                "variance": effect.variance,
                "formula": f"{effect.formula} ({effect.source})",
                "assumptions": list(effect.assumptions),
                "conversions": list(effect.conversions),
                "given": {name: values[name] for name in GIVEN if name in values},
                **{name: _people(values.get(name)) for name in ("n_1", "n_2", "n_total")},
            }
        planned.inclusion_values = {
            "included": included,
            "reason": "" if included else reason,
            "subgroup": values.get("subgroup", ""),
        }
        return True

    def _compare(self, planned):
        values, study = planned.row.values, planned.study
        planned.study_values = {STUDY_FIELDS[name]: values[name] for name in STUDY_FIELDS if name in values}
        if study and study.centre_id != self.synthesis.centre_id:
            # Only its keeper changes what is said of a study.
            planned.study_values = {}
        self._differ(planned, study, planned.study_values)
        if planned.estimate_values:
            names = {
                "centre": self.synthesis.centre,
                "intervention": self._intervention,
                "outcome": self.synthesis.outcome,
                "outcome_reported": values.get("outcome_reported", ""),
                "follow_up": values.get("follow_up", ""),
            }
            key = names | {"metric": planned.estimate_values["metric"]}
            if study:
                planned.estimate = Estimate.objects.filter(
                    **{
                        f"{name}__isnull" if value is None else name: value is None or value
                        for name, value in key.items()
                    },
                    study=study,
                ).first()
            self._differ(planned, planned.estimate, planned.estimate_values)
            planned.estimate_values |= names
        mine = [one for one in self._inclusions if study and one.study_id == study.pk]
        same = [one for one in mine if one.estimate_id == (planned.estimate.pk if planned.estimate else None)]
        planned.inclusion = next(
            iter(same or [one for one in mine if one.estimate_id is None or not planned.estimate_values]), None
        )
        if planned.inclusion:
            if planned.inclusion.estimate_id and not planned.estimate_values:
                # A bibliography that names a study again takes no number away.
                planned.inclusion_values = {}
            self._differ(planned, planned.inclusion, planned.inclusion_values)
        self._appraise(planned)
        if not planned.inclusion_values:
            planned.inclusion_values = {"included": planned.inclusion.included, "reason": planned.inclusion.reason}

    def _differ(self, planned, target, values):
        """Note what is here otherwise than in the row; an empty text of the file leaves what is here."""
        for name, becomes in values.items():
            was = getattr(target, name) if target else None
            if was != becomes and (target is not None or becomes not in (None, "", [], {})):
                planned.differences.append((name, was, becomes))

    def _appraise(self, planned):
        values = planned.row.values
        if not planned.estimate_values:
            return
        tool = values.get("rob_tool", "rob2")
        here = {}
        if planned.estimate:
            found = Appraisal.objects.filter(estimate=planned.estimate, tool=tool, reading=Appraisal.Reading.FIRST)
            here = {one.domain: one for one in found}
        for name, domain in columns.JUDGEMENTS.items():
            if name in values:
                one = here.get(domain)
                said = {"judgement": values[name], "reason": values.get("rob_reason", "")}
                if one is None or any(getattr(one, key) != value for key, value in said.items()):
                    planned.appraisals.append((tool, domain, said))
                    planned.differences.append((name, one.judgement if one else None, values[name]))

    def of(self, *fates):
        """The rows with one of these fates."""
        return [planned for planned in self.rows if planned.fate in fates]

    def report(self):
        """What is shown, as JSON."""
        found = sorted(dict.fromkeys(self.problems), key=lambda problem: problem.row or 0)
        return {
            "table": "studies",
            "counts": {fate: len(self.of(fate)) for fate in Fate},
            "rows": [planned.report() for planned in self.rows],
            "problems": [
                {
                    "row": one.row,
                    "column": one.column,
                    "value": one.value and one.value[:TEXT_LIMIT],
                    "message": one.message,
                    "hint": one.hint,
                }
                for one in found[:PROBLEM_LIMIT]
            ],
            "problem_count": len(found),
        }


class _InFile:
    """A row as the search for second copies asks for it."""

    def __init__(self, row):
        one = told(row.values)
        self.doi, self.registration, self.title = one.doi, one.registration, one.title
        self.label, self.year, self.number = one.label, one.year, row.number


def _people(value):
    """A number of people as the database counts them; None where it is not whole: it stays in what was given."""
    return value if isinstance(value, int) else None
