"""One PostgreSQL cluster: started, adopted, shared, stopped.

Who keeps the server alive: each process that needs it holds a shared lock on the file `users`, which the kernel drops
when that process dies, however it dies. The last one to leave stops the server, unless `start` asked for it to stay.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from whatworks.embedded_postgres.place import CHECKOUT, PostgresError, default_area, reachable, service_account
from whatworks.embedded_postgres.programs import Programs, find_programs, process_state

SUPERUSER = DATABASE = "whatworks"
READY_SECONDS = 120  # recovery after a crash has been seen to take 36 s
STOP_SECONDS = 30
SOCKET_LIMIT = 100  # a socket's path may have 107 bytes on Linux and 103 on macOS
NO_SUCH_PROCESS = 2**31 - 1  # above every system's highest process id
THROWAWAY_PREFIX = "whatworks-test-"


class Server:
    """One cluster in `area`, with its socket. One that need not be durable, as for tests, is faster."""

    def __init__(self, area: Path | None = None, *, durable: bool = True):
        """Nothing is touched yet; raises PostgresError when no account may run the server."""
        self.account = service_account()
        self.area = area or default_area()
        self.cluster = self.area / "cluster"
        self.durable = durable
        self.child: subprocess.Popen | None = None
        self._users: int | None = None
        self._programs: Programs | None = None

    # -- what the rest of the project calls ----------------------------------------------------------------------

    def join(self, *, keep: bool = False) -> str:
        """Start or adopt the server, count this process among its users, and return its URL. `keep`: outlive us."""
        with self._alone():
            url = self._ensure()
            if keep:
                (self.area / "kept").touch()
            if self._users is None:
                self._users = os.open(self.area / "users", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._users, fcntl.LOCK_SH)
        return url

    def leave(self) -> bool:
        """Stop using the server; stop it when nobody else does. Returns whether it was stopped.

        Also right after a `join` that was interrupted half-way.
        """
        if self._users is None and self.child is None:
            return False
        with self._alone():
            if self._users is None:
                self._users = os.open(self.area / "users", os.O_RDWR | os.O_CREAT, 0o600)
            last = self._sole_user(self._users) and not (self.area / "kept").exists()
            if last:
                self._stop()
            os.close(self._users)
            self._users = None
        return last

    def running(self) -> bool:
        """Whether the server's process is alive (a zombie is not)."""
        if self.child is not None and self.child.poll() is None:
            return True
        return self._process() == "postgres"

    def stop(self) -> bool:
        """Stop the server whoever uses it. Returns False when it was not running."""
        with self._alone():
            (self.area / "kept").unlink(missing_ok=True)
            return self._stop()

    def reset(self) -> None:
        """Stop the server and delete its data; raises PostgresError while another process uses it."""
        with self._alone():
            users = os.open(self.area / "users", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if not self._sole_user(users):
                    raise PostgresError(
                        "The database is in use by another `make run` or `make shell`; stop that first."
                    )
                self._stop()
                (self.area / "kept").unlink(missing_ok=True)
                if self.cluster.exists():
                    shutil.rmtree(self.cluster)
            finally:
                os.close(users)

    def url(self) -> str:
        """The libpq address of the portal's database on this server."""
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={self.socket_dir}"

    @property
    def programs(self) -> Programs:
        """The server's programs, copied to where its account may run them if need be."""
        if self._programs is None:
            home = self.area if self.durable else default_area()
            self._programs = find_programs(CHECKOUT).runnable_by(self.account, home)
        return self._programs

    @property
    def socket_dir(self) -> Path:
        """A directory whose name is short and plain enough for a socket and for a libpq address."""
        near = self.area / "run"
        if len(os.fsencode(near / ".s.PGSQL.5432")) <= SOCKET_LIMIT and re.fullmatch(r"[\w./+-]+", str(near), re.ASCII):
            return near
        digest = hashlib.sha256(f"{os.geteuid()}:{self.area}".encode()).hexdigest()[:12]
        return Path("/tmp") / f"whatworks-{digest}"

    # -- one at a time -------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.area.mkdir(parents=True, exist_ok=True)
            if self.area.stat().st_uid != os.geteuid():
                raise PostgresError(f"{self.area} belongs to another user; run as that user or set WHATWORKS_DATA_DIR.")
            if self.account:
                self.area.chmod(0o755)
            lock = os.open(self.area / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise PostgresError(f"Cannot write to {self.area}: {error.strerror}.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    @staticmethod
    def _sole_user(users: int) -> bool:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    # -- starting ------------------------------------------------------------------------------------------------

    def _ensure(self) -> str:
        self._private_dir(self.socket_dir)
        if self.child is not None:
            self.child.poll()  # reaps it if it died
        if self._process() == "postgres":
            self._wait_ready(alive=lambda: self._process() == "postgres")
        else:
            self._set_old_version_aside()
            if not self.cluster.exists():
                self._initialise()
            self._start()
        self._create_database()
        return self.url()

    def _private_dir(self, path: Path) -> None:
        owner = self.account.pw_uid if self.account else os.geteuid()
        try:
            path.mkdir(mode=0o700)
            if self.account:
                os.chown(path, owner, self.account.pw_gid)
        except FileExistsError:
            found = path.lstat()
            if path.is_symlink() or not path.is_dir() or found.st_uid != owner or found.st_mode & 0o077:
                raise PostgresError(f"{path} is not a private directory of ours; remove it and start again.") from None

    def _set_old_version_aside(self) -> None:
        marker = self.cluster / "PG_VERSION"
        if not self.cluster.exists():
            return
        found = marker.read_text().strip() if marker.exists() else "unknown"
        if found != str(self.programs.major):
            aside = self.area / f"cluster-{found}-{time.strftime('%Y%m%d-%H%M%S')}"
            self.cluster.rename(aside)
            say(
                f"The data was written by PostgreSQL {found}, this is {self.programs.major}: kept in {aside}, starting empty."
            )

    def _initialise(self) -> None:
        for leftover in self.area.glob("cluster.new*"):
            shutil.rmtree(leftover)
        fresh = self.area / "cluster.new"
        self._private_dir(fresh)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]  # the wheel has no ICU
        if self.programs.major < 17:
            locale = ["--locale=C.UTF-8"]
        speed = [] if self.durable else ["--no-sync"]
        try:
            self._run("initdb", "-D", fresh, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", *locale, *speed)
        except PostgresError:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        fresh.rename(self.cluster)

    def _start(self) -> None:
        self._bury_the_dead()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_dir),
            "unix_socket_permissions": "0700",  # everyone on this socket is trusted
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        arguments = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        log_path = self.area / "server.log"
        with open(log_path, "wb") as log:
            self.child = subprocess.Popen(
                [self.programs.path("postgres"), "-D", self.cluster, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal must reach the web server first, not this
                **self.programs.identity(self.account),
            )
        child = self.child
        self._wait_ready(alive=lambda: child.poll() is None)

    def _bury_the_dead(self) -> None:
        """Let a start pass a pid file whose process is a zombie or somebody else's.

        The file stays, with a process id that cannot exist: its other lines let PostgreSQL itself check that no
        orphan of the old server still uses the memory.
        """
        state = self._process()
        deadline = time.monotonic() + 3  # a zombie was seen to stay for 1.5 s; where nobody reaps it, for ever
        while state in ("dying", "zombie") and time.monotonic() < deadline:
            time.sleep(0.05)
            state = self._process()
        if state in ("dying", "zombie", "other"):
            pid_file = self.cluster / "postmaster.pid"
            lines = pid_file.read_text().splitlines()
            pid_file.write_text("\n".join([str(NO_SUCH_PROCESS), *lines[1:]]) + "\n")

    def _process(self) -> str:
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return "none"
        return process_state(pid, self.cluster)

    def _wait_ready(self, alive) -> None:
        """Wait for an answer to a query from *this* cluster; a pid file or `pg_ctl status` also speaks for the dead."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            answer = self._psql("show data_directory", check=False)
            if answer is not None:
                if Path(answer).resolve() != self.cluster.resolve():
                    raise PostgresError(f"Another cluster ({answer}) answers on {self.socket_dir}.")
                return
            if not alive():
                raise PostgresError(f"PostgreSQL did not start: {self._last_words()}")
            time.sleep(0.05)
        raise PostgresError(f"PostgreSQL did not answer within {READY_SECONDS} s; see {self.area / 'server.log'}.")

    def _last_words(self) -> str:
        lines = (self.area / "server.log").read_text(errors="replace").strip().splitlines()
        worst = [line for line in lines if "FATAL" in line or "PANIC" in line]
        return f"{(worst or lines or ['no message'])[-1]} (log: {self.area / 'server.log'})"

    def _create_database(self) -> None:
        if self._psql(f"select 1 from pg_database where datname = '{DATABASE}'") != "1":
            self._psql(f"create database {DATABASE}")

    # -- stopping ------------------------------------------------------------------------------------------------

    def _stop(self) -> bool:
        if self._process() != "postgres":
            return False
        pid = int((self.cluster / "postmaster.pid").read_text().split()[0])
        for how, patience in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                if self.child is not None:
                    self.child.poll()
                if process_state(pid, self.cluster) not in ("postgres", "dying"):
                    self._tidy()
                    return True
                time.sleep(0.02)
        raise PostgresError(f"PostgreSQL (process {pid}) does not stop.")

    def _tidy(self) -> None:
        if self.child is not None:
            self.child.wait()
        if self.socket_dir.parent != self.area:
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    # -- programs ------------------------------------------------------------------------------------------------

    def _run(self, program: str, *arguments) -> str:
        done = subprocess.run(
            [self.programs.path(program), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            **self.programs.identity(self.account),
        )
        if done.returncode:
            why = (done.stderr or done.stdout).strip().splitlines() or [f"exit status {done.returncode}"]
            errors = [line for line in why if "error" in line.lower() or "FATAL" in line] or why
            raise PostgresError(f"{program} failed: {errors[-1]}")
        return done.stdout.strip()

    def _psql(self, sql: str, *, check: bool = True) -> str | None:
        try:
            return self._run("psql", "-XAtq", "-h", self.socket_dir, "-U", SUPERUSER, "-d", "postgres", "-c", sql)
        except PostgresError:
            if check:
                raise
            return None


@contextlib.contextmanager
def using_server(server: Server) -> Iterator[str]:
    """The URL of a server that is kept alive inside the block."""
    try:
        yield server.join()
    finally:
        server.leave()


@contextlib.contextmanager
def throwaway_server() -> Iterator[str]:
    """The URL of a fresh server for tests: no durability, own directory, stopped and removed at the end."""
    parent, account = Path(tempfile.gettempdir()), service_account()
    if account and not reachable(parent, account):
        parent = Path("/tmp")
    for old in parent.glob(f"{THROWAWAY_PREFIX}*"):
        _remove_if_abandoned(old)
    server = Server(Path(tempfile.mkdtemp(prefix=THROWAWAY_PREFIX, dir=parent)), durable=False)
    try:
        yield server.join()
    finally:
        server.leave()
        shutil.rmtree(server.area, ignore_errors=True)


def _remove_if_abandoned(area: Path) -> None:
    """Remove what a killed test run left behind; a live run holds the lock on `users`."""
    # Another run that starts at the same time may be quicker: then there is nothing left to remove.
    with contextlib.suppress(PostgresError, FileNotFoundError):
        if area.lstat().st_uid != os.geteuid() or not (area / "users").exists():
            return
        Server(area, durable=False).reset()
        shutil.rmtree(area, ignore_errors=True)


def say(line: str) -> None:
    """Tell the person something; standard output is kept for the address."""
    print(line, file=sys.stderr, flush=True)
