"""The launcher, with real servers in directories of their own. Each case is a failure that was met once."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from whatworks.embedded_postgres import programs as pg_programs
from whatworks.embedded_postgres import server as pg_server
from whatworks.embedded_postgres.place import CHECKOUT, PostgresError, reachable
from whatworks.embedded_postgres.server import Server, throwaway_server

JOIN_AND_WAIT = """
import sys, time
from pathlib import Path
from whatworks.embedded_postgres.server import Server
server = Server(Path(sys.argv[1]), durable=False)
server.join()
print((server.cluster / "postmaster.pid").read_text().split()[0], flush=True)
sys.stdin.read()
server.leave()
"""


@pytest.fixture
def area():
    """A place the server's account can reach. pytest's own are private, and root's server runs as `nobody`."""
    with tempfile.TemporaryDirectory(prefix="launcher-") as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder, "postgres"))
        yield server.area
        server.stop()


def query(url, sql):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def pid_of(server):
    return int((server.cluster / "postmaster.pid").read_text().split()[0])


def gone(pid):
    return pg_programs.process_state(pid, Path("/")) in ("none", "zombie")


def another_process(area):
    """Another process that uses the server until its standard input is closed."""
    command = [sys.executable, "-c", JOIN_AND_WAIT, str(area)]
    return subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_it_starts_answers_and_stops(area):
    server = Server(area, durable=False)
    url = server.join()
    assert query(url, "select current_database()") == "whatworks"
    pid = pid_of(server)
    assert server.leave() is True
    assert gone(pid)
    assert not server.running()


def test_settings_the_portal_relies_on(area):
    server = Server(area)
    url = server.join()
    assert query(url, "show timezone") == "UTC"
    assert query(url, "show listen_addresses") == ""
    assert query(url, "show fsync") == "on"
    assert query(url, "show server_encoding") == "UTF8"
    assert query(url, "select upper('ŵ')") == "Ŵ"
    assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.cluster.stat().st_mode) == 0o700
    server.leave()


def test_two_first_starts_at_once_give_one_server(area):
    processes = [another_process(area) for _ in range(2)]
    pids = {process.stdout.readline() for process in processes}
    for process in processes:
        process.communicate("")
        assert process.returncode == 0
    assert len(pids) == 1
    assert gone(int(pids.pop()))


def test_the_last_to_leave_stops_it(area):
    first, second = Server(area, durable=False), Server(area, durable=False)
    assert first.join() == second.join()
    pid = pid_of(first)
    assert first.leave() is False
    assert second.running()
    assert second.leave() is True
    assert not first.running()
    assert gone(pid)


def test_it_has_not_stopped_while_it_is_dying(area, monkeypatch):
    server = Server(area, durable=False)
    server.join()
    answers = ["postgres", "dying", "dying", "zombie"]
    monkeypatch.setattr(pg_server, "process_state", lambda *asked: answers.pop(0) if answers else "none")
    assert server.leave() is True
    assert answers == []


def test_a_process_without_a_command_is_dying(monkeypatch, tmp_path):
    monkeypatch.setattr(pg_programs, "Path", lambda path: tmp_path / Path(path).relative_to("/proc"))
    for pid, status in ((1, "R"), (2, "Z"), ("self", "R")):
        (tmp_path / str(pid)).mkdir()
        (tmp_path / str(pid) / "stat").write_text(f"{pid} (postgres) {status} 1")
        (tmp_path / str(pid) / "cmdline").write_bytes(b"")
    assert pg_programs.process_state(1, Path("/x")) == "dying"
    assert pg_programs.process_state(2, Path("/x")) == "zombie"


def test_a_killed_user_does_not_count_and_its_server_is_adopted(area):
    killed = another_process(area)
    pid = int(killed.stdout.readline())
    killed.kill()
    killed.communicate()
    server = Server(area, durable=False)
    server.join()
    assert pid_of(server) == pid
    assert server.leave() is True


def test_kept_by_start_until_stop(area):
    server = Server(area, durable=False)
    server.join(keep=True)
    assert server.leave() is False
    assert Server(area, durable=False).running()
    assert server.stop() is True
    assert server.stop() is False


def test_a_killed_server_comes_back_with_what_was_committed(area):
    server = Server(area)
    url = server.join()
    query(url, "create table kept as select generate_series(1, 1000)")
    os.kill(pid_of(server), signal.SIGKILL)
    deadline = time.monotonic() + 10
    while server.running() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not server.running()
    assert query(server.join(), "select count(*) from kept") == 1000
    server.leave()


@pytest.mark.parametrize("holder", ["zombie", "stranger"])
def test_a_pid_file_that_speaks_for_the_dead_blocks_nothing(area, holder):
    server = Server(area, durable=False)
    server.join()
    lines = (server.cluster / "postmaster.pid").read_text().splitlines()
    server.leave()
    # Of the server's own account: PostgreSQL passes over a process it may not even ask about.
    account = {"user": server.account.pw_uid} if server.account else {}
    child = subprocess.Popen(["sleep", "60"] if holder == "stranger" else ["true"], **account)
    if holder == "zombie":
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    pid_file = server.cluster / "postmaster.pid"
    pid_file.write_text("\n".join([str(child.pid), *lines[1:]]) + "\n")
    assert query(server.join(), "select 1") == 1
    assert pid_of(server) != child.pid
    server.leave()
    child.kill()
    child.wait()


