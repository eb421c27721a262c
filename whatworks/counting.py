"""Where the web workers count, and the process that is asked for the sums: told to them by gunicorn.

Apart from `metrics`, because prometheus_client reads when it is imported where to count.
"""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path


def folder(data_dir):
    """Where the workers of this machine count: containers may share a data folder, and number their processes alike."""
    return Path(data_dir) / "metrics" / socket.gethostname()


def begin(data_dir):
    """Empty the folder and tell the processes that are started from now on where it is. Before any worker starts."""
    place = folder(data_dir)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(place)


def start_server():
    """Start `manage.py metrics` as a child process; returns it."""
    return subprocess.Popen([sys.executable, "manage.py", "metrics"], stdin=subprocess.DEVNULL)
