"""The files of the open data, kept on disk for one publication number at a time, for all web processes together.

A folder is made under another name and then renamed, so a folder that is there is whole. A file lock sees that one
process makes it while the others wait; whoever still reads an older folder reads on, since an open file stays.
"""

import fcntl
import hashlib
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings

from toolkits import published
from toolkits.public.answers import release
from toolkits.public.open_data import making

PATIENCE = 20  # seconds to wait for another process before the reader is asked to come again
ATTEMPTS = 5
BETWEEN = 0.05
LOCK = "lock"


class Busy(Exception):
    """Another process is making the files, and takes longer than a reader should wait."""


class NotMade(Exception):
    """The files could not be written: the disk is full, or the folder is not ours to write to."""


@dataclass(frozen=True)
class Kept:
    """The files of one publication, as they lie in `folder`."""

    folder: Path
    made: making.Made

    def open(self, name):
        """One of making.FILES, opened; FileNotFoundError where a newer publication has replaced the folder."""
        return open(self.folder / name, "rb")


def _name():
    """The name of the folder of what is published now; another release or address of the portal has another one."""
    parts = (*published.stamp(), release(), settings.ADDRESS)
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def kept():
    """The Kept files of what is published now, made where they are not there. Raises Busy, NotMade."""
    root = Path(settings.OPEN_DATA_DIR)
    for _attempt in range(ATTEMPTS):
        name = _name()
        if found := _found(root / name):
            return found
        try:
            root.mkdir(parents=True, exist_ok=True)
            with _locked(root):
                found = _found(root / name) or _make(root)
        except OSError as error:
            raise NotMade(f"{root}: {error.strerror}") from error
        if found:
            return found
    raise Busy


def _found(folder):
    try:
        return Kept(folder, msgspec.json.decode((folder / making.MADE).read_bytes(), type=making.Made))
    except FileNotFoundError:
        return None


def _make(root):
    """Make the folder of what is published now, and remove every other; None where that changed meanwhile."""
    for old in root.iterdir():
        if old.name.startswith("."):
            shutil.rmtree(old)  # of a process that was ended while it made one
    name = _name()
    fresh = Path(tempfile.mkdtemp(dir=root, prefix="."))
    try:
        made = making.make(fresh, settings.ADDRESS)
        if _name() != name:
            return None
        fresh.rename(root / name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    for old in root.iterdir():
        if old.is_dir() and old.name != name:
            shutil.rmtree(old)
    return Kept(root / name, made)


@contextmanager
def _locked(root):
    with open(root / LOCK, "w") as file:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy from None
                time.sleep(BETWEEN)
        yield


def forget():
    """Remove whatever is kept."""
    shutil.rmtree(settings.OPEN_DATA_DIR, ignore_errors=True)
