"""The set-up's parts: steps, stamps, trouble in one line, environments."""

import ast
import errno
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from whatworks.setup import commands, environment, paths, steps
from whatworks.setup.steps import DISK_FULL, Stamp, Trouble

SETUP = paths.CHECKOUT / "whatworks" / "setup"


# -- what runs before there is an environment ------------------------------------------------------------------------


def test_only_the_standard_library_is_needed():
    files = [*SETUP.glob("*.py"), *(paths.CHECKOUT / "whatworks" / "embedded_postgres").glob("*.py")]
    files.remove(SETUP / "prepare.py")  # run by the environment's Python
    known = sys.stdlib_module_names | {"whatworks"}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= known, path
            elif isinstance(node, ast.ImportFrom):
                assert node.module.split(".")[0] in known, path


def test_an_old_python_can_read_the_file_that_tells_it_so():
    source = (SETUP / "__main__.py").read_text()
    ast.parse(source, feature_version=(3, 4))
    first_own_import = source.index("from whatworks")
    assert source.index("sys.version_info") < first_own_import


def test_make_has_a_target_for_every_command():
    makefile = (paths.CHECKOUT / "Makefile").read_text()
    named = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    assert named == {*commands.COMMANDS, "help"}


# -- steps -----------------------------------------------------------------------------------------------------------


def test_a_step_says_what_and_how_long(capsys):
    with steps.step("Something") as notes:
        notes.append("with care")
    assert re.fullmatch(r"  Something \.{3,} \(with care\) \d+\.\d s\n", capsys.readouterr().out)


def test_a_failing_step_says_so(capsys):
    with pytest.raises(ZeroDivisionError), steps.step("Something"):
        1 / 0  # noqa: B018
    assert capsys.readouterr().out == "  Something ... failed\n"


def test_a_full_disk_is_named():
    with pytest.raises(Trouble, match="disk is full"), steps.step("Something"):
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("npm error code ENOTFOUND", "No connection"),
        ("error: Failed to fetch: dns error", "No connection"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "download was broken"),
        ("npm error code EINTEGRITY", "download was broken"),
        ("npm error code EACCES", "could not be written"),
    ],
)
def test_what_a_tool_says_becomes_advice(output, advice, tmp_path):
    assert advice in steps.diagnose(output, tmp_path, fetching=True)


def test_a_database_that_refuses_is_no_registry_out_of_reach(tmp_path):
    assert steps.diagnose("connection to server failed: Connection refused", tmp_path) is None


def test_a_disk_too_full_for_the_message(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "LITTLE_SPACE", 10**18)
    assert steps.diagnose("", tmp_path) == DISK_FULL


def test_a_failing_program_becomes_trouble_with_its_last_lines(tmp_path):
    log = tmp_path / "tool.log"
    with pytest.raises(Trouble, match="status 3") as caught:
        steps.call([sys.executable, "-c", "print('why it failed'); raise SystemExit(3)"], log)
    assert "why it failed" in str(caught.value)
    assert "why it failed" in log.read_text()


def test_a_program_that_is_not_there(tmp_path):
    with pytest.raises(Trouble, match="nowhere cannot be run"):
        steps.call([tmp_path / "nowhere"], tmp_path / "tool.log")


def set_up_with_tool(folder, script):
    """A set-up one of whose steps is a shell script."""
    program = f"""
from pathlib import Path
from whatworks.setup import commands, steps
tool = ["sh", "-c", {script!r}]
commands.COMMANDS["lint"] = (lambda: steps.call(tool, Path({str(folder / "log")!r})), "")
commands.main()
"""
    return subprocess.Popen([sys.executable, "-c", program, "lint"], cwd=paths.CHECKOUT)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux's kernel tells a child")
def test_a_killed_set_up_leaves_no_tool_at_work(tmp_path):
    pid_file = tmp_path / "child"
    setup = set_up_with_tool(tmp_path, f"echo $$ > {pid_file}.new; mv {pid_file}.new {pid_file}; exec sleep 60")
    wait_for(pid_file.exists)
    setup.kill()
    setup.wait()
    wait_for(lambda: not alive(int(pid_file.read_text())))


def test_stopping_the_set_up_stops_what_a_tool_started(tmp_path):
    pid_file = tmp_path / "grandchild"
    setup = set_up_with_tool(tmp_path, f"sleep 60 & echo $! > {pid_file}.new; mv {pid_file}.new {pid_file}; wait")
    wait_for(pid_file.exists)
    setup.send_signal(signal.SIGTERM)
    assert setup.wait(10) == 128 + signal.SIGTERM
    wait_for(lambda: not alive(int(pid_file.read_text())))


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_stamps_keep_other_facts_and_survive_damage(tmp_path):
    stamp = Stamp(tmp_path / "stamp.json")
    assert stamp.read() == {}
    stamp.write(one="1")
    stamp.write(two="2")
    assert stamp.read() == {"one": "1", "two": "2"}
    stamp.path.write_text("[half a fi")
    assert stamp.read() == {}
    assert list(tmp_path.iterdir()) == [stamp.path]


def test_a_digest_changes_with_content_and_with_name(tmp_path):
    path = tmp_path / "a"
    path.write_text("x")
    first = steps.digest([path])
    path.write_text("y")
    second = steps.digest([path])
    third = steps.digest([path.rename(tmp_path / "b")])
    assert len({first, second, third}) == 3


# -- environment, secret ---------------------------------------------------------------------------------------------


def test_a_broken_environment_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setenv("WHATWORKS_DATA_DIR", str(tmp_path))
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    assert environment.is_made(venv, {"place": str(venv)})
    assert not environment.is_made(venv, {"place": "/somewhere/else"})
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").symlink_to("/nowhere/python")
    assert not environment.is_made(venv, {"place": str(venv)})


def test_the_signing_secret_is_made_once_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.setenv("WHATWORKS_DATA_DIR", str(tmp_path))
    secret = paths.signing_secret()
    assert len(secret) >= 50
    assert paths.signing_secret() == secret
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_data_directory_that_takes_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("WHATWORKS_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(Trouble, match="WHATWORKS_DATA_DIR"):
        paths.make_data_dir()


def test_an_installation_broken_off_is_begun_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("WHATWORKS_DATA_DIR", str(tmp_path))
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)

    def broken_off(*words):
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "run_installer", broken_off)
    with pytest.raises(KeyboardInterrupt):
        environment.install(venv, tmp_path / "lock.txt", "python")
    assert not environment.is_made(venv, {})
    monkeypatch.setattr(environment, "run_installer", lambda *words: "uv")
    assert environment.install(venv, tmp_path / "lock.txt", "python") == "uv"
    assert environment.is_made(venv, {})
