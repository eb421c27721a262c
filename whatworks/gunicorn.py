"""gunicorn's configuration: `gunicorn -c whatworks/gunicorn.py whatworks.wsgi`. Read once by the web process."""

import os

from gunicorn.http import message, wsgi

bind = os.environ.get("WHATWORKS_BIND") or "127.0.0.1:8000"
worker_class = "gthread"
workers = int(os.environ.get("WHATWORKS_WORKERS") or 2)
threads = 4  # as many as the database pool of a worker holds
timeout = 30
graceful_timeout = 20
keepalive = 5
preload_app = False  # the database pool's threads do not survive the fork

# A search address may be long, and the answer to a silly one is a page that helps. gunicorn would say a bare
# "400" from 8,190 bytes on, or else take any length at all.
limit_request_line = message.MAX_REQUEST_LINE = 32_768

# gunicorn has no setting against telling everybody what it is.
_named = wsgi.Response.default_headers


def _nameless(response):
    return [line for line in _named(response) if not line.lower().startswith("server:")]


wsgi.Response.default_headers = _nameless

# It would lie in HOME, which may be read-only or somebody else's.
control_socket_disable = True

# A worker's heartbeat file must not wait for a disk.
if os.path.isdir("/dev/shm"):
    worker_tmp_dir = "/dev/shm"
