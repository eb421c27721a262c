"""What a load changed, published through the actions that publish an editor's work."""

from toolkits import actions, policies, snapshots
from toolkits.models import Decision
from toolkits.models.publishing import Change
from toolkits.networks.history import LEFT
from toolkits.networks.links import shown_by
from toolkits.networks.planning import Fate, called
from toolkits.networks.problems import listed
from toolkits.networks.stored import fingerprint
from toolkits.networks.tables import KINDS

EVERY = 50


class Refused(Exception):
    """Records that could not be published; the text says which and why."""


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

    Raises Refused with every record that the policies would not let out.
    """
    done, refused = dict.fromkeys(KINDS, 0), []
    due = list(candidates(plan, overwrite=overwrite))
    for kind, words in KINDS.items():
        entries = [(entry, reason) for entry, reason in due if entry.theirs.kind == kind]
        for count, (entry, reason) in enumerate(entries, start=1):
            try:
                done[kind] += _publish_one(entry, reason, source=source, stored=stored, history=history)
            except policies.Refusal as refusal:
                refused.append(f"{called(entry.theirs)}: {refusal}")
            if count % EVERY == 0 and count < len(entries):
                tell(f"  {words}: {count} of {len(entries)}")
        if done[kind]:
            tell(f"  {words}: {done[kind]} published")
    if refused:
        raise Refused("\n".join(refused))
    return done


def _publish_one(entry, reason, *, source, stored, history):
    """Whether the record's page changed, and is now published."""
    note = f"Imported from {source}: {reason}" if reason else f"Imported from {source}"
    try:
        revision = actions.submit(
            document=snapshots.MODELS[entry.theirs.kind](pk=entry.number),
            by=history.loader,
            change=Change.CORRECTION if history.was_published(entry.number) else Change.FIRST,
            note=note,
        )
    except policies.NothingChanged:
        return False
    actions.decide(
        revision=revision,
        by=history.loader,
        verdict=Decision.Verdict.IMPORTED,
        note=LEFT.format(fingerprint=fingerprint(stored[entry.name])),
    )
    actions.publish(revision=revision, by=history.loader, imported_from=source)
    return True


def withdraw_missing(plan, *, source, history):
    """Withdraw the live pages whose rows vanished from the folder; returns how many."""
    for record in plan.missing:
        actions.withdraw(record=record.number, by=history.loader, reason=f"No longer in {source}")
    return len(plan.missing)
