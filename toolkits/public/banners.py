"""What a reader has to know of a page before the rest, beside its state: who looks after it, what was corrected."""

from toolkits import freshness
from toolkits.public.former import former


def banners(page, snapshot, today):
    """What `components/banners.html` shows of a published.Page, and whether its centre goes on.

    `corrected` is the newest correction where it is recent and changes the conclusion.
    """
    document = page.document
    owner = document if page.kind == "centre" else getattr(document, "centre", None)
    newest = page.corrected[0] if page.corrected else None
    tells = newest is not None and newest.changes_conclusion and freshness.is_recent(newest.at, today)
    return {
        "former": former(owner.record, snapshot.centres, today) if owner else None,
        "corrected": newest if tells else None,
    }
