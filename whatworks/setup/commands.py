"""The commands of the set-up, and what the person at the terminal is told when one fails."""

import contextlib
import errno
import fcntl
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from whatworks.embedded_postgres.place import PostgresError
from whatworks.embedded_postgres.programs import find_programs
from whatworks.setup import checks, database, environment, frontend, paths, serve
from whatworks.setup.lock import write_locks
from whatworks.setup.steps import DISK_FULL, Stamp, Trouble, call, digest, step


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One set-up of this checkout at a time; a second one waits, and then finds everything done."""
    handle = os.open(paths.make_data_dir() / "setup.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Waiting for another set-up of this checkout"):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def install(need: str) -> None:
    """The Python environment, the front end and the compiled words."""
    environment.prepare_environment(need)
    frontend.prepare_front_end(need)
    compile_words()


def compile_words() -> None:
    """Compile the Welsh catalogue, when it changed. By Babel, because a machine may lack gettext's msgfmt."""
    source = paths.CHECKOUT / "locale" / "cy" / "LC_MESSAGES" / "django.po"
    stamp, inputs = Stamp(paths.BUILD / ".whatworks.json"), digest(source)
    if stamp.read().get("words") == inputs and (paths.BUILD / "locale").is_dir():
        return
    with step("Welsh words"):
        command = [paths.venv_python(), "-m", "whatworks.messages", "compile"]
        call(command, paths.logs_dir() / "words.log", cwd=paths.CHECKOUT)
    stamp.write(words=inputs)


