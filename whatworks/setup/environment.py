"""Python environments from hash-locked requirements: made once, changed when a lock changes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from whatworks.setup import paths
from whatworks.setup.steps import Stamp, Trouble, call, digest, step

# Each set holds all of the ones before it, so a richer environment also serves a poorer need.
SETS = ("production", "run", "test")


def lock_file(name: str) -> Path:
    """The lock of one set; raises Trouble when the checkout lacks it."""
    path = paths.REQUIREMENTS / f"{name}.txt"
    if not path.exists():
        raise Trouble(f"{path} is missing. Restore it (`git checkout requirements`) or make it with `make lock`.")
    return path


def prepare_environment(need: str) -> None:
    """Make `.venv` hold the set `need` (`run` or `test`)."""
    good_enough = SETS[SETS.index(need) :]
    hashes = {name: digest(lock_file(name)) for name in good_enough}
    stamp = Stamp(paths.VENV / ".whatworks.json")
    done = stamp.read()
    if is_made(paths.VENV, done) and any(done.get(name) == hashes[name] for name in good_enough):
        return
    make_venv(paths.VENV, done, f"Python {sys.version_info[0]}.{sys.version_info[1]} environment")
    with step(f"Python packages ({need})") as notes:
        notes.append(install(paths.VENV, lock_file(need), "python"))
    stamp.write(place=str(paths.VENV), **{name: hashes.get(name) if name == need else None for name in SETS})


def is_made(venv: Path, stamp: dict) -> bool:
    """Whether a working environment is there, whole, and made there: a moved one's scripts start the old Python."""
    return not unfinished(venv).exists() and stamp.get("place", str(venv)) == str(venv) and python_works(venv)


def unfinished(venv: Path) -> Path:
    """The file that is there while an environment is being made or changed."""
    return paths.data_dir() / f"unfinished-{venv.name}"


def make_venv(venv: Path, stamp: dict, title: str) -> None:
    """A virtual environment of this Python, unless `is_made` finds one. A broken one is made anew."""
    if is_made(venv, stamp):
        return
    with step(title):
        unfinished(venv).touch()
        shutil.rmtree(venv, ignore_errors=True)
        log = paths.logs_dir() / "venv.log"
        uv = find_uv()
        if uv:
            call(
                [uv, "venv", "--quiet", "--no-project", "--python", sys.executable, venv],
                log,
                env=paths.tool_environment(),
            )
            return
        try:
            call([sys.executable, "-m", "venv", venv], log)
        except Trouble as error:
            shutil.rmtree(venv, ignore_errors=True)
            if "ensurepip" in log.read_text(errors="replace"):
                raise Trouble(
                    "This Python cannot make environments. Install its venv package (Debian: python3-venv), or uv."
                ) from error
            raise


def python_works(venv: Path) -> bool:
    """Whether the environment's Python runs and belongs to it: after an upgrade of the machine's it may not."""
    try:
        ask = "import sys; print(sys.prefix, '%d.%d' % sys.version_info[:2])"
        answer = subprocess.run([venv / "bin" / "python", "-c", ask], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    prefix, _, version = answer.strip().rpartition(" ")
    return os.path.realpath(prefix) == os.path.realpath(venv) and tuple(map(int, version.split("."))) >= (3, 11)


def install(venv: Path, lock: Path, log_name: str) -> str:
    """Install a lock with uv, else with pip; returns which. Every file must have the hash its lock names.

    An installation that was broken off is begun anew by the next start: both tools take a package for installed as soon
    as its first files are there.
    """
    unfinished(venv).touch()
    tool = run_installer(venv, lock, log_name)
    unfinished(venv).unlink()
    return tool


def run_installer(venv: Path, lock: Path, log_name: str) -> str:
    """Run uv, else pip; raises Trouble."""
    environment = paths.tool_environment()
    python = venv / "bin" / "python"
    wheels_only = ["--only-binary", ":all:"]
    uv = find_uv()
    if uv:
        command = [
            uv,
            "pip",
            "install",
            "--quiet",
            "--no-config",
            "--python",
            python,
            "--require-hashes",
            *wheels_only,
            "-r",
            lock,
        ]
        try:
            call(command, paths.logs_dir() / f"{log_name}-uv.log", env=environment, fetching=True)
            return "uv"
        except Trouble as error:
            # pip may still know a way: its own configuration can name a mirror or a proxy that uv does not read.
            if "disk is full" in str(error):
                raise
    if not (venv / "bin" / "pip").exists():
        call(
            [python, "-m", "ensurepip", "--default-pip"],
            paths.logs_dir() / f"{log_name}-ensurepip.log",
            env=environment,
        )
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    call(
        [*command, "--require-hashes", *wheels_only, "-r", lock],
        paths.logs_dir() / f"{log_name}-pip.log",
        env=environment,
        fetching=True,
    )
    return "pip"


def find_uv() -> str | None:
    """A uv that runs: a version manager's shim on the path may not."""
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True).returncode == 0:
        return uv
    return None
