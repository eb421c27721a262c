"""What rows of syntheses, study results and rating rules must be to one another. Cells already wrong are left out."""

from evidence.models.studies import LARGEST
from toolkits.networks.problems import Problem
from toolkits.networks.tables.studies import FACTS, KEPT_AS_THEY_ARE, RATING_RULES, STUDY_RESULTS, SYNTHESES

FOUND_BY = ("study_id", "entered_by", "outcome", "outcome_reported", "follow_up", "metric")
NUMBERS = ("metric", "effect", "variance")


def _problem(table, row, column, message, hint=""):
    return Problem(
        file=table.file, row=row.number, column=column, value=row.cells.get(column, ""), message=message, hint=hint
    )


def has_syntheses(folder):
    """Results of studies come with the syntheses that they belong to."""
    if folder.rows("study_results") and "syntheses" not in folder.sheets:
        yield Problem(
            file=SYNTHESES.file, message="the file is missing", hint=f"{STUDY_RESULTS.file} names its rows: add it."
        )


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
    yield from _alike(folder, ("study_id",), ("kept_by", *FACTS), "study")
    yield from _alike(folder, FOUND_BY, [name for name in KEPT_AS_THEY_ARE if name not in FOUND_BY], "result")


def _alike(folder, key, names, what):
    first = {}
    for row in folder.rows("study_results"):
        if not {*key, *names} <= set(row.values):
            continue
        earlier = first.setdefault(tuple(row.cells[name] for name in key), row)
        for name in names:
            if row.values[name] != earlier.values[name]:
                yield _problem(
                    STUDY_RESULTS,
                    row,
                    name,
                    f"row {earlier.number} says otherwise of the same {what}",
                    "Write it the same in both.",
                )


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


RULES = (has_syntheses, syntheses, results, one_study, rating_rules)
