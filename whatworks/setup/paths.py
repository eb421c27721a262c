"""Where things are in a checkout, and the environment its programs are given."""

import os
import secrets
import sys
from pathlib import Path

from whatworks.embedded_postgres.place import CHECKOUT, data_dir
from whatworks.setup.steps import Trouble

VENV = CHECKOUT / ".venv"
BUILD = CHECKOUT / "build"
REQUIREMENTS = CHECKOUT / "requirements"
NODE_MODULES = CHECKOUT / "node_modules"
NETWORK = CHECKOUT / "whatworks" / "networks" / "what-works"


def venv_python() -> str:
    """The Python of the checkout's environment."""
    return str(VENV / "bin" / "python")


def logs_dir() -> Path:
    """Where the output of each step is kept."""
    path = data_dir() / "logs"
    path.mkdir(parents=True, exist_ok=True)
    return path


def make_data_dir() -> Path:
    """Make the data directory, or raise Trouble. Others may pass through it (the database's account has to) but not list it."""
    path = data_dir()
    try:
        path.mkdir(parents=True, exist_ok=True)
        if path.stat().st_uid == os.geteuid():
            path.chmod(0o711)
        probe = path / f".probe{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Trouble(
            f"Cannot write to {path} ({error.strerror}). Run as the user it belongs to, or set WHATWORKS_DATA_DIR to another directory."
        ) from error
    return path


def signing_secret() -> str:
    """The demonstration's signing secret, made once and readable by its owner only."""
    path = data_dir() / "secret-key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        secret = secrets.token_urlsafe(50)
        fresh = path.with_suffix(f".new{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secret + "\n")
        fresh.rename(path)
        return secret


def tool_environment() -> dict[str, str]:
    """The caller's environment for uv, pip and npm; their caches move to the data directory when HOME takes none."""
    environment = dict(os.environ)
    home = Path(environment.get("HOME") or "/nonexistent")
    if not os.access(home, os.W_OK):
        caches = data_dir() / "cache"
        environment.setdefault("UV_CACHE_DIR", str(caches / "uv"))
        environment.setdefault("PIP_CACHE_DIR", str(caches / "pip"))
        environment.setdefault("npm_config_cache", str(caches / "npm"))
        environment["HOME"] = str(caches)
        caches.mkdir(parents=True, exist_ok=True)
    return environment


def portal_environment(database_url: str, port: int = 8000) -> dict[str, str]:
    """The environment of `manage.py`, the web server and the runner; what the caller has set wins."""
    environment = dict(os.environ)
    environment.update(
        DJANGO_SETTINGS_MODULE="whatworks.settings",
        DATABASE_URL=database_url,
        WHATWORKS_BIND=f"127.0.0.1:{port}",
        WHATWORKS_DATA_DIR=str(data_dir()),
        PYTHONUNBUFFERED="1",
    )
    environment.setdefault("WHATWORKS_DEMO", "1")
    if not environment.get("WHATWORKS_SECRET_KEY"):
        environment["WHATWORKS_SECRET_KEY"] = signing_secret()
    return environment


def say(line: str = "") -> None:
    """One line for the person at the terminal."""
    print(line, flush=True)


def warn(line: str) -> None:
    """One line on standard error."""
    print(line, file=sys.stderr, flush=True)
