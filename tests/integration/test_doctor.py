"""`manage.py doctor` names each thing that is wrong with a deployment, and says how to mend it."""

import io
import json
import os
import time

import pytest
from django.core.management import call_command
from django.db import connection

from toolkits import heartbeat
from whatworks.doctor import FAULT, OK, SKIPPED, WARNING, configuration, database, machine
from whatworks.doctor.examination import examine

GOOD = {
    "DEMO": False,
    "ADDRESS": "https://evidence.example.org",
    "ALLOWED_HOSTS": ["evidence.example.org"],
    "SECRET_KEY": "aB3$dE6^gH9*jK1!mN4%pQ7&sT0)vW2@yZ5(cF8-hL+xR=uO~iX",
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SESSION_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_SSL_REDIRECT": True,
    "SECURITY_CONTACT": "mailto:security@example.org",
    "CONTACT": "mailto:evidence@example.org",
    "EMAIL_HOST": "mail.example.org",
    "EMAIL_USE_TLS": True,
}
SETTINGS = (
    *(configuration.demonstration, configuration.debug, configuration.secret_key, configuration.hosts),
    *(configuration.transport, configuration.encryption, configuration.contact),
)


def worst(findings):
    return {finding.name: finding.state for finding in findings if finding.state != OK}


@pytest.fixture
def deployment(settings):
    """The settings of a deployment that has nothing wrong."""
    for name, value in GOOD.items():
        setattr(settings, name, value)
    return settings


def test_good_settings_pass(deployment):
    assert worst(finding for check in SETTINGS for finding in check()) == {}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEMO", True, {"demonstration": FAULT}),
        ("DEBUG", True, {"debug": FAULT}),
        ("SECRET_KEY", "a" * 60, {"secret key": FAULT}),
        ("SECRET_KEY", "aB3$dE6^gH9*jK1!m", {"secret key": FAULT}),
        ("ALLOWED_HOSTS", ["other.example.org"], {"host names": FAULT}),
        ("ALLOWED_HOSTS", ["*"], {"host names": FAULT}),
        ("ALLOWED_HOSTS", [".example.org"], {}),
        ("ADDRESS", "http://evidence.example.org", {"https": FAULT}),
        ("SECURE_HSTS_SECONDS", 60, {"hsts": WARNING}),
        ("SECURE_PROXY_SSL_HEADER", None, {"proxy": FAULT}),
        ("SECURE_SSL_REDIRECT", False, {"redirect to https": WARNING}),
        ("SESSION_COOKIE_SECURE", False, {"cookies": FAULT}),
        ("SECURITY_CONTACT", "", {"security contact": WARNING}),
        ("CONTACT", "", {"readers' contact": WARNING}),
        ("EMAIL_USE_TLS", False, {"mail server's TLS": WARNING}),
    ],
)
def test_each_wrong_setting_is_named(deployment, name, value, expected):
    setattr(deployment, name, value)
    findings = [finding for check in SETTINGS for finding in check()]
    assert worst(findings) == expected
    assert all(finding.mend for finding in findings if finding.state != OK)


@pytest.mark.parametrize(
    ("host", "mode", "expected"),
    [
        ("db.example.org", "prefer", {"database's TLS": WARNING}),
        ("db.example.org", "verify-full", {}),
        ("127.0.0.1", "prefer", {}),
    ],
)
def test_a_database_elsewhere_is_to_show_its_certificate(deployment, monkeypatch, host, mode, expected):
    monkeypatch.setitem(deployment.DATABASES["default"], "HOST", host)
    monkeypatch.setitem(deployment.DATABASES["default"], "OPTIONS", {"sslmode": mode})
    assert worst(configuration.encryption()) == expected


def test_the_database_of_the_tests_is_in_order_but_for_its_role(network):
    for check in (database.reachable, database.version, database.encoding, database.migrations, database.triggers):
        assert worst(check()) == {}, check
    assert worst(database.clock()) == {}
    assert worst(database.content()) == {}


def test_a_trigger_that_is_off_is_found(network):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE toolkits_publishedversion DISABLE TRIGGER USER")
    (finding,) = database.triggers()
    assert finding.state == FAULT
    assert "toolkits_publishedversion" in finding.found


def test_a_clock_that_is_wrong_is_found(network, monkeypatch):
    right = time.time
    monkeypatch.setattr(time, "time", lambda: right() + 60)
    assert worst(database.clock()) == {"clock": FAULT}


def test_the_runner_is_seen_while_it_works(network):
    assert worst(database.runner()) == {"runner": FAULT}
    heartbeat.beat([], clock=lambda: time.time() - 3600)
    assert worst(database.runner()) == {"runner": FAULT}
    call_command("runner", "--once")
    assert worst(database.runner()) == {}
    assert "turn_the_day" in heartbeat.read().duties


def test_copies_are_to_be_fresh(settings, tmp_path):
    assert worst(machine.backups()) == {"copies": SKIPPED}
    settings.BACKUP_DIR = str(tmp_path)
    assert worst(machine.backups()) == {"copies": FAULT}
    copy = tmp_path / "portal.dump"
    copy.write_bytes(b"x")
    assert worst(machine.backups()) == {}
    os.utime(copy, (0, time.time() - 48 * 3600))
    assert worst(machine.backups()) == {"copies": FAULT}


def test_welsh_pages_without_their_words_are_a_fault(settings, tmp_path):
    settings.LOCALE_PATHS, settings.BASE_DIR = [tmp_path / "build"], tmp_path
    assert worst(machine.words()) == {"Welsh words": FAULT}
    for place, ending in (("locale", "po"), ("build", "mo")):
        file = tmp_path.joinpath(place, "cy", "LC_MESSAGES", f"django.{ending}")
        file.parent.mkdir(parents=True)
        file.touch()
    assert worst(machine.words()) == {}
    os.utime(tmp_path / "build" / "cy" / "LC_MESSAGES" / "django.mo", (0, 0))
    assert worst(machine.words()) == {"Welsh words": WARNING}


def test_a_data_folder_that_is_not_there_and_mail_into_files_are_faults(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "none"
    assert worst(machine.data_folder()) == {"data folder": FAULT}
    settings.EMAIL_BACKEND = "centres.mail.Files"
    assert worst(configuration.mail(connect=True)) == {"mail": FAULT}


def test_mail_is_asked_only_when_told_to(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.DEFAULT_FROM_EMAIL = "127.0.0.1", 9, "a@example.org"
    assert worst(configuration.mail(connect=False)) == {"mail": SKIPPED}
    (finding,) = configuration.mail(connect=True)
    assert (finding.state, "127.0.0.1:9" in finding.found) == (FAULT, True)


def test_a_database_that_is_away_is_one_fault_and_the_rest_is_not_guessed(deployment, db, monkeypatch):
    def away():
        yield database.fault("database", "No answer", "Start it")

    away.__name__ = "reachable"
    monkeypatch.setattr(database, "reachable", away)
    states = {finding.name: finding.state for finding in examine()}
    assert (states["database"], states["migrations"], states["runner"]) == (FAULT, SKIPPED, SKIPPED)


def test_the_command_ends_with_1_and_gives_json(network):
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json", stdout=said)
    assert ended.value.code == 1
    answer = json.loads(said.getvalue())
    assert answer["counts"]["fault"] == sum(finding["state"] == "fault" for finding in answer["findings"])
    assert {"name", "state", "found", "mend"} == set(answer["findings"][0])