def test_a_start_that_broke_off_is_begun_again(area):
    area.mkdir()
    (area / "cluster.new").mkdir(mode=0o700)
    (area / "cluster.new" / "PG_VERSION").write_text("18\n")
    server = Server(area, durable=False)
    assert query(server.join(), "select 1") == 1
    assert not (area / "cluster.new").exists()
    server.leave()


def test_data_of_another_major_version_is_set_aside_not_lost(area, capsys):
    server = Server(area, durable=False)
    server.join()
    server.leave()
    (server.cluster / "PG_VERSION").write_text("14\n")
    assert query(server.join(), "select 1") == 1
    aside = list(area.glob("cluster-14-*"))
    assert len(aside) == 1
    assert (aside[0] / "base").is_dir()
    assert str(aside[0]) in capsys.readouterr().err
    server.leave()


def test_a_server_that_cannot_start_says_why_in_one_line(area):
    server = Server(area, durable=False)
    server.join()
    server.leave()
    (server.cluster / "global" / "pg_control").unlink()
    with pytest.raises(PostgresError, match="pg_control") as caught:
        server.join()
    assert "\n" not in str(caught.value)
    server.leave()


@pytest.mark.parametrize("name", ["long" * 30, "a comma, and a space"])
def test_a_long_or_odd_path_gets_a_short_private_socket(area, name):
    server = Server(area / name, durable=False)
    assert query(server.join(), "select 1") == 1
    assert len(str(server.socket_dir)) < 40
    assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700
    server.leave()
    assert not server.socket_dir.exists()


def test_a_socket_directory_open_to_others_is_refused(area):
    server = Server(area / ("long" * 30), durable=False)
    server.socket_dir.mkdir(mode=0o755)
    server.socket_dir.chmod(0o755)
    if server.account:
        os.chown(server.socket_dir, server.account.pw_uid, server.account.pw_gid)
    try:
        with pytest.raises(PostgresError, match="private"):
            server.join()
    finally:
        server.socket_dir.rmdir()


def test_reset_refuses_while_another_uses_it_and_then_deletes(area):
    user = Server(area, durable=False)
    user.join()
    with pytest.raises(PostgresError, match="in use"):
        Server(area, durable=False).reset()
    assert user.running()
    user.leave()
    Server(area, durable=False).reset()
    assert not user.cluster.exists()


def test_throwaway_leaves_nothing_and_clears_up_after_a_killed_one():
    with throwaway_server() as url:
        assert query(url, "show fsync") == "off"
        place = Path(url.partition("host=")[2]).parent
        abandoned = Path(tempfile.mkdtemp(prefix=pg_server.THROWAWAY_PREFIX))
        (abandoned / "users").touch()
        with throwaway_server() as second:
            assert second != url
            assert not abandoned.exists()
        assert query(url, "select 1") == 1
    assert not place.exists()


def test_the_command_line(area):
    environment = {**os.environ, "WHATWORKS_DATA_DIR": str(area.parent)}

    def call(*words):
        command = [sys.executable, "-m", "whatworks.embedded_postgres", *words]
        return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)

    assert call("status").returncode == 3
    started = call("start")
    assert started.returncode == 0
    assert query(started.stdout.strip(), "select 1") == 1
    assert call("psql", "-XAtc", "select 6 * 7").stdout.strip() == "42"
    assert call("status").returncode == 0
    assert call("stop").returncode == 0
    assert call("reset").returncode == 0
    assert not Path(area, "cluster").exists()


def test_pg_bin_dir_comes_first_and_a_missing_program_is_named(monkeypatch, tmp_path):
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 17.4'\n")
    (tmp_path / "postgres").chmod(0o755)
    monkeypatch.setenv("PG_BIN_DIR", str(tmp_path))
    programs = pg_programs.find_programs(CHECKOUT)
    assert (programs.major, programs.version) == (17, "17.4")
    with pytest.raises(PostgresError, match="initdb is missing"):
        programs.path("initdb")


def test_a_server_too_old_is_passed_over(monkeypatch, tmp_path):
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 13.9'\n")
    (tmp_path / "postgres").chmod(0o755)
    monkeypatch.setenv("PG_BIN_DIR", str(tmp_path))
    assert pg_programs.find_programs(CHECKOUT).directory != tmp_path


def test_what_counts_as_reachable(tmp_path):
    account = pwd.getpwnam("nobody")
    if os.geteuid() == account.pw_uid:
        pytest.skip("the account itself runs the tests")
    tmp_path.chmod(0o700)
    assert not reachable(tmp_path / "not" / "there", account)
    assert reachable(Path("/usr/bin"), account)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs the copy")
def test_programs_out_of_reach_are_copied_where_their_account_can_run_them(area, tmp_path):
    area.mkdir()
    account = pwd.getpwnam("nobody")
    found = pg_programs.find_programs(CHECKOUT)
    tmp_path.chmod(0o700)
    hidden = tmp_path / "site-packages"
    root = found.directory.parents[2]
    hidden.mkdir()
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        (hidden / part).symlink_to(root / part)
    programs = pg_programs.Programs(hidden / "embedded_postgres" / "pginstall" / "bin", found.version)
    copied = programs.runnable_by(account, area)
    assert copied.directory.is_relative_to(area)
    answer = subprocess.run([copied.path("initdb"), "--version"], capture_output=True, **copied.identity(account))
    assert answer.returncode == 0
