"""What a synthesis's page needs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits.readiness import texts
from toolkits.readiness.rules import ADVICE, MUST, Lack, filled, rule


@rule("result", MUST, gettext_lazy("Its studies can be pooled."))
def result(document, facts):
    if document.pooled is None:
        yield Lack(document.unpooled, "inclusions", document.unpooled)


@rule("whence", MUST, gettext_lazy("It says where its studies are from."))
def whence(document, facts):
    if document.illustrative and not document.citation:
        yield Lack(_("Name the review that the studies are from."), "citation")


RULES = (
    result,
    whence,
    filled(
        "comparison",
        ADVICE,
        "comparison",
        met=gettext_lazy("It says what the others got."),
        lacks=gettext_lazy("Say what the intervention was compared with."),
    ),
    filled(
        "criteria",
        ADVICE,
        "criteria",
        met=gettext_lazy("It says which studies were looked for."),
        lacks=gettext_lazy("Say which studies were looked for, one rule a line."),
    ),
    filled(
        "searched",
        ADVICE,
        "last_searched",
        met=gettext_lazy("It says when studies were last looked for."),
        lacks=gettext_lazy("Say when studies were last looked for."),
    ),
    texts.plain_words("question"),
)
