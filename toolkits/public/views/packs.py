"""A pack of interventions to take to a meeting: its page, its files, and what has moved since it was made."""

from urllib.parse import urljoin

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public.answers import bad_request, conditional, public
from toolkits.public.downloads import parts
from toolkits.public.echoes import echo
from toolkits.public.packs import asking
from toolkits.public.packs.body import body
from toolkits.public.packs.contents import contents
from toolkits.public.packs.formats import FORMATS, file_name
from toolkits.public.packs.moved import moved
from toolkits.public.packs.pack import day


@public
def pack(request):
    """/pack/?i=1013v2&s=20001v3: exactly those versions, for ever; without versions, on to those of today."""
    asked, wanted = asking.read(request.GET), request.GET.get("format", "")
    if wanted not in {"", "html", *FORMATS}:
        problem = _("“%(value)s” is not a format of a pack. Use one of these: %(formats)s.")
        asked.problems.append(problem % {"value": echo(wanted), "formats": ", ".join(["html", *FORMATS])})
    if asked.problems:
        return bad_request(request, asked.problems, reverse("public:pack"))
    if not asked.interventions:
        return conditional(request, [], lambda: render(request, "public/pack.html", {"empty": True}))
    if not asked.pinned:
        return _of_today(request, asked, wanted)
    return _pinned(request, asked, wanted)


def _of_today(request, asked, wanted):
    """Lead to the address of the pack with every version in it, and the syntheses that lead to its interventions."""
    pages = published.pages_of_records([record for record, _version in asked.interventions])
    interventions, problems = {}, []
    for record, version in asked.interventions:
        page = pages.get(record)
        if page is not None and not version and page.state == published.State.MERGED:
            page = pages.get(page.merged_into)
        if page is None:
            problems.append(_no_such(record))
        else:
            interventions.setdefault(page.record, version or page.version)
    if problems:
        return _not_found(request, problems)
    today = [page for record, page in pages.items() if interventions.get(record) == page.version]
    syntheses = dict(asked.syntheses)
    for record, version in published.live_syntheses_of([page.record for page in today]):
        syntheses.setdefault(record, version)
    pins = list(syntheses.items())[: asking.MOST_SYNTHESES]
    return HttpResponseRedirect(asking.address(interventions.items(), pins, **({"format": wanted} if wanted else {})))


def _pinned(request, asked, wanted):
    versions, pages = published.pinned_versions(asked.pins), published.pages_of_records(dict(asked.pins))
    missing = [_no_such(*pin) for pin in asked.pins if pin[0] not in versions or pin[0] not in pages]
    if missing:
        return _not_found(request, missing)
    problems = _misplaced(asked, versions)
    if problems:
        return bad_request(request, problems, reverse("public:pack"))

    removed = {record for record, page in pages.items() if page.state == published.State.REMOVED}
    gone = [_gone(pages[record]) for record, _version in asked.pins if record in removed]
    chosen = [
        (versions[record], str(parts.state_notice(pages[record])))
        for record, _version in asked.interventions
        if record not in removed
    ]
    if not chosen:
        return render(request, "public/pack.html", {"gone": gone, "all_gone": True}, status=410)

    def made():
        base = request.build_absolute_uri("/")
        shown = {version.record for version, _notice in chosen}
        results = [
            versions[record]
            for record, _version in asked.syntheses
            if record not in removed and any(link.record in shown for link in versions[record].document.interventions)
        ]
        address = urljoin(base, asking.address(asked.interventions, asked.syntheses))
        return contents(chosen, results, address=address, base=base, gone=gone)

    respond = _file if wanted in FORMATS else _page
    number = next(iter(pages.values())).publication
    return conditional(request, [number], lambda: respond(request, asked, made(), pages))


def _file(request, asked, pack, pages):
    wanted = request.GET["format"]
    response = HttpResponse(FORMATS[wanted].write(pack), content_type=FORMATS[wanted].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(pack, wanted)}"'
    return response


def _page(request, asked, pack, pages):
    context = {
        "pack": pack,
        "body": body(pack, _drawn),
        "moved": moved(asked.pins, pages, published.versions_after(asked.pins)),
        "formats": [
            (form.name, asking.address(asked.interventions, asked.syntheses, format=ending))
            for ending, form in FORMATS.items()
        ],
        "today": asking.address([(item.record, None) for item in pack.items]),
    }
    return render(request, "public/pack.html", context)


def _drawn(document, plot):
    """The block of a forest plot that a page draws itself."""
    return {"kind": "forest", "plot": plot, "title": document.name}


def _misplaced(asked, versions):
    """What is asked for as something that it is not."""
    problems = []
    for pins, kind, words in (
        (asked.interventions, "intervention", _("Record %(record)s is no intervention, so no pack can be made of it.")),
        (asked.syntheses, "synthesis", _("Record %(record)s is no synthesis.")),
    ):
        problems += [words % {"record": record} for record, _version in pins if versions[record].kind != kind]
    return problems


def _no_such(record, version=None):
    if version:
        return _("There is no version %(version)s of record %(record)s.") % {"record": record, "version": version}
    return _("There is no record %(record)s.") % {"record": record}


def _not_found(request, problems):
    return render(request, "public/pack.html", {"problems": problems, "empty": True}, status=404)


def _gone(page):
    """The sentence for a removed record: the facts of its removal and nothing of what it said."""
    words = _("Record %(record)s was removed on %(date)s, so this pack no longer shows it.")
    words %= {"record": page.record, "date": day(page.state_since)}
    return (
        f"{words} {_('The reason given: %(reason)s') % {'reason': page.state_reason}}" if page.state_reason else words
    )
