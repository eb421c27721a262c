"""A study: what is recorded of it, what it found, and everywhere it is used."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from toolkits import published
from toolkits.public.answers import answer, public, redirect_to
from toolkits.public.linked_data import blocks
from toolkits.public.synthesis_numbers import people, rounded, span, unit_of
from toolkits.public.synthesis_studies import is_british, nation_words


@dataclass(frozen=True)
class Use:
    """A study's part in a synthesis; `found` is its effect as shown, empty where it was left out."""

    page: Any
    row: Any
    found: dict[str, str]


def _found(page, finding):
    if finding is None:
        return {}
    return {
        "value": rounded(finding.shown.value),
        "range": span(finding.shown),
        "unit": unit_of(page.document),
        "weight": rounded(finding.weight, 1),
        "people": "" if finding.people is None else people(finding.people),
    }


@public
def study(request, study):
    number = published.publication_number()
    pages = published.syntheses_of_study(study)
    if not any(row.study.record == study for page in pages for row in page.document.rows):
        # A second copy, once no live synthesis has it any more.
        kept = published.study_merged_into(study)
        if kept is None:
            raise Http404(f"study {study}")
        return redirect_to(request, reverse("public:study", args=[kept]))

    def context():
        uses = [
            Use(page=page, row=row, found=_found(page, row.finding))
            for page in pages
            for row in page.document.rows
            if row.study.record == study
        ]
        newest = max(uses, key=lambda use: use.page.published_at)
        study_now = newest.row.study
        return {
            "study": study_now,
            "linked_data": blocks.of_study(request, study_now),
            "nation": nation_words(study_now.uk_nation),
            # Elsewhere there is no nation to record.
            "may_be_british": is_british(study_now) or not study_now.country,
            "uses": uses,
        }

    return answer(request, "public/study.html", context, parts=[number])
