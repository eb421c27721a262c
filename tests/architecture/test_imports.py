"""Who may import whom: the rooms of docs/architecture.md, read from the code itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("whatworks", "toolkits", "evidence", "centres")

# What a room may import of ours. The longest matching prefix counts.
PUBLIC = {
    "toolkits.published",
    "toolkits.matches",
    "toolkits.payloads",
    "toolkits.words",
    "toolkits.freshness",
    "toolkits.languages",
    # Two published versions are compared as two drafts are: by what differs, whoever looks.
    "toolkits.differences",
    "toolkits.public",
    "toolkits.models.publishing",
    # What visitors send is left for the runner; what a follower sees of their own comes by their key.
    "toolkits.inbox",
    "toolkits.following.kept",
    "toolkits.following.links",
    "evidence.appraisals",
    "evidence.bands",
    "evidence.costing",
    "evidence.effects",
    "evidence.metrics",
    "evidence.prices",
    "evidence.ratings",
    "centres.partial_dates",
}
RULES = {
    "centres": {"centres"},
    "evidence": {"evidence", "centres"},
    "evidence.appraisals": set(),
    "evidence.bands": set(),
    "evidence.costing": set(),
    "evidence.metrics": set(),
    "evidence.prices": set(),
    "evidence.proposals": {"evidence.effects"},
    "evidence.ratings": set(),
    "evidence.effects": {"evidence.effects"},
    "evidence.effect_sizes": {"evidence.effect_sizes"},
    "evidence.synthesis": {"evidence.synthesis"},
    "centres.partial_dates": set(),
    "toolkits": {"toolkits", "evidence", "centres"},
    "toolkits.payloads": {"toolkits.payloads", "toolkits.words"},
    "toolkits.words": set(),
    "toolkits.inbox": {"toolkits.models.inbox"},
    "toolkits.following.kept": set(),
    "toolkits.following.links": set(),
    "toolkits.matches": {"toolkits.models.publishing", "toolkits.languages"},
    "toolkits.differences": set(),
    "toolkits.freshness": set(),
    "toolkits.languages": set(),
    "toolkits.richtext": set(),
    "toolkits.reading_age": set(),
    "toolkits.readiness": {"toolkits.readiness", "toolkits.payloads", "toolkits.reading_age"},
    "toolkits.templatetags": {"toolkits.templatetags.written", "toolkits.words"},
    "toolkits.published": {
        "toolkits.published",
        "toolkits.languages",
        "toolkits.payloads",
        "toolkits.models.publishing",
        "centres.partial_dates",
    },
    "toolkits.public": PUBLIC,
    "whatworks.setup": {"whatworks"},
}
PURE = (
    *("evidence.appraisals", "evidence.bands", "evidence.metrics", "evidence.ratings", "evidence.proposals"),
    *("evidence.costing", "evidence.prices"),
    *("centres.partial_dates", "toolkits.differences", "toolkits.words", "toolkits.reading_age"),
    *("toolkits.public.search.parsing", "toolkits.public.search.ranking", "toolkits.public.throttle"),
    *(
        f"{package}.{path.stem}"
        for package in ("evidence.effects", "evidence.effect_sizes", "evidence.synthesis", "toolkits.payloads")
        for path in sorted(ROOT.joinpath(*package.split(".")).glob("*.py"))
    ),
)


def modules():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imported(path):
    """Every module a file imports, `from a import b` giving both `a` and `a.b`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(name, places):
    return any(name == place or name.startswith(f"{place}.") for place in places)


def rule_for(module):
    matching = [place for place in RULES if is_in(module, [place])]
    return RULES[max(matching, key=len)] if matching else None


def forbidden(module, names):
    """The imports of ours among `names` that `module` may not have."""
    allowed = rule_for(module)
    if allowed is None:
        return []
    ours = [name for name in names if is_in(name, ROOMS)]
    # `from toolkits import published` names `toolkits` too: a package that an allowed module lies in.
    packages = {place.rsplit(".", n)[0] for place in allowed for n in range(1, place.count(".") + 1)}
    return [
        name
        for name in ours
        if not is_in(name, allowed) and not is_in(name, [module.split(".__")[0]]) and name not in packages
    ]


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_room_imports_only_what_it_may(module, path):
    assert forbidden(module, list(imported(path))) == []


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_know_no_django(module):
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    assert not [name for name in imported(path) if is_in(name, ["django"])]


def reached(starts, files):
    """All modules of ours that importing `starts` runs: a module brings its packages, and what they import."""
    found, waiting = set(), list(starts)
    while waiting:
        module = waiting.pop()
        if module in files and module not in found:
            found.add(module)
            parents = (module.rsplit(".", n)[0] for n in range(1, module.count(".") + 1))
            waiting += [*imported(files[module]), *parents]
    return found


def test_nothing_behind_a_public_page_needs_the_arithmetic_of_syntheses():
    """A reader's page shows numbers that were frozen; scipy costs a process a second and 50 MB."""
    files = dict(modules())
    behind = reached((module for module in files if is_in(module, ["toolkits.public"])), files)
    assert "toolkits.published" in {module[: len("toolkits.published")] for module in behind}
    assert {
        module for module in behind if any(is_in(name, ["numpy", "scipy"]) for name in imported(files[module]))
    } == set()


def test_that_reach_goes_through_packages_and_other_modules():
    files = dict(modules())
    reach = reached(["evidence.management.commands.synthesise"], files)
    assert {"evidence", "evidence.synthesis", "evidence.synthesis.bias", "evidence.synthesis.least_squares"} <= reach


def test_nobody_imports_the_wiring():
    for module, path in modules():
        if not module.startswith("whatworks"):
            assert not [name for name in imported(path) if is_in(name, ["whatworks"])], module


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("evidence.models.reports", "toolkits.models"),
        ("centres.models", "evidence.models"),
        ("toolkits.public.views.lists", "evidence.models"),
        ("toolkits.public.views.lists", "toolkits.models.working"),
        ("toolkits.published", "toolkits.models.working"),
        ("toolkits.templatetags.rating_symbols", "toolkits.payloads"),
        ("toolkits.payloads", "toolkits.models"),
        ("toolkits.public.views.pages", "evidence.synthesis"),
        ("evidence.synthesis.pooling", "evidence.models"),
    ],
)
def test_the_rule_itself_refuses(module, name):
    assert forbidden(module, [name]) == [name]


def test_no_module_is_longer_than_one_concern():
    long = {
        module: n
        for module, path in modules()
        if "migrations" not in module and (n := len(path.read_text().splitlines())) > 400
    }
    assert long == {}
