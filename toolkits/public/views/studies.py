"""A study: what is recorded of it, what it found, and everywhere it is used."""

from django.http import Http404

from toolkits import published
from toolkits.public.answers import answer, public


@public
def study(request, study):
    number = published.publication_number()
    pages = published.syntheses_of_study(study)
    if not pages:
        raise Http404

    def context():
        uses = [(page, row) for page in pages for row in page.document.rows if row.study.record == study]
        newest = max(uses, key=lambda use: use[0].published_at)[1]
        return {"study": newest.study, "uses": uses}

    return answer(request, "public/study.html", context, parts=[number])
