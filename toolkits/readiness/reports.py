"""What a report's page needs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits.readiness import texts
from toolkits.readiness.rules import ADVICE, MUST, Lack, filled, rule

FINDING = 250


@rule("whereabouts", MUST, gettext_lazy("Readers can find the report itself."))
def whereabouts(document, facts):
    if document.source is None and not document.citation:
        yield Lack(_("Give the report's address, or how to cite it."), "url")


@rule("title", ADVICE, gettext_lazy("The title is the report's own."))
def own_title(document, facts):
    if document.title_is_descriptive:
        yield Lack(_("The title describes the report. Give its own as soon as it was seen."), "title")


RULES = (
    own_title,
    filled(
        "year",
        MUST,
        "year",
        met=gettext_lazy("It says when the report appeared."),
        lacks=gettext_lazy("Give the year in which the report appeared."),
    ),
    filled(
        "authors",
        MUST,
        "authors",
        met=gettext_lazy("It says who wrote the report."),
        lacks=gettext_lazy("Say who wrote the report."),
    ),
    whereabouts,
    filled(
        "finding",
        ADVICE,
        "finding",
        met=gettext_lazy("It says what was found."),
        lacks=gettext_lazy("Say in one sentence what was found: lists and search show it."),
    ),
    texts.length("finding", about=FINDING),
    texts.plain_words("finding"),
)
