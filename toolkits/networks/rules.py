"""What rows must be to one another: periods, memberships, levels, ratings, families. Cells already wrong are left out."""

from itertools import pairwise

from centres import partial_dates
from evidence.bands import BANDS
from evidence.models import Family, RatingScheme, Report
from toolkits.networks.problems import Problem, listed
from toolkits.networks.tables import TABLE, TABLES


def _problem(table, row, column, message, hint=""):
    return Problem(
        file=TABLE[table].file, row=row.number, column=column, value=row.cells[column], message=message, hint=hint
    )


def _has(row, *columns):
    """Whether these cells of a row are right and not empty."""
    return all(row.values.get(column) not in (None, "") for column in columns)


def periods(folder):
    """A thing does not end before it starts."""
    for table, start, end in (
        ("centres", "founded", "closed"),
        ("memberships", "from", "to"),
        ("funding", "from", "to"),
    ):
        for row in folder.rows(table):
            if _has(row, start, end):
                first, last = partial_dates.first_day(row.values[start]), partial_dates.last_day(row.values[end])
                if last < first:
                    yield _problem(
                        table, row, end, f"ends before it starts ({row.cells[start]})", "Swap the two or mend one."
                    )
    for row in folder.rows("age_bands"):
        if _has(row, "from_age", "to_age") and row.values["to_age"] < row.values["from_age"]:
            yield _problem("age_bands", row, "to_age", *_less(row.cells["from_age"]))


def _less(low):
    return f"is less than where it starts ({low})", "Swap the two or mend one."


def range_fault(low, high):
    """What is wrong with the ends of a rating's range: (the column, a message, a hint); None where they are right."""
    if bool(low) != bool(high):
        return "range_high" if low else "range_low", "the range has only one end", "Give both, or leave both empty."
    if low and float(high) < float(low):
        return "range_high", *_less(low)
    return None


def ranges(folder):
    """A range has both its ends, or none, and the lower one is not the higher."""
    for row in folder.rows("ratings"):
        fault = range_fault(row.values.get("range_low", ""), row.values.get("range_high", ""))
        if fault and fault[0] in row.cells:
            yield _problem("ratings", row, *fault)
        elif fault:
            yield _problem("ratings", row, "level", fault[1], f"Add the column {fault[0]}.")
    for row in folder.rows("costs"):
        for column in ("amount", "amount_to"):
            if row.values.get(column, "").startswith("-"):
                yield _problem("costs", row, column, "a cost is not negative", "Write the pounds without a sign.")
        if _has(row, "amount", "amount_to") and float(row.values["amount_to"]) < float(row.values["amount"]):
            yield _problem("costs", row, "amount_to", *_less(row.cells["amount"]))


def _spell(row):
    """(first day, last day or None) of a membership."""
    ended = row.values["to"]
    return partial_dates.first_day(row.values["from"]), partial_dates.last_day(ended) if ended else None


def memberships(folder):
    """A centre is one thing at a time."""
    spells = {}
    for row in folder.rows("memberships"):
        if _has(row, "centre_slug", "from") and "to" in row.values:
            spells.setdefault(row.cells["centre_slug"], []).append(row)
    for rows in spells.values():
        rows.sort(key=lambda row: (_spell(row)[0], row.number))
        for before, after in pairwise(rows):
            last = _spell(before)[1]
            if last is None or last >= _spell(after)[0]:
                until = before.cells["to"] or "today"
                yield _problem(
                    "memberships",
                    after,
                    "from",
                    f"row {before.number} has {after.cells['centre_slug']} as {before.cells.get('tier', 'a member')} until {until}",
                    "End that one the day before, or begin this one later.",
                )


def successions(folder):
    """What merged or was renamed goes on as another centre."""
    for row in folder.rows("successions"):
        if "successor" not in row.values or not _has(row, "kind", "predecessor"):
            continue
        if row.values["kind"] in ("merged", "renamed") and not row.values["successor"]:
            yield _problem(
                "successions", row, "successor", f"a centre that {row.values['kind']} has a successor", "Name it."
            )
        if row.values["successor"] == row.values["predecessor"]:
            yield _problem(
                "successions", row, "successor", "a centre does not succeed itself", "Name another, or none."
            )


def levels(folder):
    """A level has its place on the scale or a reason why not; a band suits the axis and has its reason."""
    axes = {row.cells.get("scheme"): row.values.get("axis") for row in folder.rows("rating_schemes")}
    for row in folder.rows("rating_levels"):
        values = row.values
        if "order" in values and "off_scale" in values and (values["order"] is None) != bool(values["off_scale"]):
            both = values["order"] is not None
            yield _problem(
                "rating_levels",
                row,
                "order",
                "the level is both on the scale and off it" if both else "the level is neither on the scale nor off it",
                "Empty order or off_scale." if both else "Give it an order, or say in off_scale why it has none.",
            )
        axis, band = axes.get(row.cells.get("scheme")), values.get("shared_band")
        if band and axis and band not in BANDS.get(axis, ()):
            allowed = (
                f"{axis} has {listed(BANDS[axis])}." if axis in BANDS else f"{axis} has no shared bands: empty it."
            )
            yield _problem("rating_levels", row, "shared_band", f"no band of {axis}", allowed[0].upper() + allowed[1:])
        if band and values.get("band_reason") == "":
            yield _problem("rating_levels", row, "band_reason", f"the band {band} has no reason", "Say why this band.")


