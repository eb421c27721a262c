"""A pack of interventions to take to a meeting: its page, its files, and what has moved since it was made."""

from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public.answers import bad_request, conditional, public
from toolkits.public.echoes import echo
from toolkits.public.packs import asking, keeping
from toolkits.public.packs.body import body
from toolkits.public.packs.formats import FORMATS
from toolkits.public.packs.ingredients import ingredients
from toolkits.public.packs.moved import moved
from toolkits.public.packs.pins import Pins, around


@public
def pack(request):
    """/pack/?i=1013v2&s=8001v3: exactly those versions, for ever; without versions, on to those of today."""
    asked, wanted = asking.read(request.GET), request.GET.get("format", "")
    if wanted not in {"", "html", *FORMATS}:
        problem = _("“%(value)s” is not a format of a pack. Use one of these: %(formats)s.")
        asked.problems.append(problem % {"value": echo(wanted), "formats": ", ".join(["html", *FORMATS])})
    if asked.problems:
        return bad_request(request, asked.problems, reverse("public:pack"))
    if not asked.pins.interventions:
        return conditional(request, [], lambda: render(request, "public/pack.html", {"empty": True}))
    if not asked.pinned:
        return _of_today(request, asked.pins, wanted)
    return _pinned(request, asked.pins, wanted)


def _of_today(request, pins, wanted):
    """Lead to the address of the pack with every version in it, and with what is around its interventions today."""
    pages = published.pages_of_records([record for record, _version in pins.interventions])
    interventions, problems = {}, []
    for record, version in pins.interventions:
        page = pages.get(record)
        if page is not None and not version and page.state == published.State.MERGED:
            page = pages.get(page.merged_into)
        if page is None:
            problems.append(_no_such(record))
        else:
            interventions.setdefault(page.record, version or page.version)
    if problems:
        return _not_found(request, problems)
    today = [record for record, version in interventions.items() if pages[record].version == version]
    found = around(today, published.neighbours(today))
    beside = {
        name: list((dict(getattr(found, name)) | dict(getattr(pins, name))).items())
        for name in ("syntheses", "families", "others")
    }
    beside["others"] = [pin for pin in beside["others"] if pin[0] not in interventions]
    pinned = replace(pins, interventions=list(interventions.items()), **beside)
    return HttpResponseRedirect(asking.address(pinned, **({"format": wanted} if wanted else {})))


def _pinned(request, pins, wanted):
    versions, pages = published.pinned_versions(pins.all), published.pages_of_records(dict(pins.all))
    missing = [_no_such(*pin) for pin in pins.all if pin[0] not in versions or pin[0] not in pages]
    if missing:
        return _not_found(request, missing)
    problems = _misplaced(pins, versions)
    if problems:
        return bad_request(request, problems, reverse("public:pack"))
    found = ingredients(pins, versions, pages, request.build_absolute_uri("/"))
    if not found.chosen:
        return render(request, "public/pack.html", {"gone": found.gone, "all_gone": True}, status=410)
    number = next(iter(pages.values())).publication
    if wanted in FORMATS:
        return conditional(request, [number], lambda: _file(found, wanted))
    return conditional(request, [number], lambda: _page(request, pins, found.pack(), pages))


def _file(found, ending):
    response = HttpResponse(keeping.file_of(found, ending), content_type=FORMATS[ending].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.file_name(ending)}"'
    return response


def _page(request, pins, pack, pages):
    context = {
        "pack": pack,
        "body": body(pack, _drawn),
        "moved": moved(pins.all, pages, published.versions_after(pins.all)),
        "formats": [(form.name, asking.address(pins, format=ending)) for ending, form in FORMATS.items()],
        "today": asking.address(Pins([(item.record, None) for item in pack.items])),
    }
    return render(request, "public/pack.html", context)


def _drawn(document, plot):
    """The block of a forest plot that a page draws itself."""
    return {"kind": "forest", "plot": plot, "title": document.name, "written": [document.name]}


def _misplaced(pins, versions):
    """What is asked for as something that it is not."""
    problems = []
    not_one = _("Record %(record)s is no intervention, so no pack can be made of it.")
    for asked, kind, words in (
        (pins.interventions, "intervention", not_one),
        (pins.syntheses, "synthesis", _("Record %(record)s is no synthesis.")),
        (pins.families, "family", _("Record %(record)s is no family.")),
        (pins.others, "intervention", not_one),
    ):
        problems += [words % {"record": record} for record, _version in asked if versions[record].kind != kind]
    return problems


def _no_such(record, version=None):
    if version:
        return _("There is no version %(version)s of record %(record)s.") % {"record": record, "version": version}
    return _("There is no record %(record)s.") % {"record": record}


def _not_found(request, problems):
    return render(request, "public/pack.html", {"problems": problems, "empty": True}, status=404)
