"""What the pages about a toolkit, a centre, a family of interventions, a scale and a shared list need."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits import payloads
from toolkits.readiness import texts
from toolkits.readiness.rules import ADVICE, MUST, Lack, filled, rule

AXES = {
    "impact": gettext_lazy("impact"),
    "strength": gettext_lazy("strength of evidence"),
    "cost": gettext_lazy("cost"),
}
LISTS = ("terms", "facts", "memberships", "synonyms", "assessed")


@rule("axes", MUST, gettext_lazy("It says what a missing rating means."))
def silences(document, facts):
    said = {axis.axis for axis in document.axes}
    for axis in payloads.MAIN_AXES:
        if axis not in said:
            text = _("Say what it means where there is no rating of %(axis)s.") % {"axis": AXES[axis]}
            yield Lack(text, "axes", axis)


@rule("whose", MUST, gettext_lazy("It says who hosts the centre, or what it is."))
def whose(document, facts):
    if not document.hosts and not document.constitution:
        yield Lack(_("Say who hosts the centre or, where nobody does, what it is."), "hosts")


@rule("members", MUST, gettext_lazy("It has at least two members."))
def two_members(document, facts):
    if len(document.members) < 2:
        yield Lack(_("A family has at least two interventions."), "members", len(document.members))


@rule("differences", ADVICE, gettext_lazy("Where its members are rated very differently, it says why."))
def reasons_to_differ(document, facts):
    said = {(difference.first, difference.second) for difference in document.differences}
    for pair in facts.unlike:
        if (pair.first, pair.second) not in said:
            one, other = pair.names
            words = {"one": one, "other": other, "axes": ", ".join(str(AXES[axis]) for axis in pair.axes)}
            text = _("“%(one)s” and “%(other)s” differ clearly (%(axes)s): say why, or that nobody knows.") % words
            yield Lack(text, "", (pair.first, pair.second))


@rule("levels", MUST, gettext_lazy("It has at least two levels."))
def two_levels(document, facts):
    if len(document.levels) < 2:
        yield Lack(_("A scale has at least two levels."), "levels", len(document.levels))


@rule("meanings", MUST, gettext_lazy("Every level says what it means."))
def meanings(document, facts):
    for level in document.levels:
        if not level.meaning.strip():
            text = _("Say what the level “%(level)s” means.") % {"level": level.name}
            yield Lack(text, "meaning", level.key, level.key)


@rule("unit", MUST, gettext_lazy("Its numbers have a unit."))
def unit(document, facts):
    if document.numeric and not document.unit:
        yield Lack(_("Its levels stand for numbers: say of what."), "unit")


@rule("rows", MUST, gettext_lazy("The list has something in it."))
def some_row(document, facts):
    if not any(getattr(document, name) for name in LISTS):
        yield Lack(_("The list is empty."), "slug")


TOOLKIT = (
    filled(
        "introduction",
        MUST,
        "introduction_html",
        field="introduction",
        met=gettext_lazy("It says what the toolkit covers."),
        lacks=gettext_lazy("Say what the toolkit covers, in two sentences."),
    ),
    silences,
    *texts.RICH,
)

CENTRE = (
    whose,
    filled(
        "sources",
        MUST,
        "sources",
        field="source_url",
        met=gettext_lazy("It says where these facts were seen."),
        lacks=gettext_lazy("Say where these facts were seen."),
    ),
    filled(
        "website",
        ADVICE,
        "website",
        met=gettext_lazy("It leads to the centre's own site."),
        lacks=gettext_lazy("Give the address of the centre's own site, if it has one."),
    ),
    filled(
        "audience",
        ADVICE,
        "audience",
        met=gettext_lazy("It says for whom the centre writes."),
        lacks=gettext_lazy("Say for whom the centre writes."),
    ),
)

FAMILY = (two_members, reasons_to_differ)

METHOD = (
    filled(
        "version",
        MUST,
        "version",
        met=gettext_lazy("The scale has a version."),
        lacks=gettext_lazy("Give the scale a version, such as the year it was agreed."),
    ),
    filled(
        "source",
        MUST,
        "source",
        field="source_url",
        met=gettext_lazy("It says where the scale is explained."),
        lacks=gettext_lazy("Say where the scale is explained."),
    ),
    two_levels,
    meanings,
    unit,
    filled(
        "what is graded",
        ADVICE,
        "what_is_graded",
        met=gettext_lazy("It says what is graded."),
        lacks=gettext_lazy("Say what is graded: an approach, a programme, one study."),
    ),
)

VOCABULARY = (some_row,)
