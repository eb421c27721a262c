"""The portal with the settings of production: it starts, insists on TLS, and its cookies are for this host alone."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

ASK = """
import json, sys
from wsgiref.util import setup_testing_defaults
from whatworks.wsgi import application

def ask(path, **more):
    environ = {"PATH_INFO": path, "HTTP_HOST": "evidence.example.org", **more}
    setup_testing_defaults(environ)
    answers = []
    b"".join(application(environ, lambda status, headers, *_: answers.append([int(status[:3]), headers])))
    status, headers = answers[-1]
    return status, {name.lower(): value for name, value in headers}

tls = {"HTTP_X_FORWARDED_PROTO": "https"}
found = {path: ask(path, **tls) for path in sys.argv[1:]}
found["plain http"] = ask("/")

from centres.message_cookie import HostCookie
from django.http import HttpResponse
from django.test import RequestFactory

request, response = RequestFactory().get("/", secure=True), HttpResponse()
messages = HostCookie(request)
messages.add(20, "Saved.")
messages.update(response)
found["a message"] = 200, {"set-cookie": response.cookies.output(header="")}
json.dump(found, sys.stdout)
"""
PRODUCTION = {
    "WHATWORKS_ADDRESS": "https://evidence.example.org",
    "WHATWORKS_ALLOWED_HOSTS": "evidence.example.org",
    "WHATWORKS_MAIL_URL": "smtp+starttls://mail.example.org",
    "WHATWORKS_MAIL_FROM": "noreply@example.org",
    "WHATWORKS_BEHIND_PROXY": "1",
    "WHATWORKS_SSL_REDIRECT": "1",
    "WHATWORKS_API_CALLS_A_MINUTE": "1",
}
PAGES = ["/", "/accounts/login/", "/admin/", "/no-such-page/", "/api/v1/nothing/", "/api/v1/nothing/more/"]


@pytest.fixture(scope="module")
def answers(django_db_setup):
    """{address: (status, headers)} as the proxy of a real portal gets them."""
    database = conninfo_to_dict(os.environ["DATABASE_URL"]) | {"dbname": connection.settings_dict["NAME"]}
    environment = {name: value for name, value in os.environ.items() if name != "WHATWORKS_DEMO"}
    styles = next((settings.STATIC_ROOT / "css").glob("main.*.css"))
    done = subprocess.run(
        [sys.executable, "-c", ASK, *PAGES, f"/static/css/{styles.name}"],
        cwd=settings.BASE_DIR,
        env=environment | PRODUCTION | {"DATABASE_URL": make_conninfo(**database)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_starts_and_answers(answers):
    assert [answers[page][0] for page in PAGES] == [200, 200, 302, 404, 404, 429]


def test_every_answer_insists_on_tls_and_on_its_type_and_allows_no_frame(answers):
    for path in answers.keys() - {"a message", "plain http"}:
        headers = answers[path][1]
        assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload", path
        assert headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path


def test_plain_http_leads_to_tls(answers):
    status, headers = answers["plain http"]
    assert (status, headers["location"]) == (301, "https://evidence.example.org/")


def test_cookies_are_for_this_host_alone(answers):
    for answer, name in (("/accounts/login/", "__Host-csrf"), ("a message", "__Host-messages")):
        cookie = answers[answer][1]["set-cookie"].strip()
        assert cookie.startswith(f"{name}=")
        assert {"Secure", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "set-cookie" not in answers["/"][1]
