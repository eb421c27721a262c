"""On PYTHONPATH, gives a process a clock that is wrong by as many seconds as the file DRILL_CLOCK says at that moment."""

import datetime
import os
import time

from django.utils import timezone

_true = time.time


def _wrong_by():
    with open(os.environ["DRILL_CLOCK"]) as file:
        return float(file.read() or 0)


def _now():
    return datetime.datetime.fromtimestamp(time.time(), datetime.UTC)


time.time = lambda: _true() + _wrong_by()
timezone.now = _now
