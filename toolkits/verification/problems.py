"""What is wrong, where, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was left. `record` and `version` are None where it is about neither."""

    what: str
    remedy: str
    record: int | None = None
    version: int | None = None

    def __str__(self):
        names = [("record", self.record), ("version", self.version)]
        where = " ".join(f"{name} {number}" for name, number in names if number is not None) or "database"
        return f"{where}: {self.what}\n    What to do: {self.remedy}"


RESTORE = (
    "somebody or something wrote past the portal: find out who, then restore the last dump that `verify` finds whole "
    "(make restore)"
)
PUBLISH_AGAIN = "withdraw the page and restore this version: that writes the row anew from the version"
MIGRATE = (
    "run manage.py migrate; where nothing is left to migrate, restore the last dump into an empty database "
    "(make restore), which brings every rule with it"
)
