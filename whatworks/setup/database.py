"""The portal's database: the caller's `DATABASE_URL`, else this checkout's own server, kept alive while it is needed."""

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from whatworks.embedded_postgres.place import CHECKOUT, data_dir
from whatworks.embedded_postgres.programs import find_programs
from whatworks.embedded_postgres.server import Server, using_server
from whatworks.setup import paths
from whatworks.setup.steps import Trouble, call, step

# What is in a dump.
TABLES, SETTINGS = "database.dump", "settings.env"
# Names of variables whose values stay out of it: an address may have a password in it.
SECRET = re.compile("SECRET|KEY|PASSWORD|TOKEN|URL|DSN")


@contextlib.contextmanager
def database() -> Iterator[tuple[str, Server | None]]:
    """The address, and the server when it is ours; one that nobody else uses stops at the end."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"], None
        return
    server = Server()
    with contextlib.ExitStack() as stack:
        with step("PostgreSQL") as notes:
            found = server.running()
            url = stack.enter_context(using_server(server))
            notes.append(f"{server.programs.version}, {'already running' if found else 'started'}")
        if not server.area.is_relative_to(data_dir()):
            paths.say(f"    Its account cannot enter {data_dir()}, so its data is in {server.area}")
        yield url, server


def confirmed(question: str) -> bool:
    """Ask before data is lost; `FORCE=1` answers yes, and without a terminal the answer is no."""
    if os.environ.get("FORCE") == "1":
        return True
    if not sys.stdin.isatty():
        raise Trouble(f"{question} Say FORCE=1 to do it without being asked.")
    return input(f"{question} Type yes: ").strip().lower() == "yes"


def given_file() -> Path:
    """The file named by `FILE=`."""
    if not os.environ.get("FILE"):
        raise Trouble("Name the file: FILE=portal.dump")
    return Path(os.environ["FILE"]).expanduser().resolve()


def dump() -> None:
    """Write everything to `FILE`, in one piece: the database with its uploads, and the settings without their secrets."""
    target = given_file()
    fresh = target.with_name(f"{target.name}.new{os.getpid()}")
    with (
        database() as (url, _),
        step(f"Dump to {target.name}"),
        tempfile.TemporaryDirectory(dir=target.parent) as place,
    ):
        tables, settings = Path(place, TABLES), Path(place, SETTINGS)
        try:
            # The fastest compression: the usual one takes four times as long, for a file a fifth smaller.
            pg("pg_dump", "--format=custom", "--compress=1", "--no-owner", "--file", tables, "--dbname", url)
            settings.write_text(plain_settings(os.environ), encoding="utf-8")
            os.close(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))  # it holds the accounts
            with tarfile.open(fresh, mode="w") as archive:
                archive.add(tables, TABLES)
                archive.add(settings, SETTINGS)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)


def plain_settings(environment: Mapping[str, str]) -> str:
    """The portal's settings as lines `NAME=value`; of what may hold a secret only the name, in a comment."""
    lines = ["# The settings of this portal when it was dumped. Secrets are not here: set them anew."]
    for name, value in sorted(environment.items()):
        if name.startswith("WHATWORKS_") or name == "DATABASE_URL":
            secret = SECRET.search(name)
            lines.append(
                f"# {name}: not copied, for it may hold a secret" if secret else f"{name}={shlex.quote(value)}"
            )
    return "\n".join(lines) + "\n"


def restore() -> None:
    """Replace the database by the dump in `FILE`, all or nothing, and lay its settings beside the portal's data."""
    source = given_file()
    if not source.is_file():
        raise Trouble(f"There is no file {source}.")
    with database() as (url, _), tempfile.TemporaryDirectory(dir=paths.data_dir()) as place:
        unpacked = unpack(source, Path(place))
        script = Path(place, "restore.sql")
        if not confirmed("This replaces everything in the database."):
            raise Trouble("Nothing was changed.")
        with step(f"Restore from {source.name}"):
            os.close(os.open(script, os.O_CREAT | os.O_WRONLY, 0o600))  # it holds the accounts
            pg("pg_restore", "--no-owner", "--no-privileges", "--clean", "--if-exists", "--file", script, unpacked)
            empty = "drop schema if exists public cascade; create schema public"
            options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--dbname", url]
            pg("psql", *options, "--command", empty, "--file", script)
        if Path(place, SETTINGS).is_file():
            kept = paths.data_dir() / f"restored-{SETTINGS}"
            Path(place, SETTINGS).replace(kept)
            paths.say(f"    The settings it ran with, without secrets, are in {kept}: compare them with yours.")
    paths.say("`make run` brings its tables up to date, should the dump be older than the code.")
    paths.say("`manage.py verify` in `make shell` says whether everything is as it was published.")


def unpack(source: Path, place: Path) -> Path:
    """What pg_restore reads of a dump; one of a release before the settings were in it is that itself."""
    if not tarfile.is_tarfile(source):
        return source
    with tarfile.open(source) as archive:
        try:
            for name in (TABLES, SETTINGS):
                # Not `extract(filter=...)`: the Python of Debian 12, 3.11.2, has no filters yet.
                with archive.extractfile(name) as packed, Path(place, name).open("wb") as file:
                    shutil.copyfileobj(packed, file)
        except (KeyError, TypeError, tarfile.TarError) as error:  # extractfile() of what is no file is None
            raise Trouble(f"{source} is no dump of a portal: {error}") from error
    return place / TABLES


def pg(program: str, *arguments) -> None:
    """Run one of PostgreSQL's client programs; raises Trouble with its message.

    The wheel's speak no TLS: for a server that wants it the machine's own is tried. It is not the first choice because
    an older one refuses a newer server.
    """
    environment = {"PGOPTIONS": "-c client_min_messages=warning", **os.environ}
    log = paths.logs_dir() / f"{program}.log"
    try:
        call([find_programs(CHECKOUT).path(program), *arguments], log, env=environment)
    except Trouble as error:
        own = shutil.which(program)
        if "SSL" not in str(error) or not own:
            raise
        call([own, *arguments], log, env=environment)


def reset() -> None:
    """Delete this checkout's own cluster, so that the next start begins anew. Never touches `DATABASE_URL`."""
    if os.environ.get("DATABASE_URL"):
        raise Trouble(
            "DATABASE_URL is set: `make reset` deletes only the database that `make run` made itself. Unset it first."
        )
    server = Server()
    if not confirmed(f"This deletes the database in {server.cluster}."):
        raise Trouble("Nothing was changed.")
    with step("Delete the database"):
        server.reset()


def shell() -> int:
    """The caller's shell with the portal's settings, its Python and `manage.py` on the path; returns its exit status."""
    with database() as (url, _):
        variables = paths.portal_environment(url)
        variables["VIRTUAL_ENV"] = str(paths.VENV)
        variables["PATH"] = f"{paths.VENV / 'bin'}{os.pathsep}{variables.get('PATH', os.defpath)}"
        # A shell's start-up file may put another `python` first, so the command names its own.
        wrapper = paths.VENV / "bin" / "manage.py"
        wrapper.write_text(
            f'#!/bin/sh\nexec {shlex.quote(paths.venv_python())} {shlex.quote(str(CHECKOUT))}/manage.py "$@"\n'
        )
        wrapper.chmod(0o755)
        paths.say("The portal's shell: `manage.py help` lists its commands, `exit` leaves it.")
        return subprocess.run([variables.get("SHELL") or "/bin/sh"], env=variables, cwd=CHECKOUT).returncode
