"""What the columns of an import hold, in words, and an example row: for the template files."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.models import Intervention
from toolkits.models import Toolkit
from toolkits.networks.cells import Address, Choice, Day, Flag, Number, Pattern, Points, Reference, References, Whole
from toolkits.scheme_versions import superseded
from toolkits.spreadsheets.plans import VOCABULARIES
from toolkits.spreadsheets.ratings import schemes_of
from toolkits.spreadsheets.tables import NEEDED

# How a file is read. The page and the template say the same.
RULES = (
    gettext_lazy("What is imported are drafts. Nothing becomes public by it, and nothing is deleted."),
    gettext_lazy("A column that is not in the file is left as it is. An empty cell empties what was there."),
    gettext_lazy("A row with an id changes that record. Without one it changes what has its slug, or else is new."),
    gettext_lazy("A rating is found by its intervention, scheme, outcome and aspect; another level changes it."),
    gettext_lazy("Values only: a formula is an error. A text that begins with = + - or @ has an apostrophe before it."),
    gettext_lazy("A figure stays as it is written: 1.10 keeps its two decimals where the cell is text, not a number."),
)


def notes(table, centre, *, by):
    """Rows that say what each column holds and what may be written into it, the header first."""
    schemes = _schemes_in_use(centre, by) if table.name == "ratings" else []
    known = {name: [term.slug for term in model.objects.all()] for name, model in VOCABULARIES.items()}
    known["toolkits"] = list(Toolkit.objects.filter(centre=centre).values_list("slug", flat=True))
    known["rating_schemes"] = [scheme.slug for scheme in schemes]
    found = [(_("Column"), _("What it holds"), _("What may be written"), _("New rows"))]
    for column in table.columns:
        needed = _("needed") if column.name in NEEDED[table.name] else ""
        if (table.name, column.name) == ("ratings", "level"):
            allowed = "\n".join(f"{scheme.slug}: {_keys(scheme)}" for scheme in schemes)
        else:
            allowed = _allowed(column, known)
        found.append((column.name, column.about, allowed, needed))
    return [*found, *[("", rule, "", "") for rule in RULES]]


def _schemes_in_use(centre, by):
    """The schemes that new ratings may be given on."""
    former = superseded()
    return [scheme for scheme in schemes_of(centre, by) if scheme.pk not in former]


def _keys(scheme):
    return ", ".join(level.key for level in scheme.levels.all())


def _allowed(column, known):
    """What may be written into a column, in words."""
    if isinstance(column, Reference):
        words = ", ".join(known.get(column.to[0], ()))
        return (
            _("Several, with ; between them: %(words)s") % {"words": words} if isinstance(column, References) else words
        )
    if isinstance(column, Choice):
        return ", ".join(column.words)
    if isinstance(column, Flag):
        return _("%(yes)s, or empty") % {"yes": column.yes}
    if isinstance(column, Whole):
        return _("A whole number from %(low)s to %(high)s") % {"low": column.minimum, "high": column.maximum}
    if isinstance(column, Number):
        return _("A number as it was published, such as 0.36 or -2")
    if isinstance(column, Day):
        return _("A day, such as 2026-03-05")
    if isinstance(column, Pattern):
        words = column.form
    elif isinstance(column, Address):
        words = _("A web address, with words after it where there are some")
    elif isinstance(column, Points):
        words = _("Points with ; between them")
    else:
        words = _("Text")
    return _("%(words)s; up to %(n)s characters") % {"words": words, "n": column.limit} if column.limit else words


def example(table, centre, *, by):
    """The cells of one row that can be imported as it is, where the centre has what it names."""
    cells = {"interventions": _intervention, "ratings": _rating, "reports": _report}[table.name](centre, by)
    return [cells.get(column.name, "") for column in table.columns]


def _first(names):
    return next(iter(names), "")


def _intervention(centre, by):
    return {
        "toolkit": _first(Toolkit.objects.filter(centre=centre).values_list("slug", flat=True)),
        "slug": "example-peer-tutoring",
        "status": "current",
        "name": _("Example: peer tutoring"),
        "summary": _("Pupils of the same class teach each other in pairs."),
        "outcomes": _first(VOCABULARIES["outcomes"].objects.values_list("slug", flat=True)),
        "settings": _first(VOCABULARIES["settings"].objects.values_list("slug", flat=True)),
        "age_bands": _first(VOCABULARIES["age_bands"].objects.values_list("slug", flat=True)),
        "studies_count": "12",
        "headline_value": "1.10",
        "headline_unit": _("months of progress"),
        "key_findings": _("It helps most in reading; It costs little"),
        "source_url": "https://example.org/peer-tutoring",
        "authors": _("Ada Example; Ben Example"),
        "interests": _("None declared"),
        "last_searched": "2026-03-05",
    }


def _rating(centre, by):
    placed = Intervention.objects.filter(centre=centre, entry__isnull=False).select_related("entry__toolkit")
    intervention = placed.filter(ratings__isnull=True).first() or placed.first()
    scheme = next(iter(_schemes_in_use(centre, by)), None)
    level = scheme and scheme.levels.first()
    return {
        "toolkit": intervention.entry.toolkit.slug if intervention else "",
        "intervention": intervention.entry.slug if intervention else "",
        "scheme": scheme.slug if scheme else "",
        "level": level.key if level else "",
        "aspect": _("Example: delete this row"),
        "reason": _("Three trials agree; the largest was the weakest."),
        "rated_on": "2026-03-05",
    }


def _report(centre, by):
    return {
        "slug": f"example-{centre.slug}-report",
        "title": _("Example: what helps pupils read"),
        "year": "2026",
        "kind": "evidence review",
        "topic": _("Reading"),
        "authors": _("Ada Example; Ben Example"),
        "url": "https://example.org/report",
        "finding": _("Reading aloud in pairs helps."),
    }
