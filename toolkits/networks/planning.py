"""What a load would do with each record, decided before anything is written."""

from dataclasses import dataclass, field
from enum import StrEnum

from centres.records import RecordNumber
from evidence.models import Study
from toolkits import policies, snapshots
from toolkits.networks.comparing import Differences, compare
from toolkits.networks.problems import Problem, listed
from toolkits.networks.stored import Record, records
from toolkits.networks.tables import KINDS, TABLE, TABLES

# The tables that give a kind its permanent numbers.
NUMBERED = {table.kind: table.name for table in TABLES if "id" in table.unique}


class Fate(StrEnum):
    """What happens to a record of the folder."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "the same"
    BACK = "back in the folder"
    KEPT = "left as people made it"
    DOWN = "left as people took it down"


@dataclass
class Entry:
    """A record of the folder: its fate, and what differs.

    `edited`: people changed it since the last load. `back`: the loader had withdrawn it.
    """

    theirs: Record
    ours: Record | None
    fate: Fate
    differences: Differences = Differences()
    edited: bool = False
    back: bool = False

    @property
    def name(self):
        return self.theirs.kind, self.theirs.key

    @property
    def number(self):
        return self.theirs.number

    @property
    def writes(self):
        """Whether its working rows are written."""
        return self.fate in (Fate.NEW, Fate.CHANGED)


@dataclass
class Plan:
    """The fate of every record of a folder, and the live records that vanished from it."""

    entries: list = field(default_factory=list)
    missing: list = field(default_factory=list)

    def of(self, *fates):
        """The entries with one of these fates."""
        return [entry for entry in self.entries if entry.fate in fates]

    @property
    def conflicts(self):
        """The entries whose loading would overwrite the work of people."""
        return [entry for entry in self.entries if entry.edited and entry.writes]


def number_problems(folder, stored, history):
    """Record numbers that do not agree with the database. Rows whose own cells are wrong are left out."""
    names = {record.number: name for name, record in stored.items() if record.number}
    taken = dict(RecordNumber.objects.values_list("number", "kind"))
    tables = [TABLE[name] for name in NUMBERED.values()]
    merged = dict(Study.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    for row in folder.rows("study_results"):
        number = row.values.get("study_id")
        kind = taken.get(number, Study.KIND)
        if kind != Study.KIND:
            yield _study_problem(row, f"the number belongs to another {kind}", "Choose the next free one.")
        elif number in merged:
            kept = merged[number]
            yield _study_problem(row, f"the study was a second copy, and merged into {kept}", f"Write {kept}.")
    rows = {
        table.owner_of(row.cells): (table, row)
        for table in tables
        for row in folder.rows(table.name)
        if {"id", *table.key} <= set(row.values)
    }
    for name, (table, row) in rows.items():
        number, owner = row.values["id"], names.get(row.values["id"])
        if name in stored and stored[name].number != number:
            right = stored[name].number
            yield _number_problem(table, row, f"its permanent number is {right}", f"Write {right}.")
        elif name not in stored and number in taken:
            # A new slug for a number that was loaded before is a change of address; anything else is a clash.
            if owner and owner[0] == name[0] and owner not in rows and history.was_imported(number):
                continue
            whose = f"the {' '.join(owner)}" if owner else f"another {taken[number]}"
            yield _number_problem(table, row, f"the number belongs to {whose}", "Choose the next free one.")


def _study_problem(row, message, hint):
    file, value = TABLE["study_results"].file, row.cells["study_id"]
    return Problem(file=file, row=row.number, column="study_id", value=value, message=message, hint=hint)


def _number_problem(table, row, message, hint):
    return Problem(file=table.file, row=row.number, column="id", value=row.cells["id"], message=message, hint=hint)


def match(folder, stored):
    """{(kind, key): Record} of a checked folder, with the numbers that its records have or will have."""
    said = [table for table in TABLES if not table.optional or table.name in folder.sheets]
    theirs = records({table.name: folder.rows(table.name) for table in said})
    for name, record in theirs.items():
        if record.kind in NUMBERED:
            record.number = record.row(NUMBERED[record.kind]).values["id"]
        elif name in stored:
            record.number = stored[name].number
    return theirs


def make_plan(folder, theirs, stored, history):
    """The Plan for the records of a checked folder."""
    by_number = {record.number: record for record in stored.values() if record.number}
    plan = Plan()
    for record in theirs.values():
        ours = by_number.get(record.number) if record.number else None
        plan.entries.append(_entry(folder, record, ours, history))
    kept = {record.number for record in theirs.values()}
    # A folder without an optional file says nothing of its list or records, and so leaves them.
    kept |= {
        record.number
        for record in stored.values()
        if any(
            table.optional
            and table.name not in folder.sheets
            and (table.owner == record.key or NUMBERED.get(record.kind) == table.name)
            for table in TABLES
        )
    }
    plan.missing = [
        record
        for record in stored.values()
        if record.number
        and record.number not in kept
        and history.was_imported(record.number)
        and not history.is_down(record.number)
    ]
    order = list(KINDS)
    plan.entries.sort(key=lambda entry: order.index(entry.theirs.kind))
    return plan


def _entry(folder, theirs, ours, history):
    if ours is None:
        return Entry(theirs, None, Fate.NEW)
    if history.is_down(ours.number) and not history.we_took_down(ours.number):
        return Entry(theirs, ours, Fate.DOWN)
    differences, back = compare(folder, theirs, ours), history.is_down(ours.number)
    if differences:
        edited = _is_edited(ours, differences, history)
        return Entry(theirs, ours, Fate.CHANGED, differences, edited=edited, back=back)
    if back:
        return Entry(theirs, ours, Fate.BACK, back=True)
    untouched = history.was_imported(ours.number) and history.is_ours(ours.number) and history.as_imported(ours)
    return Entry(theirs, ours, Fate.SAME if untouched or _is_live(ours) else Fate.KEPT)


def _is_live(ours):
    """Whether a record's working rows say exactly what is live."""
    page = policies.live(ours.number, ours.kind)
    if page is None:
        return False
    working = snapshots.reload(snapshots.MODELS[ours.kind](pk=ours.number))
    return snapshots.freeze(working)[1] == page.digest


