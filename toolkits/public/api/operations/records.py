"""Records by their permanent number, their versions, the studies behind them, and what changed."""

import datetime
import re

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query
from pydantic import Field

from toolkits import published
from toolkits.public import trail
from toolkits.public.api import cursors, making, problems
from toolkits.public.api.calls import VERSION, api
from toolkits.public.api.pages import Paging, address, no_such_page, question_of, span_of
from toolkits.public.api.shapes.answers import (
    Changes,
    RecordAnswer,
    Service,
    ServiceAnswer,
    StudyAnswer,
    Trail,
    VersionAnswer,
    VersionList,
)
from toolkits.public.api.shapes.base import absence
from toolkits.public.echoes import echo
from toolkits.public.index import numbers_at, snapshot_at

WRITE_SINCE = gettext_lazy("Write a publication number, or a day such as 2026-11-01.")
EARLIEST, LATEST = (end.replace(tzinfo=datetime.UTC) for end in (datetime.datetime.min, datetime.datetime.max))
NUMBER = re.compile(r"\d{1,18}")
LISTS = ("interventions", "toolkits", "centres", "schemes", "families", "syntheses", "reports", "vocabularies")


@api.get("", response=ServiceAnswer, tags=["Lists"], url_name="api_service")
def service(request):
    """The network in numbers

    How many records of each kind there are, and the addresses of all lists.
    """
    publication, site = request.publication, making.site_of(request)
    return ServiceAnswer(
        about=making.about(site, publication),
        data=Service(
            name=api.title,
            version=VERSION,
            counts=numbers_at(publication),
            addresses={name: site.api(name) for name in (*LISTS, "changes")},
            description=site.api("description"),
        ),
    )


@api.get("records/{int:record}/", response=RecordAnswer, tags=["Records"], url_name="api_record")
def record(request, record: Path[int]):
    """A record

    A published record of any kind, as it is now. One that was withdrawn or merged says so in `state`; one that was
    removed is answered 410, with the reason.
    """
    page, site = making.page_or_refused(record), making.site_of(request)
    publication = request.publication
    made = making.record_of(page, site, snapshot_at(publication).successors)
    return RecordAnswer(about=making.about(site, publication), data=made)


@api.get("records/{int:record}/versions/", response=VersionList, tags=["Records"], url_name="api_versions")
def versions(request, record: Path[int], asked: Query[Paging]):
    """The versions of a record

    Every version ever published, the newest first: when, what changed, and why.
    """
    publication, site = request.publication, making.site_of(request)
    making.page_or_refused(record)
    history, span = published.versions(record), span_of(request, asked, publication)
    return VersionList(
        about=making.about(site, publication),
        count=len(history),
        total=len(history),
        next=span.next(request, len(history)),
        data=[making.version_head(version, site) for version in history[span.start : span.end]],
    )


@api.get(
    "records/{int:record}/versions/{int:version}/", response=VersionAnswer, tags=["Records"], url_name="api_version"
)
def version(request, record: Path[int], version: Path[int]):
    """A version of a record

    Exactly what was published then, for ever.
    """
    page, site = making.page_or_refused(record), making.site_of(request)
    found = published.version(record, version)
    if found is None:
        raise problems.not_found(
            _("Record %(record)s has no version %(version)s: its newest is %(newest)s.")
            % {"record": record, "version": version, "newest": page.version}
        )
    publication = request.publication
    made = making.version_of(found, site, snapshot_at(publication).successors)
    return VersionAnswer(about=making.about(site, publication), data=made)


class OfTrail(Paging):
    """What the studies of an intervention are filtered by."""

    part: str = Field("", description="`included`: only those that are pooled; `left-out`: only the others.")
    uk: str = Field("", description="`yes`: from the UK; `no`: not; `not-recorded`: the country is not recorded.")
    design: str = Field("", max_length=200, description="The design, as it is written; or `not-recorded`.")
    bias: str = Field("", description="The risk of bias overall: `low`, `some`, `high`; `unknown`: not judged.")
    year_from: int | None = Field(None, ge=1800, le=2200, description="Not before this year.")
    year_to: int | None = Field(None, ge=1800, le=2200, description="Not after this year.")
    q: str = Field("", max_length=200, description="Words that are in what is recorded of the study.")


