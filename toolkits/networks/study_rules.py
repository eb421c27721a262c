"""What rows of syntheses, study results and rating rules must be to one another. Cells already wrong are left out."""

from evidence.appraisals import TOOLS
from evidence.models import Appraisal
from evidence.models.studies import LARGEST
from toolkits.networks.problems import Problem, did_you_mean, listed
from toolkits.networks.tables.studies import (
    APPRAISALS,
    FACTS,
    KEPT_AS_THEY_ARE,
    RATING_RULES,
    RESULT,
    STUDY_RESULTS,
    SYNTHESES,
)

NUMBERS = ("metric", "effect", "variance")


def _problem(table, row, column, message, hint=""):
    return Problem(
        file=table.file, row=row.number, column=column, value=row.cells.get(column, ""), message=message, hint=hint
    )


def has_syntheses(folder):
    """Results of studies come with the syntheses that they belong to, and appraisals with the results."""
    for table, needed in ((STUDY_RESULTS, SYNTHESES), (APPRAISALS, STUDY_RESULTS)):
        if folder.rows(table.name) and needed.name not in folder.sheets:
            hint = f"{table.file} names its rows: add it."
            yield Problem(file=needed.file, message="the file is missing", hint=hint)


def syntheses(folder):
    """An illustrative synthesis is no centre's, and a base rate says where it is from."""
    for row in folder.rows("syntheses"):
        values = row.values
        if values.get("illustrative") and values.get("centre_slug"):
            yield _problem(
                SYNTHESES, row, "centre_slug", "an illustrative synthesis is no centre's", "Empty this or illustrative."
            )
        if values.get("base_rate") and values.get("base_rate_source") == "":
            yield _problem(SYNTHESES, row, "base_rate_source", "the base rate has no source", "Say where it is from.")


def results(folder):
    """A study is included with a result on the synthesis's scale, or left out for a reason."""
    metrics = {row.cells.get("slug"): row.values.get("metric") for row in folder.rows("syntheses")}
    for row in folder.rows("study_results"):
        values = row.values
        if not {"included", "reason", *NUMBERS} <= set(values):
            continue
        given = [name for name in NUMBERS if values[name] not in (None, "")]
        missing = next((name for name in NUMBERS if name not in given), None)
        if missing and (given or values["included"]):
            yield _problem(
                STUDY_RESULTS, row, missing, "the cell is empty", "A result has a metric, an effect and a variance."
            )
        elif given and not 1 / LARGEST <= values["variance"] <= LARGEST:
            yield _problem(
                STUDY_RESULTS, row, "variance", "a variance is above 0", "Give the square of the standard error."
            )
        elif given and abs(values["effect"]) > LARGEST:
            yield _problem(STUDY_RESULTS, row, "effect", "the number is too large to be pooled", "Check the cell.")
        metric = metrics.get(row.cells.get("synthesis"))
        if values["included"] and metric and values["metric"] and values["metric"] != metric:
            yield _problem(
                STUDY_RESULTS,
                row,
                "metric",
                f"the synthesis pools {metric}",
                f"Write {metric}, or leave the study out.",
            )
        if not values["included"] and not values["reason"]:
            yield _problem(STUDY_RESULTS, row, "reason", "the study was left out, and nothing says why", "Say why.")


def one_study(folder):
    """Rows about the same study, or the same result of it, say the same of it."""
    yield from _alike(folder, STUDY_RESULTS, ("study_id",), ("kept_by", *FACTS), "study")
    yield from _alike(
        folder, STUDY_RESULTS, RESULT, [name for name in KEPT_AS_THEY_ARE if name not in RESULT], "result"
    )
    yield from _alike(
        folder, APPRAISALS, (*RESULT, "tool", "domain", "reading"), ("judgement", "reason", "reader"), "judgement"
    )


def _alike(folder, table, key, names, what):
    first = {}
    for row in folder.rows(table.name):
        if not {*key, *names} <= set(row.values):
            continue
        earlier = first.setdefault(tuple(row.cells[name] for name in key), row)
        for name in names:
            if row.values[name] != earlier.values[name]:
                yield _problem(
                    table,
                    row,
                    name,
                    f"row {earlier.number} says otherwise of the same {what}",
                    "Write it the same in both.",
                )


def appraisals(folder):
    """A judgement is one that its tool knows, of a result that is there, with a reason where two agreed on it."""
    for row in folder.rows("appraisals"):
        values = row.values
        tool = TOOLS.get(values.get("tool"))
        for name, known in (("domain", tool.domains), ("judgement", tool.judgements)) if tool else ():
            if name in values and values[name] not in known:
                hint = did_you_mean(values[name], known)
                yield _problem(APPRAISALS, row, name, f"{tool.name} knows no such {name}", hint)
        if values.get("reading") == Appraisal.Reading.AGREED and values.get("reason") == "":
            yield _problem(APPRAISALS, row, "reason", "the cell is empty", "Say why both readers agreed on it.")
    yield from _appraised_results(folder)


def _appraised_results(folder):
    """Appraisals of results that are not there, or of a result in one of its syntheses only."""
    results = folder.sheets.get("study_results")
    if results is None or not results.whole or results.torn or not {"synthesis", *RESULT} <= set(results.header):
        return
    syntheses = {}
    for row in results.rows:
        syntheses.setdefault(_cells(row, RESULT), []).append(row.cells["synthesis"])
    rows = [row for row in folder.rows("appraisals") if {*APPRAISALS.key} <= set(row.values)]
    given = {_cells(row, APPRAISALS.key) for row in rows}
    for row in rows:
        found = syntheses.get(_cells(row, RESULT), ())
        if row.cells["synthesis"] not in found:
            hint = f"Write {listed(RESULT[1:])} as they stand there."
            yield _problem(APPRAISALS, row, "study_id", "study_results.csv has no such result of the study", hint)
            continue
        judgement = _cells(row, APPRAISALS.key[1:])
        missing = [slug for slug in found if (slug, *judgement) not in given]
        if missing:
            message = f"the result is in {listed(missing)} too, where it is not judged so"
            yield _problem(APPRAISALS, row, "synthesis", message, "Repeat the row for each of its syntheses.")


def _cells(row, names):
    return tuple(row.cells[name] for name in names)


def rating_rules(folder):
    """A rule has an end, and the ends are in order."""
    for row in folder.rows("rating_rules"):
        if not {"from", "below"} <= set(row.values):
            continue
        low, high = row.values["from"], row.values["below"]
        if not low and not high:
            yield _problem(RATING_RULES, row, "from", "the rule has no end", "Give from, below or both.")
        elif low and high and float(high) <= float(low):
            yield _problem(RATING_RULES, row, "below", f"is not above where it starts ({low})", "Mend one of the two.")


RULES = (has_syntheses, syntheses, results, one_study, appraisals, rating_rules)
