"""What came of a job, as it is kept and shown: the fate of every row with its differences, or every error."""

from toolkits.networks.cells import unescape
from toolkits.spreadsheets.plans import Fate

PROBLEM_LIMIT = 5_000  # more than anybody reads; how many there are is said
TEXT_LIMIT = 400  # characters of a long text that are shown on each side
AROUND = 40


def said(message):
    """A report that is one message."""
    return {"message": message}


def report(table, *, problems, plan=None):
    """The report of a dry run, as JSON."""
    order = {column.name: place for place, column in enumerate(table.columns)}
    found = sorted(dict.fromkeys(problems), key=lambda problem: (problem.row or 0, order.get(problem.column, -1)))
    rows = [_row(planned) for planned in plan.rows] if plan else []
    return {
        "table": table.name,
        "counts": {fate: sum(row["fate"] == fate for row in rows) for fate in Fate},
        "rows": rows,
        "problems": [_problem(problem) for problem in found[:PROBLEM_LIMIT]],
        "problem_count": len(found),
    }


def written(report, plan):
    """`report` after its rows were written: new ones have their numbers now."""
    return report | {"rows": [_row(planned) for planned in plan.rows], "written": True}


def _problem(problem):
    value = problem.value
    return {
        "row": problem.row,
        "column": problem.column,
        "value": None if value is None else _printable(value[:TEXT_LIMIT]),
        "message": _printable(problem.message),
        "hint": _printable(problem.hint),
    }


def _printable(text):
    """`text` without what JSON in the database cannot hold: marks of bytes that are no UTF-8, and null bytes."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")


def _row(planned):
    return {
        "row": planned.row.number,
        "fate": planned.fate,
        "record": planned.record,
        "name": planned.name,
        "mark": planned.mark,
        "differences": [
            [column, *_parts(unescape(was), unescape(becomes))] for column, was, becomes in planned.differences
        ],
    }


def _parts(was, becomes):
    """Two texts, without the middle of what they share at the start, and cut where they are long."""
    start = 0
    if min(len(was), len(becomes)) > 2 * AROUND:
        while start < min(len(was), len(becomes)) and was[start] == becomes[start]:
            start += 1
    start = max(start - AROUND, 0)
    return [_cut(text, start) for text in (was, becomes)]


def _cut(text, start):
    end = start + TEXT_LIMIT
    return f"{'…' * bool(start)}{text[start:end]}{'…' * (len(text) > end)}"


def _marks(of):
    return {row["row"]: row["mark"] for row in of["rows"]}


def differs(now, shown):
    """Whether what an import would do is not what was shown."""
    return _marks(now) != _marks(shown)


def since(now, shown):
    """`now`, with the rows marked whose outcome is another than was shown."""
    before = _marks(shown)
    rows = [row | {"since": before.get(row["row"]) != row["mark"]} for row in now["rows"]]
    return now | {"rows": rows, "stale": True}
