"""Every interface string of our Python and our templates. Reads files only: no settings, no database."""

import ast
import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file, extract_python
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("centres", "evidence", "toolkits", "whatworks")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def python(file, keywords, comment_tags, options):
    """Babel's extractor of Python, by its syntax tree: Babel's own misses what is said within an f-string before 3.12."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
            words = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            yield node.lineno, node.func.id, words, []


def django_template(file, keywords, comment_tags, options):
    """Babel's extractor of a Django template: Django turns its tags into calls, and Babel reads the calls.

    In brackets, because what stands around the calls is no Python and its indentation means nothing.
    """
    calls = templatize(file.read().decode())
    yield from extract_python(io.BytesIO(f"({calls})".encode()), keywords, comment_tags, options)


def sources(root=CHECKOUT):
    """(file, extractor) of everything that may hold an interface string, by name."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, python
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            yield path, django_template


def extracted(root=CHECKOUT):
    """A Catalog of every string with the files it stands in, without translations."""
    catalog = Catalog()
    for path, extractor in sources(root):
        name = path.relative_to(root).as_posix()
        for _line, message, _comments, context in extract_from_file(extractor, path, KEYWORDS):
            catalog.add(message, locations=[(name, 0)], context=context)
    return catalog
