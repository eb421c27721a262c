"""The web server's connections end what takes too long."""

import subprocess
import sys

from tests import databases

ASK = """
import os, runpy, psycopg
runpy.run_path("whatworks/gunicorn.py")
print(psycopg.connect(os.environ["DATABASE_URL"]).execute("SHOW statement_timeout").fetchone()[0])
"""


def test_no_statement_of_the_web_server_takes_for_ever():
    done = subprocess.run([sys.executable, "-c", ASK], cwd=databases.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["25s"]