def collect_static(variables: dict[str, str]) -> None:
    """Gather and compress what the web server hands out, when any of it changed."""
    own = [path for path in (paths.CHECKOUT / "static").rglob("*") if path.is_file() and path.suffix != ".scss"]
    built = [path for path in (paths.BUILD / "static").rglob("*") if path.is_file()]
    packages = Stamp(paths.VENV / ".whatworks.json").read()
    places = repr(sorted(str(path) for path in own + built))
    inputs = digest(
        repr(packages.get("run") or packages), places, own, built, paths.CHECKOUT / "whatworks" / "settings.py"
    )
    stamp = Stamp(paths.BUILD / ".whatworks.json")
    if stamp.read().get("collected") == inputs and (paths.BUILD / "collected").is_dir():
        return
    with step("Static files"):
        command = [paths.venv_python(), "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        call(command, paths.logs_dir() / "collectstatic.log", env=variables, cwd=paths.CHECKOUT)
    stamp.write(collected=inputs)


def run() -> int:
    """Set everything up and serve it until stopped."""
    began = time.monotonic()
    port = serve.chosen_port()
    serve.check_port(port)
    with contextlib.ExitStack() as stack:
        with alone():
            install("run")
            url, server = stack.enter_context(database.database())
            variables = paths.portal_environment(url, port)
            collect_static(variables)
            prepare = [paths.venv_python(), "-m", "whatworks.setup.prepare", str(paths.NETWORK)]
            if checks.run(prepare, variables):
                return 1
            serve.check_port(port)  # another start may have been quicker
            portal = stack.enter_context(serve.Portal(variables, server))
            with step("Web server"):
                portal.start("web")
                portal.wait_until_answering(port)
        if not portal.asked_to_stop:
            portal.start("runner")
            paths.say(f"\nhttp://localhost:{port} is ready after {time.monotonic() - began:.1f} s. Ctrl-C stops it.")
        status = portal.watch()
        paths.say("\nStopping.")
    return 0 if status == 128 + signal.SIGINT else status


def test() -> int:
    """Set up, then run every check."""
    return _tested(checks.test_commands())


def drill() -> int:
    """Set up, then try what goes wrong: what `make test` has no time for."""
    return _tested(checks.drill_commands())


def _tested(commands: dict[str, list]) -> int:
    with alone():
        install("test")
        with contextlib.ExitStack() as stack:
            variables = stack.enter_context(checks.test_environment())
            collect_static(variables)
            tests = stack.pop_all()
    with tests:
        return checks.run_all(commands, variables)


def bench() -> int:
    """Measure the portal on made-up records, in databases of their own on the same server. `ARGS` says how many."""
    with contextlib.ExitStack() as stack:
        with alone():
            install("test")
            url, _server = stack.enter_context(database.database())
            variables = paths.portal_environment(url)
            collect_static(variables)
        command = [paths.venv_python(), "-m", "tests.bench", *shlex.split(os.environ.get("ARGS", ""))]
        return checks.run(command, variables)


def lint() -> int:
    """Only the checks that need no database."""
    with alone():
        install("test")
    return checks.run_all(checks.lint_commands(), dict(os.environ))


def lock() -> int:
    """Resolve the dependencies again."""
    with alone():
        write_locks()
    return 0


def sbom() -> int:
    """The list of everything of others that the portal is made of."""
    with alone():
        environment.prepare_environment("run")
    return checks.run([paths.venv_python(), "-m", "whatworks.setup.inventory"], dict(os.environ))


def front_end() -> int:
    """Compile the style sheet and copy fonts and scripts."""
    with alone():
        frontend.prepare_front_end("run")
    return 0


def messages() -> int:
    """Gather every interface string into the Welsh catalogue, and say what is not translated yet."""
    with alone():
        environment.prepare_environment("run")
        status = checks.run([paths.venv_python(), "-m", "whatworks.messages", "extract"], dict(os.environ))
        compile_words()
    return status


def shell() -> int:
    """A shell with the portal's settings."""
    with alone():
        install("run")
    return database.shell()


def code() -> int:
    """Print the code that a demonstration account needs beside its password. Sets nothing up: it has to be quick."""
    if not (paths.VENV / ".whatworks.json").exists():
        raise Trouble("Nothing is set up yet: make run")
    # The code alone goes to standard output, so that a script can take it.
    with contextlib.redirect_stdout(sys.stderr), database.database() as (url, _):
        command = [paths.venv_python(), "manage.py", "code", os.environ.get("USER", "")]
        return subprocess.call(command, env=paths.portal_environment(url), cwd=paths.CHECKOUT)


def dump() -> int:
    """Write the database to a file."""
    _have_programs()
    database.dump()
    return 0


def restore() -> int:
    """Read the database from a file."""
    _have_programs()
    database.restore()
    return 0


def _have_programs() -> None:
    """Have the programs of PostgreSQL. Beside a server of one's own they are there, and the checkout may be read-only."""
    if os.environ.get("DATABASE_URL"):
        with contextlib.suppress(PostgresError):
            find_programs(paths.CHECKOUT)
            return
    with alone():
        environment.prepare_environment("run")


def reset() -> int:
    """Begin anew."""
    database.reset()
    return 0


COMMANDS = {
    "run": (run, "set up and serve on http://localhost:8000 (PORT= for another port)"),
    "test": (test, "every check: lint, migrations, unit, integration, browser (ARGS= goes to pytest)"),
    "drill": (drill, "faults, replica, restore, the full fuzz and every state of every page; writes docs/drills.md"),
    "bench": (bench, "measure the portal with 100, 10,000 and 100,000 records (ARGS= for others)"),
    "lint": (lint, "only the checks that need no database"),
    "lock": (lock, "resolve the dependencies again (UPGRADE=1 takes newer versions); needs uv"),
    "sbom": (sbom, "list everything of others that the portal is made of, in build/sbom.json (CycloneDX)"),
    "frontend": (front_end, "compile the style sheet"),
    "messages": (messages, "gather every interface string into locale/cy, and say what is not in Welsh yet"),
    "reset": (reset, "delete the database that `make run` made (FORCE=1: without asking)"),
    "code": (code, "the code that the demonstration account USER= needs to sign in (USER=editor)"),
    "shell": (shell, "a shell in which `manage.py` works on the portal's database"),
    "dump": (dump, "write the database to FILE="),
    "restore": (restore, "replace the database by the dump in FILE= (FORCE=1: without asking)"),
}


def usage() -> int:
    """What there is."""
    paths.say("make COMMAND, where COMMAND is one of\n")
    for name, (_, what) in COMMANDS.items():
        paths.say(f"  {name:<10} {what}")
    paths.say("\nDATABASE_URL, when set, is used instead of a PostgreSQL of our own. README.md says more.")
    return 0


def main() -> int:
    """Run one command and return the exit status; trouble becomes one line on standard error."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is started deaf to it
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda received, frame: sys.exit(128 + received))
    name = sys.argv[1] if len(sys.argv) == 2 else "help"
    if name == "help" or name not in COMMANDS:
        usage()
        return 0 if name == "help" else 2
    try:
        return COMMANDS[name][0]()
    except (Trouble, PostgresError, subprocess.TimeoutExpired) as error:
        paths.warn(f"\n{error}")
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        paths.warn(f"\n{DISK_FULL}")
    return 1
