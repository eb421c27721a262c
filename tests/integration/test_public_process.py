"""What a process that only answers visitors has loaded."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

VISIT = """
import sys
from wsgiref.util import setup_testing_defaults
from whatworks.wsgi import application

for path in sys.argv[1:]:
    plain, _, query = path.partition("?")
    environ = {"PATH_INFO": plain, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    answers = []
    body = b"".join(application(environ, lambda status, headers, *_: answers.append(status)))
    assert answers == ["200 OK"], (path, answers)
    assert b"<svg" in body or b"</html>" in body, path
print(*sorted({"scipy", "numpy", "docx", "pptx", "lxml"} & set(sys.modules)))
"""
PAGES = [
    "/",
    "/syntheses/",
    "/syntheses/scared-straight-visits-and-offending/",
    "/toolkits/youth-violence/prison-awareness-programmes/",
    "/toolkits/youth-violence/prison-awareness-programmes/studies/",
    "/studies/20001/",
    "/pack/?i=1070v1&s=8001v1",
    "/toolkits/teaching-and-learning/mentoring/cost/?people=100&groups=10&years=1&who=pupil"
    "&uptake_low=40&uptake_likely=50&uptake_high=70&grade1=Tutor&hours1_likely=20&pay1_likely=15",
]


@pytest.mark.usefixtures("network")
def test_visitors_never_make_a_process_load_scipy():
    """It costs a second and 50 MB, and a page shows numbers that were frozen."""
    address = conninfo_to_dict(os.environ["DATABASE_URL"]) | {"dbname": connection.settings_dict["NAME"]}
    done = subprocess.run(
        [sys.executable, "-c", VISIT, *PAGES],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": make_conninfo(**address)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
