"""How log lines are written: JSON for machines, text for people; neither has a reader's address or what they asked for.

Imports no Django at its head: gunicorn writes its own lines by it before there are settings.
"""

import datetime
import json
import logging
import threading
import time
import traceback

PAUSE = 600  # seconds between two mails about errors, of one process


_in_json = json.JSONEncoder(ensure_ascii=False, default=str).encode  # `json.dumps` would make one for each line


class WithoutReader(logging.Filter):
    """Takes the path of a request out of Django's own messages (`Not Found: /follow/KEY/`): the route stands for it."""

    def filter(self, record):
        request = getattr(record, "request", None)
        if request is not None:
            from toolkits.public.kept.note import KEY

            match, environ = getattr(request, "resolver_match", None), getattr(request, "environ", {})
            note = environ.get(KEY)
            record.route = match.view_name if match else "none"
            record.request_id = note.request_id if note else ""
            message = record.getMessage()
            for address in (request.get_full_path(), request.path):
                message = message.replace(address, record.route)
            record.msg, record.args = message, ()
        return True


class AsJSON(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, and the facts of the record."""

    def format(self, record):
        line = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        for name in ("request_id", "route"):
            if hasattr(record, name):
                line[name] = getattr(record, name)
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return _in_json(line)


class ErrorMail(logging.Handler):
    """Mails errors to whoever runs the portal: the message, the route, the request's id and where it happened.

    Unlike Django's, it sends nothing of the request: no form, no cookie, no address. A storm of errors is one mail in ten
    minutes from each process, which says how many were left out.
    """

    def __init__(self, to, clock=time.monotonic):
        """`to` are e-mail addresses; `clock()` gives seconds that only go forward."""
        super().__init__(level=logging.ERROR)
        self._to = to
        self._clock = clock
        self._next = 0.0
        self._left_out = 0
        self._mailing = threading.local()
        self.addFilter(WithoutReader())

    def emit(self, record):
        """Send the mail; what goes wrong with that is said on standard error, and stops nothing."""
        if getattr(self._mailing, "now", False):
            return
        now = self._clock()
        if now < self._next:
            self._left_out += 1
            return
        self._next, left_out, self._left_out = now + PAUSE, self._left_out, 0
        self._mailing.now = True
        try:
            self._send(record, left_out)
        except Exception:
            self.handleError(record)
        finally:
            self._mailing.now = False

    def _send(self, record, left_out):
        from django.core.mail import EmailMessage

        where = "".join(traceback.format_tb(record.exc_info[2])) if record.exc_info else ""
        kind = record.exc_info[0].__name__ if record.exc_info else record.levelname
        lines = [
            record.getMessage(),
            f"route: {getattr(record, 'route', '') or '-'}",
            f"request id: {getattr(record, 'request_id', '') or '-'}",
            f"logger: {record.name}",
            f"errors not mailed since the last mail: {left_out}",
            "",
            f"{kind}\n{where}",
        ]
        subject = " ".join(f"[portal] {kind}: {record.getMessage()}".split())[:120]
        EmailMessage(subject, "\n".join(lines), to=self._to).send()


def configuration(*, form, error_mail=()):
    """Django's LOGGING. `form` is `json` or `text`; `error_mail` are the addresses that errors are mailed to."""
    handlers = {"stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ["without_reader"]}}
    if error_mail:
        handlers["mail"] = {"()": "whatworks.logs.ErrorMail", "to": list(error_mail)}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_reader": {"()": "whatworks.logs.WithoutReader"}},
        "formatters": {
            "text": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "json": {"()": "whatworks.logs.AsJSON"},
        },
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": "INFO"},
        "loggers": {
            # Without Django's own mail to ADMINS, which would hold the whole request.
            "django": {"handlers": [], "level": "INFO"},
            # What is refused or not found has its line already, with its status.
            "django.request": {"level": "ERROR"},
            # What is wrong in a file is told to whoever brought it, and is no fault of the portal.
            "bibtexparser": {"level": "CRITICAL"},
        },
    }
