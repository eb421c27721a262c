"""Where this checkout's PostgreSQL keeps its data, and the account it runs as."""

import contextlib
import hashlib
import os
import pwd
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


class PostgresError(Exception):
    """What went wrong and how to mend it, in one line for the person at the terminal."""


def data_dir() -> Path:
    """The writable directory of this checkout: `WHATWORKS_DATA_DIR`, else `.data`."""
    return Path(os.environ.get("WHATWORKS_DATA_DIR") or CHECKOUT / ".data").resolve()


def service_account() -> pwd.struct_passwd | None:
    """The account the server runs as: None means the caller's own. PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("nobody", "daemon"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgresError("PostgreSQL cannot run as root and there is no account 'nobody'; run this as an ordinary user.")


def default_area() -> Path:
    """Where this checkout's cluster lives: in the data directory, or nearby when the service account cannot get there.

    Under root's 0700 home the server's account could not reach the data, and opening the home is not ours to do.
    """
    wanted = data_dir() / "postgres"
    account = service_account()
    if account is None or reachable(data_dir(), account):
        return wanted
    name = f"whatworks-{hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]}"
    for parent in (Path("/var/lib"), Path("/var/tmp")):
        if os.access(parent, os.W_OK) and reachable(parent, account):
            return parent / name
    raise PostgresError(
        f"The account {account.pw_name} cannot reach {wanted}; set WHATWORKS_DATA_DIR to a directory it can reach."
    )


def reachable(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether that account may enter `path` and everything above it; what does not exist yet counts as open."""
    for part in [path, *path.parents]:
        try:
            found = part.stat()
        except FileNotFoundError:
            continue
        shift = 6 if found.st_uid == account.pw_uid else 3 if found.st_gid == account.pw_gid else 0
        if not found.st_mode >> shift & 1:
            return False
    return True
