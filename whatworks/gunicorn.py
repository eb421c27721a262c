"""gunicorn's configuration: `gunicorn -c whatworks/gunicorn.py whatworks.wsgi`. Read once by the web process."""

import importlib
import os

from gunicorn import glogging
from gunicorn.http import message, wsgi

bind = os.environ.get("WHATWORKS_BIND") or "127.0.0.1:8000"
worker_class = "gthread"
workers = int(os.environ.get("WHATWORKS_WORKERS") or 2)
threads = 4  # as many as the database pool of a worker holds
timeout = 30
graceful_timeout = 20
keepalive = 5
preload_app = False  # the database pool's threads do not survive the fork

# What writes packs is loaded here, once for all workers, who share its memory: the first pack that a worker is asked for would
# else wait for it. The typesetter is only loaded: it starts threads when it works, which do not survive the fork.
if (os.environ.get("WHATWORKS_SITE") or "both") != "editorial":
    for name in ("docx", "pptx", "typst", "xlsxwriter"):
        importlib.import_module(name)

# A search address may be long, and the answer to a silly one is a page that helps. gunicorn would say a bare
# "400" from 8,190 bytes on, or else take any length at all.
limit_request_line = message.MAX_REQUEST_LINE = 32_768

# The database ends what takes so long, so that a few slow questions do not hold every connection: gunicorn's own time
# is for a worker, not for a request. `options` in DATABASE_URL go before it; set it to nothing for a pooler that takes none.
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=25s")

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


class JSONLines(glogging.Logger):
    """gunicorn's own lines in the form of all the others. It writes none about requests: those would have addresses."""

    def setup(self, cfg):
        """As gunicorn does, then our form."""
        from whatworks.logs import AsJSON

        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(AsJSON())


# As settings.py decides it, before there are settings.
_demo = (os.environ.get("WHATWORKS_DEMO") or "0").strip().lower() in {"1", "true", "yes", "on"}
if (os.environ.get("WHATWORKS_LOG") or ("text" if _demo else "json")) == "json":
    logger_class = JSONLines

if (os.environ.get("WHATWORKS_METRICS_PORT") or "0") != "0":
    _beside = []

    def on_starting(server):
        """Make the place where the workers count, empty."""
        from whatworks import counting

        counting.begin(os.environ.get("WHATWORKS_DATA_DIR") or ".data")

    def when_ready(server):
        """Start the process that Prometheus asks."""
        from whatworks import counting

        _beside.append(counting.start_server())

    def on_exit(server):
        """Stop it."""
        for process in _beside:
            process.terminate()
            process.wait(timeout=10)
