"""What `manage.py doctor` looks at. Each check is a function that yields Findings; it changes nothing."""

from dataclasses import asdict, dataclass

OK, WARNING, FAULT, SKIPPED = "ok", "warning", "fault", "skipped"


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, and, where it is not right, how to mend it."""

    name: str
    state: str
    found: str
    mend: str = ""

    def as_dict(self):
        """As JSON gives it."""
        return asdict(self)


def ok(name, found):
    """It is as it should be."""
    return Finding(name, OK, found)


def warning(name, found, mend):
    """It works, but should not stay so."""
    return Finding(name, WARNING, found, mend)


def fault(name, found, mend):
    """It has to be mended before this deployment is trusted."""
    return Finding(name, FAULT, found, mend)


def skipped(name, found, mend=""):
    """It was not looked at, and why."""
    return Finding(name, SKIPPED, found, mend)
