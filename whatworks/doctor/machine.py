"""What the machine has: files, room, copies."""

import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from whatworks.doctor import fault, ok, skipped, warning

CATALOGUE = Path("cy", "LC_MESSAGES", "django")
LEAST_ROOM, LITTLE_ROOM = 500_000_000, 2_000_000_000  # bytes


def static_files():
    """Whether pages will have their styles and scripts."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    names = getattr(staticfiles_storage, "hashed_files", {})
    missing = [name for name in names.values() if not (Path(settings.STATIC_ROOT) / name).is_file()]
    mend = "Run `make frontend` or build the image, then `manage.py collectstatic --noinput`."
    if not manifest.is_file() or not names:
        yield fault("static files", f"There is no {manifest}.", mend)
    elif missing:
        yield fault("static files", f"{len(missing)} of {len(names)} are missing, such as {missing[0]}.", mend)
    else:
        yield ok("static files", f"{len(names)} collected")


def words():
    """Whether Welsh pages have Welsh words: the catalogue is compiled beside the code, and anew where it changed."""
    compiled, source = (Path(place) / CATALOGUE for place in (settings.LOCALE_PATHS[0], settings.BASE_DIR / "locale"))
    compiled, source = compiled.with_suffix(".mo"), source.with_suffix(".po")
    mend = "Run `python -m whatworks.messages compile` where the code lies, and restart the web server."
    if not compiled.is_file():
        yield fault("Welsh words", f"There is no {compiled}: Welsh pages are in English.", mend)
    elif source.is_file() and source.stat().st_mtime > compiled.stat().st_mtime:
        yield warning("Welsh words", f"{compiled} is older than {source}.", mend)
    else:
        yield ok("Welsh words", "compiled")


def data_folder():
    """Whether the portal may write where it has to, and has room to."""
    try:
        with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR) as probe:
            probe.write(b"x")
            probe.flush()
    except OSError as error:
        mend = "Make WHATWORKS_DATA_DIR, and give it to the user that the portal runs as (uid 10001 in the image)."
        yield fault("data folder", f"{settings.DATA_DIR} cannot be written: {error.strerror}.", mend)
        return
    yield ok("data folder", str(settings.DATA_DIR))
    free = shutil.disk_usage(settings.DATA_DIR).free
    found, mend = f"{free / 1e9:.1f} GB free", "Free some, or make the volume larger."
    if free < LEAST_ROOM:
        yield fault("disk", found, mend)
    elif free < LITTLE_ROOM:
        yield warning("disk", found, mend)
    else:
        yield ok("disk", found)


def backups():
    """How old the newest copy is."""
    if not settings.BACKUP_DIR:
        mend = "Set WHATWORKS_BACKUP_DIR to where copies are put; docs/operating.md says how to make them."
        yield skipped("copies", "WHATWORKS_BACKUP_DIR is not set, so their age was not looked at.", mend)
        return
    try:
        files = [path.stat() for path in Path(settings.BACKUP_DIR).iterdir() if path.is_file()]
    except OSError as error:
        yield fault("copies", f"{settings.BACKUP_DIR}: {error.strerror}.", "Make it, and the timer that fills it.")
        return
    full = [status.st_mtime for status in files if status.st_size]
    hours = (time.time() - max(full)) / 3600 if full else None
    mend = "Look at the timer that makes them (systemctl status whatworks-dump.timer), and at the room on its disk."
    if hours is None:
        yield fault("copies", f"{settings.BACKUP_DIR} has none.", mend)
    elif hours > settings.BACKUP_HOURS:
        yield fault("copies", f"The newest is {hours:.0f} hours old (at most {settings.BACKUP_HOURS}).", mend)
    else:
        yield ok("copies", f"the newest is {hours:.0f} hours old")