def schemes(folder):
    """A scheme has levels."""
    sheet = folder.sheets.get("rating_levels")
    if sheet is None or not sheet.whole or "scheme" not in sheet.header:
        return
    used = {cells.get("scheme") for cells in [*(row.cells for row in sheet.rows), *sheet.torn]}
    for row in folder.rows("rating_schemes"):
        if _has(row, "scheme") and row.cells["scheme"] not in used:
            yield _problem(
                "rating_schemes", row, "scheme", "the scheme has no levels", "Add them to rating_levels.csv."
            )


def versions(folder):
    """A version of a scale takes the place of one other, on the same axis, and never in a circle."""
    rows = {row.cells["scheme"]: row for row in folder.rows("rating_schemes") if _has(row, "scheme")}
    earlier = {name: row.cells["succeeds"] for name, row in rows.items() if _has(row, "succeeds")}
    first = {}
    for name, before in earlier.items():
        row, chain = rows[name], [name]
        while before in earlier and before not in chain:
            chain.append(before)
            before = earlier[before]
        if before == name:
            yield _problem(
                "rating_schemes", row, "succeeds", "the scale would take its own place", "Name an earlier one."
            )
        other = first.setdefault(earlier[name], row)
        if other is not row:
            message = f"row {other.number} takes the place of the same scale"
            yield _problem("rating_schemes", row, "succeeds", message, "A scale has one successor.")
        axes = [found.values.get("axis") for found in (row, rows.get(earlier[name])) if found]
        if len(axes) == 2 and all(axes) and axes[0] != axes[1]:
            yield _problem(
                "rating_schemes", row, "succeeds", f"that one rates {axes[1]}", f"Name one that rates {axes[0]}."
            )


def ratings(folder):
    """A rating is on the axis of its scheme, and one scheme says one thing of an outcome and aspect."""
    axes = {row.cells.get("scheme"): row.values.get("axis") for row in folder.rows("rating_schemes")}
    first = {}
    for row in folder.rows("ratings"):
        if _has(row, "axis", "scheme"):
            axis = axes.get(row.cells["scheme"])
            if axis and axis != row.values["axis"]:
                yield _problem(
                    "ratings", row, "axis", f"{row.cells['scheme']} rates {axis}", f"Write {axis}, or mend the scheme."
                )
        if (
            _has(row, "toolkit", "intervention", "scheme", "level")
            and "outcome" in row.values
            and "aspect" in row.values
        ):
            names = ("toolkit", "intervention", "scheme", "outcome", "aspect")
            key = tuple(row.cells[name] for name in names)
            number, level = first.setdefault(key, (row.number, row.cells["level"]))
            if level != row.cells["level"]:
                yield _problem(
                    "ratings",
                    row,
                    "level",
                    f"row {number} rates the same {level}",
                    "Keep one, or tell them apart by outcome or aspect.",
                )


def families(folder):
    """A family has one name, and no intervention twice (its key sees to that over all families)."""
    names = {}
    for row in folder.rows("families"):
        if _has(row, "family", "family_name"):
            number, name = names.setdefault(row.cells["family"], (row.number, row.cells["family_name"]))
            if name != row.cells["family_name"]:
                yield _problem(
                    "families", row, "family_name", f"row {number} calls the same family {name}", "Write it the same."
                )


def network(folder):
    """The network has a name."""
    rows = folder.rows("network")
    if rows and not any(row.cells.get("key") == "name" for row in rows):
        yield Problem(
            file="network.csv", column="key", message="there is no row name", hint="Say what the network is called."
        )


def numbers(folder):
    """A record number lies in the series of its kind, and no two records have the same."""
    numbered = [table for table in TABLES if "id" in table.unique]
    series = [model.FIRST_NUMBER for model in (RatingScheme, Family, *(table.model for table in numbered))]
    taken = {}
    for table in numbered:
        above = [first for first in series if first > table.model.FIRST_NUMBER]
        for row in folder.rows(table.name):
            number = row.values.get("id")
            if number is None:
                continue
            # A series that ran into the next goes on after everything, and reports are the last.
            if above and min(above) <= number < Report.FIRST_NUMBER:
                yield _problem(
                    table.name, row, "id", "the number is of another kind's series", f"Choose one below {min(above)}."
                )
            file, other = taken.setdefault(number, (table.file, row.number))
            if file != table.file:
                yield _problem(
                    table.name, row, "id", f"{file}, row {other} has this number", "Choose the next free one."
                )


RULES = (periods, ranges, memberships, successions, levels, schemes, versions, ratings, families, network, numbers)
