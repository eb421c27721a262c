"""The network's centres: who was a member on a day, and each centre's page."""

import datetime
import re

from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from toolkits import freshness, published
from toolkits.public import whole_lists
from toolkits.public.answers import answer, conditional, page_of, public
from toolkits.public.banners import banners
from toolkits.public.downloads import network_lists
from toolkits.public.echoes import echo
from toolkits.public.former import former
from toolkits.public.index import snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.members import by_tier, members_on

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _tier_label(tier):
    return {"centre": _("Centres"), "affiliate": _("Affiliates"), "associate": _("Associates")}[tier]


def _day(text, today):
    """(day, problem): the day in `text`, or today and why it could not be read."""
    if not text:
        return today, ""
    try:
        if DAY.fullmatch(text):
            return datetime.date.fromisoformat(text), ""
    except ValueError:
        pass  # a day that no month has: said below, as for any other text
    return today, _(
        "“%(value)s” is not a day. Write it as year, month and day, such as 2020-01-01. This page shows today."
    ) % {"value": echo(text)}


def _former(pages, today):
    """Every centre that ended or left, with how, and the page of who carries on."""
    by_record = {page.record: page for page in pages}
    endings = {page.record: former(page.record, by_record, today) for page in pages}
    return [
        {"page": page, "former": endings[page.record], "successor": endings[page.record].successor}
        for page in pages
        if endings[page.record]
    ]


def _whole(path, spells, by_record, gone, day, problem):
    """The list to take away: the members on a day by tier, then every former centre."""
    members = [{"spell": spell, "page": by_record.get(spell.centre.record), "former": None} for spell in spells]
    return whole_lists.WholeList(
        kind=network_lists.CENTRES,
        path=path,
        title=_("Centres of the network"),
        stem="centres",
        order=_("members by tier, then former centres"),
        rows=lambda: [*members, *({"spell": None, **entry} for entry in gone)],
        pairs=(("on", day.isoformat()),),
        chosen=(_("Members on: %(day)s") % {"day": date_format(day, "j F Y")},),
        problems=(problem,) if problem else (),
    )


@public
def centres(request):
    number = published.publication_number()
    today = freshness.today()

    def respond():
        given = request.GET.get("on", "").strip()
        day, problem = _day(given, today)
        network = snapshot_at(number).network_facts
        pages = published.pages_of_kind("centre")
        by_record = {page.record: page for page in pages}
        tiers = by_tier(members_on(day, network.memberships if network else []))
        gone = _former(pages, today)
        whole = _whole(
            request.path, [spell for spells in tiers.values() for spell in spells], by_record, gone, day, problem
        )
        context = {
            "downloads": whole.downloads,
            "day": day,
            "day_text": echo(given) if problem else day.isoformat(),
            "today": today,
            "problem": problem,
            "tiers": [
                {
                    "label": _tier_label(tier),
                    "spells": [{"spell": spell, "page": by_record.get(spell.centre.record)} for spell in spells],
                }
                for tier, spells in tiers.items()
            ],
            "total": {tier: len(spells) for tier, spells in tiers.items()},
            "former": gone,
        }
        status = 400 if problem else 200
        return whole_lists.answer(
            request, whole, number, lambda: render(request, "public/centres.html", context, status=status)
        )

    return conditional(request, [number, today], respond)


@page_of("centre")
def centre(request, page):
    today = freshness.today()

    def context():
        document = page.document
        own = published.around_centre(page.centre)
        snapshot = snapshot_at(page.publication)
        return {
            "page": page,
            "document": document,
            "linked_data": blocks.of_page(request, page),
            **banners(page, snapshot, today),
            "toolkits": [
                {"page": other, "count": snapshot.count(other.toolkit)} for other in own if other.kind == "toolkit"
            ],
            "reports": [other for other in own if other.kind == "report"],
            "methods": [other for other in own if other.kind == "method"],
            "origins": [
                {"ending": origin, "page": snapshot.centres.get(origin.predecessor.record)}
                for origin in document.origins
            ],
        }

    return answer(request, "public/centre.html", context, parts=[page.publication, today])