def _is_edited(ours, differences, history):
    """Whether people changed a record since the loader last left it: its working rows, or what is live."""
    if not history.was_imported(ours.number) or not history.is_ours(ours.number):
        return True
    if differences.private:
        # What only editors see is in no snapshot, so the time of the last save has to tell.
        saved = snapshots.MODELS[ours.kind].objects.values_list("updated_at", flat=True).get(pk=ours.number)
        if saved > history.imported_at(ours.number):
            return True
    # A mended space changes the rows and nothing that is shown; then nobody's work is at stake.
    return not history.as_imported(ours) and not _is_live(ours)


def refusals(plan, *, overwrite, withdraw_missing):
    """Lines that say why the load stops, and how to go on; none where it may go on."""
    lines = []
    if plan.conflicts and not overwrite:
        lines.append("People changed these here since the last load, and loading would overwrite their work:")
        lines += [f"  {called(entry.theirs)}: {entry.differences}" for entry in plan.conflicts]
        lines.append("Bring the folder up to date (export_network writes what is here), or give --overwrite.")
    if plan.missing and not withdraw_missing:
        lines.append("These are public and no longer in the folder, and nothing public is deleted:")
        lines += [f"  {called(record)}" for record in plan.missing]
        lines.append("Put their rows back, or give --withdraw-missing to withdraw their pages, with a banner.")
    return lines


def called(record):
    """What a record is called in messages."""
    return f"{record.kind} {record.key} ({record.number})" if record.number else f"{record.kind} {record.key}"


def summary(plan):
    """A line for each kind that says how many records have which fate."""
    for kind, words in KINDS.items():
        entries = [entry for entry in plan.entries if entry.theirs.kind == kind]
        counts = [(fate, sum(entry.fate == fate for entry in entries)) for fate in Fate]
        yield (
            f"{words}: {listed(f'{count} {fate}' for fate, count in counts if count)}" if entries else f"{words}: none"
        )
