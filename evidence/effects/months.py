"""Additional months' progress: the Education Endowment Foundation's table, by edition.

Which month a small effect gets depends on the edition, so an edition is a dated row of data and a
conversion names the one it used.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from evidence.effects.conversion import Conversion, Source, finite

# Effect sizes, to two decimals, at which each month from the second on begins: alike in both editions.
FROM_TWO_MONTHS = ("0.10", "0.19", "0.27", "0.36", "0.45", "0.53", "0.62", "0.70", "0.79", "0.88", "0.96")


@dataclass(frozen=True)
class MonthsEdition:
    """One edition: `starts[m]` is the smallest effect size of month m; beyond `ends` it says nothing."""

    key: str
    dated: str
    starts: tuple[Decimal, ...]
    ends: Decimal | None
    source: Source
    notes: tuple[str, ...]


MONTHS_EDITIONS = {
    edition.key: edition
    for edition in (
        MonthsEdition(
            "2026-04",
            "April 2026",
            tuple(map(Decimal, ("0.00", "0.06", *FROM_TWO_MONTHS))),
            None,
            Source(
                "Education Endowment Foundation, Teaching and Learning Toolkit, as copied by Oak National Academy",
                "updated April 2026 (commit 5405f57)",
                "https://github.com/oaknational/oak-open-curriculum-ecosystem",
            ),
            (
                "The table was read second hand; its origin is marked as awaiting clarification by EEF.",
                "A negative effect takes the months of the positive one with a minus sign, as in the older edition.",
            ),
        ),
        MonthsEdition(
            "older",
            "an older page of the toolkit, without a date",
            tuple(map(Decimal, ("0.00", "0.02", *FROM_TWO_MONTHS))),
            Decimal("1.00"),
            Source(
                "Education Endowment Foundation, About the toolkits: attainment",
                "undated, older than April 2026",
                "https://educationendowmentfoundation.org.uk/evidence-summaries/about-the-toolkits/attainment/",
            ),
            ("A negative effect takes the months of the positive one with a minus sign.",),
        ),
    )
}
LATEST_EDITION = "2026-04"


def months_progress(g, edition=LATEST_EDITION):
    """Additional months' progress (whole months, negative for fewer) of effect size `g`, by one edition's table.

    The value is None where the edition's table ends below the effect. Raises CannotConvert when `g`
    is no number, KeyError for an edition that is not in MONTHS_EDITIONS.
    """
    table = MONTHS_EDITIONS[edition]
    # By its digits, as a reader rounds: the float of 0.185 lies a hair above or below what was printed. Large
    # ones are cut first, because beyond the table their decimals are more than a Decimal holds.
    printed = Decimal(repr(max(-99.0, min(99.0, finite("The effect size", g)))))
    rounded = printed.quantize(Decimal("0.01"), ROUND_HALF_UP)
    size = abs(rounded)
    beyond = table.ends is not None and size > table.ends
    months = sum(size >= start for start in table.starts) - 1
    return Conversion(
        value=None if beyond else (-months if rounded < 0 else months),
        unit="months' progress",
        rule="The effect size is rounded to two decimals and looked up in the Education Endowment Foundation's "
        f"table of months ({table.dated}).",
        assumptions=(
            "A year's progress is about one standard deviation, as at Key Stage 1; "
            "this understates the months gained by older pupils.",
            "Reports of the foundation's own trials use a slightly different table.",
            *table.notes,
        ),
        source=table.source,
        withheld=f"This edition's table ends at an effect size of {table.ends}." if beyond else "",
    )
