"""Writing a frozen copy: every answer first, as it is, then the links between them; in its place only when whole."""

import json
import os
import shutil
from collections import Counter, deque
from contextlib import closing
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.template import loader
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.freezing.addresses import NOT_KEPT, file_of
from toolkits.freezing.pages import Rewriter, leading_to, links_in, own_address, relative

MARK = "frozen.json"
MISSING = "/no-such-page/"
REDIRECTS = {301, 302, 307, 308}
EVERY = 500  # answers between two signs of life


class NotWritten(Exception):
    """Why there is no copy, and what to do."""


class Frozen:
    """A copy that is being written into `folder`. `scope` is an addresses.Scope."""

    def __init__(self, folder, scope, tell):
        self.folder, self.scope, self.tell = folder, scope, tell
        self.site = settings.ADDRESS.rstrip("/")
        self.application = WSGIHandler()
        self.files, self.types, self.redirects = {}, {}, {}
        self.statuses, self.broken = Counter(), {}

    def ask(self, address):
        """(status, headers by lower-case name, body) of what the portal answers."""
        site, parts, said = urlsplit(self.site), urlsplit(address), []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
            "QUERY_STRING": parts.query,
            "HTTP_HOST": site.netloc,
            "SERVER_NAME": site.hostname,
            "wsgi.url_scheme": site.scheme,
        }
        if settings.SECURE_PROXY_SSL_HEADER and site.scheme == "https":
            environ[settings.SECURE_PROXY_SSL_HEADER[0]] = settings.SECURE_PROXY_SSL_HEADER[1]
        setup_testing_defaults(environ)
        answer = self.application(environ, lambda status, headers, _error=None: said.extend((status, headers)))
        with closing(answer):
            body = b"".join(answer)
        return int(said[0][:3]), {name.lower(): value for name, value in said[1]}, body

    def crawl(self):
        """Keep the answer to every address of the scope; nothing is rewritten yet."""
        seen = dict.fromkeys(self.scope.seeds(), "")  # what was found, and on which page
        waiting, done = deque(seen), 0
        while waiting:
            address = waiting.popleft()
            for link in self._keep(address, seen[address]):
                if link not in seen and self.scope.has(link):
                    seen[link] = address
                    waiting.append(link)
            done += 1
            if done % EVERY == 0:
                said = {"done": done, "waiting": len(waiting)}
                self.tell(_("  %(done)s addresses, %(waiting)s found and waiting …") % said)
        _status, headers, body = self.ask(MISSING)
        self._write("/404.html", PurePosixPath("404.html"), headers, body)

    def _keep(self, address, seen_on):
        """Write what an address answers; returns the addresses it leads to."""
        status, headers, body = self.ask(address)
        self.statuses[status] += 1
        if status in REDIRECTS:
            own = own_address(headers["location"], address, self.site)
            if own:
                self.redirects[address] = own
                return [own[0]]
            return []
        if status >= 500:
            said = {"address": address, "status": status}
            raise NotWritten(_("%(address)s answers %(status)s. See the log, mend it, and begin again.") % said)
        kind = headers.get("content-type", "")
        if status not in {200, 410}:
            if seen_on:
                self.broken[address] = (status, seen_on)
            return []
        self._write(address, file_of(address, kind), headers, body)
        if kind.startswith(("text/html", "text/css")):
            return links_in(body.decode(), address, self.site, style=kind.startswith("text/css"))
        return []

    def _write(self, address, file, headers, body):
        target = self.folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        self.files[address], self.types[address] = file, headers.get("content-type", "")

    def link(self):
        """Make every page lead to the files of the copy; returns the Rewriter, which knows what was left out."""
        for address in self.redirects:
            self._lead_on(address)
        day = date_format(timezone.localdate(), "j F Y")
        explains = file_of(NOT_KEPT, "text/html")
        rewriter = Rewriter(self.files, explains, self.site, day)
        page = loader.render_to_string("frozen.html", {"day": day, "site": self.site})
        self._write(NOT_KEPT, explains, {"content-type": "text/html"}, page.encode())
        for address, file in self.files.items():
            kind = self.types[address]
            if kind.startswith(("text/html", "text/css")) and address not in self.redirects:
                change = rewriter.page if kind.startswith("text/html") else rewriter.style
                target = self.folder / file
                target.write_text(change(target.read_text(encoding="utf-8"), address, file), encoding="utf-8")
        return rewriter

    def _lead_on(self, address):
        target, fragment = self.redirects[address]
        for _step in range(len(self.redirects)):
            if target not in self.redirects:
                break
            target, fragment = self.redirects[target]
        if target not in self.files:
            return
        file = file_of(address, "text/html")
        onward = relative(file, self.files[target]) + (f"#{fragment}" if fragment else "")
        self._write(address, file, {"content-type": "text/html"}, leading_to(onward).encode())


def _check_target(target, force):
    if not target.exists() or not any(target.iterdir()):
        return
    if not force:
        raise NotWritten(_("%s is not empty. Name a new folder, or say --force to replace a frozen copy.") % target)
    if not (target / MARK).is_file():
        raise NotWritten(_("%s holds something else than a frozen copy, so it is not replaced.") % target)


def freeze(directory, *, scope, force=False, tell=lambda line: None):
    """Write the public site into a folder, all or nothing, and return what was written (dict, also in `frozen.json`).

    Raises NotWritten where the folder holds something or cannot be written, and where the portal fails to answer.
    """
    target = Path(directory).expanduser().resolve()
    _check_target(target, force)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh, former = (target.with_name(f".{target.name}.{what}{os.getpid()}") for what in ("new", "old"))
    number = published.publication_number()
    try:
        fresh.mkdir()
        frozen = Frozen(fresh, scope, tell)
        frozen.crawl()
        if published.publication_number() != number:
            raise NotWritten(_("Something was published meanwhile, so pages may contradict each other. Begin again."))
        rewriter = frozen.link()
        summary = {
            "frozen_at": timezone.now().isoformat(timespec="seconds"),
            "address": frozen.site,
            "publication_number": number,
            "files": len(set(frozen.files.values())) + 1,
            "bytes": sum(path.stat().st_size for path in fresh.rglob("*") if path.is_file()),
            "pages": sum(kind.startswith("text/html") for kind in frozen.types.values()),
            "redirects": len(frozen.redirects),
            "answers": {str(status): count for status, count in sorted(frozen.statuses.items())},
            "left_out": len(rewriter.left_out),
            "broken": {address: f"{status}, from {page}" for address, (status, page) in frozen.broken.items()},
        }
        (fresh / MARK).write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        if target.exists():
            target.rename(former)
        fresh.rename(target)
    except OSError as error:
        if former.exists() and not target.exists():
            former.rename(target)
        why = _("%(folder)s cannot be written: %(why)s. Nothing was changed there.")
        raise NotWritten(why % {"folder": target, "why": error.strerror}) from error
    finally:
        for leftover in (fresh, former):
            shutil.rmtree(leftover, ignore_errors=True)
    return summary
