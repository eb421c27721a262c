"""Steps that say what they do and how long it took, programs whose failure becomes one clear line, and stamps."""

import contextlib
import ctypes
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

PR_SET_PDEATHSIG = 1
LITTLE_SPACE = 20_000_000  # bytes; PostgreSQL writes its log in files of 16 MB


class Trouble(Exception):
    """What went wrong and how to mend it, in one line."""


DISK_FULL = "The disk is full. Free some space and run this again; it goes on where it stopped."

# What a tool prints when something outside it is wrong, and what to tell the person. First match wins.
LOCAL_SYMPTOMS = [
    (r"No space left on device|ENOSPC|Disk quota exceeded", DISK_FULL),
    (
        r"EACCES|Permission denied|EROFS|Read-only file system",
        "A file could not be written. Run as the user who owns the checkout.",
    ),
]
FETCHING_SYMPTOMS = [
    (
        r"DO NOT MATCH THE HASHES|[Hh]ash mismatch|EINTEGRITY|BadZipFile|unexpected end of file|corrupt|TAR_BAD_ARCHIVE",
        "A download was broken, or is not the file the lock names. Run this again; nothing of it was kept.",
    ),
    (
        r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT"
        r"|[Nn]ame or service not known|name resolution|dns error|Network is unreachable|Connection refused"
        r"|[Cc]onnection (?:timed out|error|broken)|Max retries exceeded|Failed to fetch|error sending request"
        r"|Could not connect|timed out|NewConnectionError",
        "No connection to the package registry. Check the network (or the proxy settings) and run this again; "
        "it goes on where it stopped.",
    ),
    (
        r"Could not find a version|No solution found|E404|no matching distribution",
        "The registry lacks a file that the lock names for this system.",
    ),
]


def diagnose(output: str, folder: Path, *, fetching: bool = False) -> str | None:
    """The advice that fits the output of a tool that wrote to `folder`, or None; `fetching` when it used the network."""
    if shutil.disk_usage(folder).free < LITTLE_SPACE:
        return DISK_FULL  # then what the tool had to say may be lost as well
    symptoms = LOCAL_SYMPTOMS + (FETCHING_SYMPTOMS if fetching else [])
    return next((advice for symptom, advice in symptoms if re.search(symptom, output)), None)


@contextlib.contextmanager
def step(title: str, *, talks: bool = False) -> Iterator[list[str]]:
    """Say what is being done, and how long it took; `talks` when the work itself prints lines in between.

    What is appended to the yielded list is shown beside the time.
    """
    print(f"  {title}{':' if talks else ' '}", end="\n" if talks else "", flush=True)
    began = time.monotonic()
    notes: list[str] = []
    try:
        yield notes
    except BaseException as error:
        print("... stopped" if isinstance(error, (KeyboardInterrupt, SystemExit)) else "... failed", flush=True)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Trouble(DISK_FULL) from error
        raise
    detail = f" ({', '.join(notes)})" if notes else ""
    shown = 2 if talks else len(title)
    print(
        f"{'    ' if talks else ''}{'.' * max(3, 50 - shown - len(detail))}{detail} {time.monotonic() - began:.1f} s",
        flush=True,
    )


def call(
    command: list,
    log: Path,
    *,
    env: dict | None = None,
    cwd: Path | None = None,
    fetching: bool = False,
    trouble: str | None = None,
) -> str:
    """Run a program with its output kept in `log`, and return the output.

    Raises Trouble with the likely cause, else with `trouble`, and the last lines of the output.

    It gets a process group of its own, so that stopping the set-up also stops what npm or pip started.
    """
    with open(log, "w+b") as output:
        try:
            process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                **own_group(),
            )
        except OSError as error:
            raise Trouble(f"{Path(command[0]).name} cannot be run: {error.strerror}.") from error
        try:
            status = process.wait()
        except BaseException:
            stop_group(process)
            raise
        output.seek(0)
        text = output.read().decode(errors="replace")
    if status:
        advice = diagnose(text, log.parent, fetching=fetching)
        if advice:
            raise Trouble(f"{advice} (Output: {log})")
        tail = "\n".join(f"    {line}" for line in text.strip().splitlines()[-8:])
        raise Trouble(
            f"{trouble or f'{Path(command[0]).name} failed with exit status {status}.'} (Output: {log})\n{tail}"
        )
    return text


def own_group() -> dict:
    """Keyword arguments for `Popen`: a process group that Ctrl-C does not reach, but that ends with us.

    On Linux the kernel sees to that even when we are killed without a chance to, so that the next start meets no
    npm or pip still writing.
    """
    if sys.platform != "linux":
        return {"start_new_session": True}
    library = ctypes.CDLL(None)
    return {"start_new_session": True, "preexec_fn": lambda: library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)}


def stop_group(process: subprocess.Popen, patience: float = 5) -> None:
    """End a process and its children, politely and then not."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            return


def digest(*parts: str | Path | Iterable[Path]) -> str:
    """One SHA-256 over texts and over the names and contents of files."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            total.update(b"text\0" + part.encode() + b"\0")
            continue
        for path in sorted([part] if isinstance(part, Path) else part):
            total.update(f"file\0{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Stamp:
    """What has been done, as a small JSON file beside what was made; written after success only, in one piece."""

    def __init__(self, path: Path):
        """`path` lies inside the thing it speaks of, so that removing the thing removes the stamp."""
        self.path = path

    def read(self) -> dict:
        """What was written, or nothing when there is none or it is damaged."""
        try:
            found = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, **facts) -> None:
        """Replace the named facts and keep the others."""
        fresh = self.path.with_name(f"{self.path.name}.new{os.getpid()}")
        fresh.write_text(json.dumps(self.read() | facts, indent=1, sort_keys=True) + "\n")
        fresh.replace(self.path)
