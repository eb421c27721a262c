"""A load from beginning to end: read, check, plan, write, publish; all of it in one transaction."""

from django.db import transaction

from centres import audit
from centres.records import RecordNumber
from toolkits import actions
from toolkits.networks import checks, loading, planning, publishing, stored
from toolkits.networks.history import History
from toolkits.networks.planning import Fate
from toolkits.networks.problems import listed
from toolkits.networks.reading import read_folder
from toolkits.networks.tables import KINDS


class Stopped(Exception):
    """The load was given up and nothing was written; `lines` say everything that stood in its way."""

    def __init__(self, message, lines=()):
        super().__init__(message)
        self.lines = list(lines)


def load(directory, *, tell, if_empty=False, check=False, overwrite=False, withdraw_missing=False):
    """Load the network folder at `directory` and return {kind: how many records were published}.

    `tell` is called with every line of progress. Raises Stopped, and writes nothing, where the folder
    is wrong, people's work would be overwritten or public records vanished from it.
    """
    if if_empty and RecordNumber.objects.exists():
        tell("There are records already: nothing was loaded.")
        return {}
    tell(f"Reading {directory}")
    folder, problems = read_folder(directory)
    problems += checks.check_folder(folder)
    with transaction.atomic():
        audit.in_summary()
        loading.lock()
        if if_empty and RecordNumber.objects.exists():
            tell("Another load was first: nothing was loaded.")
            return {}
        return _load(folder, problems, tell, check, overwrite, withdraw_missing)


def _load(folder, problems, tell, check, overwrite, withdraw_missing):
    history, before = History(actions.loader_account()), stored.read_records()
    _stop_for([*problems, *planning.number_problems(folder, before, history)])
    theirs = planning.match(folder, before)
    tell(f"Checked {_rows(folder)} rows in {len(folder.sheets)} files")
    plan = planning.make_plan(folder, theirs, before, history)
    refusals = planning.refusals(plan, overwrite=overwrite, withdraw_missing=withdraw_missing)
    if check:
        for line in planning.summary(plan):
            tell(f"  {line}")
    if refusals:
        raise Stopped("Nothing was loaded.", refusals)
    _mention(plan, tell, overwrite)
    if check:
        tell("Only checked: nothing was loaded.")
        transaction.set_rollback(True)
        return {}
    return _write(folder, plan, history, tell, overwrite)


def _write(folder, plan, history, tell, overwrite):
    if any(entry.writes for entry in plan.entries):
        tell("Writing")
    try:
        loading.Writer(plan, folder.sheets).write()
    except loading.StillUsed as error:
        _stop_for(error.problems)
    written = stored.read_tables()
    if loading.set_positions(folder, written):
        written = stored.read_tables()
    try:
        records = stored.read_records(written)
        done = publishing.publish(
            plan, source=folder.name, stored=records, history=history, overwrite=overwrite, tell=tell
        )
    except publishing.Refused as refused:
        raise Stopped("Nothing was loaded.", ["These could not be published:", *str(refused).splitlines()]) from refused
    withdrawn = publishing.withdraw_missing(plan, source=folder.name, history=history)
    result = _result(plan, done, withdrawn)
    audit.record(action="loaded", by=history.loader, kind="network folder", key=folder.name, note=result)
    tell(result)
    return done


def _stop_for(problems):
    if problems:
        ordered = checks.in_order(problems)
        files = len({problem.file for problem in ordered})
        count = "1 error" if len(ordered) == 1 else f"{len(ordered)} errors"
        raise Stopped(f"{count} in {files} file{'s' * (files > 1)}. Nothing was loaded.", map(str, ordered))


def _rows(folder):
    return sum(len(sheet.rows) for sheet in folder.sheets.values())


def _mention(plan, tell, overwrite):
    """Say which records the load leaves alone, though the folder has them."""
    for fate in (Fate.KEPT, Fate.DOWN):
        entries = plan.of(fate)
        if entries and not (overwrite and fate == Fate.KEPT):
            tell(f"{len(entries)} {fate}: {listed(planning.called(entry.theirs) for entry in entries)}")


def _result(plan, done, withdrawn):
    published = [f"{KINDS[kind]} {count}" for kind, count in done.items() if count]
    lines = [f"Published: {listed(published)}."] if published else []
    if withdrawn:
        lines.append(f"Withdrawn, as no longer in the folder: {withdrawn}.")
    silent = [entry for entry in plan.of(Fate.CHANGED) if not entry.differences.public]
    if silent:
        lines.append(f"Changed in what only editors see: {len(silent)}.")
    return " ".join(lines) or "Nothing has changed since the last load: nothing was published."
