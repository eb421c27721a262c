"""Files of packs on disk, within a limit of bytes: each whole or not there, under a name that says all it is made of."""

import logging
import os
import tempfile
from pathlib import Path

log = logging.getLogger(__name__)

ROOM = 0.9  # of the limit is left after making room, so that not every new file has to


class Shelf:
    """A folder of files. What cannot be written is not kept, and made again the next time."""

    def __init__(self, folder, limit):
        self._folder, self._limit = Path(folder), limit

    def get(self, name):
        """The bytes of a file; None where it is not there."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return None

    def put(self, name, file):
        """Keep the bytes of a file."""
        if not self._limit:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, fresh = tempfile.mkstemp(dir=self._folder, prefix=".")
            with os.fdopen(handle, "wb") as target:
                target.write(file)
            os.replace(fresh, self._folder / name)
        except OSError as error:
            log.warning("a file of a pack could not be kept: %s", error)

    def sizes(self):
        """{name: (when it was put there, bytes)} of every file, those that were never finished too."""
        found = {}
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    try:
                        about = entry.stat()
                    except FileNotFoundError:
                        continue  # another process made room
                    found[entry.name] = (about.st_mtime, about.st_size)
        except (FileNotFoundError, NotADirectoryError):
            pass
        return found

    def drop(self, names):
        """Remove files, whoever else removes them."""
        for name in names:
            (self._folder / name).unlink(missing_ok=True)

    def make_room(self):
        """Where the limit is passed, remove what was put there first."""
        sizes = self.sizes()
        taken = sum(size for _moment, size in sizes.values())
        if taken <= self._limit:
            return
        for name, (_moment, size) in sorted(sizes.items(), key=lambda pair: pair[1]):
            if taken <= self._limit * ROOM:
                break
            self.drop([name])
            taken -= size
