"""Search over everything that is published, and what is suggested while somebody types."""

from dataclasses import replace

from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkits import freshness, matches, published
from toolkits.public import shortlists, whole_lists
from toolkits.public.answers import answer, conditional, public
from toolkits.public.downloads import network_lists
from toolkits.public.index import snapshot_at
from toolkits.public.search import finding, groups, notes
from toolkits.public.search.parsing import parse
from toolkits.words import words

MOST_SUGGESTED = 8
SHORTEST_SUGGESTED = 2


def _notes(found, lexicon, count):
    """The Notes on a question, with help where nothing of any kind was found."""
    if found.way == "corrected":
        # Here what is shown instead is of every kind.
        found = replace(found, suggestion=replace(found.suggestion, count=count))
    return notes.Notes(
        found=found,
        text=found.asked.text,
        suggestion_url=notes.address("public:search", found.suggestion.text) if found.suggestion else "",
        help=notes.help_without_list(found, lexicon) if not count and found.units else None,
    )


@public
def search(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        snapshot = snapshot_at(number)
        size = len(snapshot.network.records)
        found = finding.find(request.GET.get("q", ""), kind="intervention", size=size, lexicon=snapshot.lexicon)
        picked = shortlists.read(request.GET).records

        def address(records):
            return shortlists.with_records(request.path, records, [("q", found.asked.text)])

        shown = [replace(group, rows=shortlists.pickable(group.rows, picked, address)) for group in groups.build(found)]
        count = sum(group.count for group in shown)
        text = found.asked.text
        whole = whole_lists.WholeList(
            kind=network_lists.RESULTS,
            path=request.path,
            title=_("Search"),
            stem="search",
            order=_("by kind, then by how well the words fit: the first of each kind"),
            rows=lambda: [(group, row) for group in shown for row in group.rows],
            pairs=(("q", text),) if text else (),
            chosen=(_("“%(words)s”") % {"words": text},) if text else (),
        )
        context = {
            "downloads": whole.downloads,
            "groups": shown,
            "shortlist": shortlists.bar(picked, address),
            "count": count,
            "search": _notes(found, snapshot.lexicon, count),
            "assessed": snapshot.lexicon.assessed_like(found.units) if count else [],
        }
        return whole_lists.answer(request, whole, number, lambda: render(request, "public/search.html", context))

    return conditional(request, [number, today], respond)


@public
def suggest(request):
    """Titles with words that begin as those typed: a plain list, which a script shows under the box."""
    number = published.publication_number()

    def context():
        typed = words(parse(request.GET.get("q", "")).text)
        enough = sum(map(len, typed)) >= SHORTEST_SUGGESTED
        found = matches.starting(typed, most=MOST_SUGGESTED) if enough else []
        names = snapshot_at(number).names["centre"]
        return {
            "suggestions": [
                {
                    "kind": kind,
                    "title": title,
                    "title_in": language,
                    "path": path,
                    "centre": names.get(centre, "") if kind != "centre" else "",
                }
                for kind, title, language, path, centre in found
            ]
        }

    return answer(request, "public/suggestions.html", context, parts=[number])
