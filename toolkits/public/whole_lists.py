"""Lists that a page shows without facets, answered as that page or whole as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from toolkits import freshness
from toolkits.public.answers import bad_request
from toolkits.public.downloads import list_csv, list_files
from toolkits.public.downloads.list_about import About
from toolkits.public.echoes import echo

FORMS = list_files.FORMS


@dataclass(frozen=True)
class WholeList:
    """A list of `kind`: `rows()` gives all that is chosen, in the order of the page at `path`, which `order` tells in words.

    `pairs` are what the address chooses, (name, value), and `chosen` the same in words; of an address with `problems`
    there is no file.
    """

    kind: list_files.Kind
    path: str
    title: str
    stem: str
    order: str
    rows: Callable
    pairs: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def address(self, form=""):
        """The address of exactly this list, as its page or as a file."""
        query = urlencode([*self.pairs, *[("format", form)] * bool(form)])
        return f"{self.path}?{query}" if query else self.path

    @property
    def downloads(self):
        """(format, address) of each file."""
        return [(form.upper(), self.address(form)) for form in FORMS]


def answer(request, whole, publication, show):
    """`whole` as the file that the address asks for, else what `show()` answers; 400 where it asks for another format."""
    wanted = request.GET.get("format", "")
    if wanted not in {"", "html", *FORMS}:
        problem = _("“%(value)s” is not a format of this page. Use one of these: %(formats)s.") % {
            "value": echo(wanted),
            "formats": ", ".join(["html", *FORMS]),
        }
        return bad_request(request, [problem], whole.address())
    if wanted in FORMS and not whole.problems:
        return as_file(request, whole, publication, wanted)
    return show()


def as_file(request, whole, publication, form):
    """All rows of `whole` as a file of one of FORMS."""
    rows = list(whole.rows())
    about = About(
        title=whole.title,
        chosen=list(whole.chosen),
        order=whole.order,
        day=freshness.today(),
        count=len(rows),
        address=request.build_absolute_uri(whole.address()),
        publication=publication,
    )
    name = list_csv.file_name(whole.stem, whole.pairs).removesuffix(".csv")
    return list_files.answer(request, form, whole.kind, about, iter(rows), name)
