"""What a load changed, published through the actions that publish an editor's work."""

from toolkits import actions, bulk, policies
from toolkits.models.publishing import Change
from toolkits.networks.history import LEFT
from toolkits.networks.links import shown_by
from toolkits.networks.planning import Fate
from toolkits.networks.problems import listed
from toolkits.networks.stored import fingerprint
from toolkits.networks.tables import KINDS

# Records published at once: enough to be quick, few enough to show progress and to bound memory.
BATCH = 200


class Refused(Exception):
    """A record that could not be published; the text says which and why."""


def candidates(plan, *, overwrite):
    """(entry, reason) of every record whose page may have changed, in the order of publication.

    A page changes with its own rows, and with those of the records that it shows something of.
    """
    own = {entry.name: _reason(entry, overwrite) for entry in plan.entries}
    changed = {name for name, reason in own.items() if reason is not None}
    if not changed:
        return
    shown = shown_by({entry.name: entry.theirs for entry in plan.entries})
    for entry in plan.entries:
        linked = sorted(" ".join(name) for name in changed & shown[entry.name])
        if entry.name in changed:
            yield entry, own[entry.name]
        elif linked and entry.fate in (Fate.SAME, Fate.CHANGED):
            yield entry, f"{listed(linked, 4)} changed"


def _reason(entry, overwrite):
    """Why a record's own rows change its page, in words for the public; None where they do not."""
    if entry.fate == Fate.NEW:
        return ""
    if entry.fate == Fate.CHANGED and entry.differences.public:
        return f"{listed(entry.differences.public, 6)} changed"
    if entry.back:
        return "back in the folder"
    return "as the folder has it" if entry.fate == Fate.KEPT and overwrite else None


def publish(plan, *, source, stored, history, overwrite, tell):
    """Publish what changed, and return {kind: how many}. `stored` are the records as just written.

    Raises Refused with the first record that the policies would not let out.
    """
    done, due = dict.fromkeys(KINDS, 0), list(candidates(plan, overwrite=overwrite))
    for kind, words in KINDS.items():
        imports = [_import(*pair, source, stored, history) for pair in due if pair[0].theirs.kind == kind]
        for start in range(0, len(imports), BATCH):
            batch = imports[start : start + BATCH]
            try:
                records = bulk.import_records(kind=kind, imports=batch, by=history.loader, imported_from=source)
            except policies.Refusal as refusal:
                raise Refused(f"{words}: {refusal}") from refusal
            done[kind] += len(records)
            if len(imports) > BATCH:
                tell(f"  {words}: {start + len(batch)} of {len(imports)}")
        if done[kind]:
            tell(f"  {words}: {done[kind]} published")
    return done


def _import(entry, reason, source, stored, history):
    """What is imported of a record, and what the public and the reviewers are told."""
    return bulk.Import(
        record=entry.number,
        change=Change.CORRECTION if history.was_published(entry.number) else Change.FIRST,
        note=f"Imported from {source}: {reason}" if reason else f"Imported from {source}",
        decision_note=LEFT.format(fingerprint=fingerprint(stored[entry.name])),
    )


def withdraw_missing(plan, *, source, history):
    """Withdraw the live pages whose rows vanished from the folder; returns how many."""
    for record in plan.missing:
        actions.withdraw(record=record.number, by=history.loader, reason=f"No longer in {source}")
    return len(plan.missing)