@api.get("interventions/{int:record}/studies/", response=Trail, tags=["Studies"], url_name="api_intervention_studies")
def intervention_studies(request, record: Path[int], asked: Query[OfTrail]):
    """The studies of an intervention

    The evidence trail: every study of the live syntheses about it, pooled or left out for a reason.
    """
    page, site = making.page_or_refused(record), making.site_of(request)
    if page.kind != "intervention":
        raise problems.not_found(_("Record %(record)s is no intervention.") % {"record": record})
    found = trail.read(request.GET, trail.rows_of(published.syntheses_of_intervention(record)))
    if found.problems:
        possible = {field.name: [value for value, _label, _chosen in field.options] for field in found.fields}
        given = {name: request.GET.get(name, "").strip() for name in possible}
        mistakes = [
            problems.not_one_of(name, value, possible[name])
            for name, value in given.items()
            if value and value not in possible[name]
        ]
        own = all(mistake.where == "design" for mistake in mistakes)  # of which each trail has its own
        raise problems.nowhere(mistakes) if own else problems.wrong_values(mistakes)
    span = span_of(request, asked, request.publication)
    return Trail(
        about=making.about(site, request.publication),
        count=len(found.rows),
        total=found.total,
        next=span.next(request, len(found.rows)),
        data=[making.trail_row(row, site) for row in found.rows[span.start : span.end]],
        absence=None if found.total else absence("not_recorded", _("no studies are recorded here")),
    )


@api.get("studies/{int:study}/", response=StudyAnswer, tags=["Studies"], url_name="api_study")
def study(request, study: Path[int]):
    """A study

    What is recorded of a study, and its part in every live synthesis.
    """
    publication, site = request.publication, making.site_of(request)
    rows = [row for row in trail.rows_of(published.syntheses_of_study(study)) if row.study.record == study]
    if not rows:
        raise problems.not_found(_("There is no study %(study)s in a published synthesis.") % {"study": study})
    return StudyAnswer(about=making.about(site, publication), data=making.study_record(rows, site))


class Since(Paging):
    """Since when, and from where on."""

    since: str = Field(
        "",
        max_length=40,
        json_schema_extra={"anyOf": [{"pattern": "^[0-9]{0,18}$"}, {"format": "date"}, {"format": "date-time"}]},
        description="A publication number (events after it), or a day or moment such as 2026-11-01 or "
        "2026-11-01T09:30:00Z (events from it on). Without it: every event there ever was.",
    )
    cursor: str | None = Field(
        None,
        max_length=80,
        description="Where to go on: `next` and `later` of an answer have it. It never expires.",
    )


def _since(text):
    """{"number": …} or {"moment": …} of what `since` says; raises Refused."""
    if not text:
        return {}
    if text.isascii() and NUMBER.fullmatch(text):
        return {"number": int(text)}
    moment = _moment(text)
    if moment is None:
        what = _("“%(value)s” is no day or moment that there is.") % {"value": echo(text)}
        raise problems.wrong_values([problems.Mistake("since", what, str(WRITE_SINCE))])
    return {"moment": moment}


def _moment(text):
    """The moment that a text names, or at which its day begins; None where there is no such one."""
    try:
        day = parse_date(text)
        moment = datetime.datetime.combine(day, datetime.time.min) if day else parse_datetime(text)
        if moment is None:
            return None
        aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
        return aware.astimezone(datetime.UTC)
    except OverflowError:  # an offset that leads out of the years that there are
        return EARLIEST if moment.year == datetime.MINYEAR else LATEST
    except ValueError:
        return None


@api.get("changes/", response=Changes, tags=["Changes"], url_name="api_changes")
def changes(request, asked: Query[Since]):
    """What changed

    Every public event, the earliest first: published, restored, withdrawn, removed or merged, with the reason. Keep
    `later` and ask it the next time: nothing is told twice, and nothing is missed.
    """
    since, site = _since(asked.since), making.site_of(request)
    question, pairs = question_of(request)
    after = (0, 0)
    if asked.cursor:
        try:
            after = cursors.read(asked.cursor, question)
        except cursors.Malformed:
            raise no_such_page() from None
    publication = request.publication
    found = published.changes(**since, after=after, most=asked.limit + 1)
    shown = found[: asked.limit]
    last = (shown[-1].publication, shown[-1].id) if shown else after
    later = address(request, pairs, cursors.write(question, *last))
    return Changes(
        about=making.about(site, publication),
        data=[making.event_of(event, site) for event in shown],
        next=later if len(found) > asked.limit else None,
        later=later,
    )
