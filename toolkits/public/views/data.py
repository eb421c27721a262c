"""The open data: their page, the codebook, and every file."""

import csv
import datetime
import io
import logging
import re

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public.answers import answer, bad_request, conditional, public
from toolkits.public.citations.facts import NETWORK
from toolkits.public.echoes import echo
from toolkits.public.linked_data import blocks
from toolkits.public.open_data import describing, keeping, making
from toolkits.public.open_data.tables import CHANGES, TABLES
from toolkits.public.terms import licence

logger = logging.getLogger(__name__)

# As every public answer, but a file of any size is read from the disk each time, and kept in no memory.
CACHE_CONTROL = "public, no-cache, must-revalidate"
AGAIN = 10  # seconds after which to ask again
AGAIN_AFTER_A_FAULT = 600  # that a person has to mend
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
}
BLOCK = 64 * 1024
MOST_DIGITS = 18  # of a publication number; what is longer is later than any
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _later_please(request, why):
    """503 where there are no files yet: `why` is what keeping raised."""
    not_made = isinstance(why, keeping.NotMade)
    if not_made:
        logger.error("The open data cannot be made: %s", why)
    seconds = AGAIN_AFTER_A_FAULT if not_made else AGAIN
    response = render(request, "public/data_busy.html", {"seconds": seconds, "not_made": not_made}, status=503)
    response.headers["Retry-After"] = str(seconds)
    return response


@public
def data(request):
    """/data/: what there is, how much of it, on what terms."""
    number = published.publication_number()

    def respond():
        try:
            kept = keeping.kept()
        except (keeping.Busy, keeping.NotMade) as why:
            return _later_please(request, why)
        files = kept.made.files
        tables = [
            {"table": table, "file": files[table.file], "metadata": f"{table.file}{making.METADATA}"}
            for table in TABLES
        ]
        context = {
            "tables": tables,
            "rows": sum(row["file"].rows for row in tables),
            "archive": {"name": making.ARCHIVE, "file": files[making.ARCHIVE]},
            "others": [making.PACKAGE, making.CODEBOOK, making.LICENCE, making.SUMS],
            "number": kept.made.number,
            "changed": datetime.datetime.fromisoformat(kept.made.changed) if kept.made.changed else None,
            "licence": licence(),
            "network": NETWORK,
            "address": request.build_absolute_uri(reverse("public:data")),
            "linked_data": blocks.of_data(request, kept.made),
        }
        return render(request, "public/data.html", context)

    return conditional(request, [number], respond)


@public
def codebook(request):
    """/data/codebook/: every column in words. It depends on nothing that is published."""
    tables = [
        {
            "table": table,
            "columns": [
                {"column": column, "key": column.name in table.key, "to": column.to and describing.target(column)[0]}
                for column in table.columns
            ],
        }
        for table in TABLES
    ]
    return answer(request, "public/codebook.html", lambda: {"tables": tables}, parts=[])


def _opened(name):
    """(Kept, the open file) of the newest publication; raises keeping.Busy and keeping.NotMade."""
    for _attempt in range(keeping.ATTEMPTS):
        kept = keeping.kept()
        try:
            return kept, kept.open(name)
        except FileNotFoundError:
            continue  # replaced in this moment by a newer one
    raise keeping.Busy


@public
def data_file(request, file):
    """/data/<file>: a table, a description, or everything in one archive."""
    if file not in making.FILES:
        raise Http404(file)
    since = request.GET.get("since", "").strip()
    later = None
    if since:
        later = _later(since) if file == CHANGES.file else None
        if later is None:
            return bad_request(request, [_wrong(file, since)], reverse("public:data"))
    number = published.publication_number()

    def respond():
        try:
            kept, opened = _opened(file)
        except (keeping.Busy, keeping.NotMade) as why:
            return _later_please(request, why)
        if later:
            response = StreamingHttpResponse(_some(opened, later))
            name = f"changes_since_{since}_to_{kept.made.number}.csv"
        else:
            response = FileResponse(opened)
            name = file if file != making.ARCHIVE else f"whatworks-data_{kept.made.number}.zip"
        response.headers["Content-Type"] = TYPES.get(file.rpartition(".")[2], TYPES["txt"])
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response

    return conditional(request, [number], respond)


def _wrong(file, since):
    if file != CHANGES.file:
        return _("“since” is only for changes.csv: take it out of the address of %(file)s.") % {"file": file}
    return _(
        "“%(value)s” is neither a publication number nor a day. Write since=120 for what came after publication 120, or "
        "since=2026-01-31 for what came on that day or later."
    ) % {"value": echo(since)}


def _later(since):
    """Whether a row of changes came after `since`, as a function of the row by column; None where that says nothing."""
    if since.isascii() and since.isdigit():
        least = int(since) if len(since) <= MOST_DIGITS else 10**MOST_DIGITS
        return lambda row: int(row["publication"] or 0) > least
    try:
        if DAY.fullmatch(since):
            first = datetime.date.fromisoformat(since).isoformat()
            return lambda row: row["at"][: len(first)] >= first
    except ValueError:
        pass  # a day that no month has
    return None


def _some(file, later):
    """The lines of changes.csv that `later` is true of, with the header, as blocks of bytes."""
    with file, io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text)
        buffer = io.StringIO(newline="")
        writer = csv.DictWriter(buffer, rows.fieldnames, lineterminator="\r\n")
        writer.writeheader()
        for row in rows:
            if later(row):
                writer.writerow(row)
            if buffer.tell() > BLOCK:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode()
