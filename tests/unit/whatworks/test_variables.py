"""docs/settings.md and the code agree on which variables there are and what their numbers are."""

import ast

import pytest
from django.core.exceptions import ImproperlyConfigured

from whatworks.from_environment import number
from whatworks.setup import paths
from whatworks.variables import VARIABLES, as_markdown

READERS = ("settings", "gunicorn", "healthcheck", "counting", "logs", "requests", "metrics", "wsgi")
HELPERS = {"text", "flag", "number", "words"}


def read_variables():
    """{name: default or None} of every variable that the running portal reads, by its code."""
    found = {}
    for module in READERS:
        for node in ast.walk(ast.parse((paths.CHECKOUT / "whatworks" / f"{module}.py").read_text())):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
            if called in HELPERS or called == "os.environ.get":
                default = node.args[1] if called == "number" else None
                name = node.args[0].value
                if not name.startswith(("WHATWORKS_", "DATABASE_")):
                    continue
                found[name] = eval(compile(ast.Expression(default), "", "eval")) if default else found.get(name)  # noqa: S307 - our own source
    return found


def test_every_variable_is_in_the_table_and_no_other():
    assert set(VARIABLES) == set(read_variables())


@pytest.mark.parametrize(("name", "default"), [pair for pair in read_variables().items() if pair[1]])
def test_numbers_are_those_of_the_code(name, default):
    assert VARIABLES[name][1] in {str(default), "one year" if default == 31_536_000 else ""}


def test_the_page_is_printed_from_the_table():
    written = (paths.CHECKOUT / "docs/settings.md").read_text()
    assert written == as_markdown(), "run: python manage.py settings_table > docs/settings.md"


@pytest.mark.parametrize("typed", ["0", "-5", "ten", "1.5", "²"])
def test_a_number_that_would_shut_everybody_out_is_refused(monkeypatch, typed):
    monkeypatch.setenv("WHATWORKS_IDLE_MINUTES", typed)
    with pytest.raises(ImproperlyConfigured, match="WHATWORKS_IDLE_MINUTES is .* write a whole number from 1"):
        number("WHATWORKS_IDLE_MINUTES", 120, least=1)
