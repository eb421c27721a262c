"""docs/imports.md: which room imports which, read from the code. Write it: python -m tests.architecture.picture"""

from tests.architecture.test_imports import ROOT, imported, modules

PAGE = ROOT / "docs/imports.md"
HEAD = """# Who imports whom, as the code has it

Printed by `python -m tests.architecture.picture`; a test keeps it so. [architecture.md](architecture.md) says what each
room is for, and which arrows are allowed. Tests, migrations and the set-up are left out; a package of `toolkits/` is a
room of its own, its single modules are `toolkits`.

```mermaid
flowchart TD
"""


def room(name):
    """The part of the house that a module is in: an app, or a package of `toolkits`."""
    parts = name.split(".")
    if parts[0] != "toolkits":
        return parts[0]
    if len(parts) > 1 and (ROOT / "toolkits" / parts[1]).is_dir():
        return f"toolkits.{parts[1]}"
    return "toolkits"


def arrows():
    """{(room, imported room)}."""
    files, found = dict(modules()), set()
    for module, path in files.items():
        if "migrations" in module or module.startswith("whatworks.setup"):
            continue
        # `from a import b` names `a` and `a.b`: the longer one is meant, where it is a module.
        names = {name for name in imported(path) if name in files}
        meant = {name for name in names if not any(other.startswith(f"{name}.") for other in names)}
        found |= {(room(module), room(name)) for name in meant if room(name) != room(module)}
    return found


def as_markdown():
    """The page."""
    found = arrows()
    names = sorted({name for pair in found for name in pair})
    lines = [f"    {name.replace('.', '_')}[{name}]" for name in names]
    for here, there in sorted(found):
        lines.append(f"    {here.replace('.', '_')} --> {there.replace('.', '_')}")
    table = "".join(
        f"| `{name}` | {', '.join(f'`{there}`' for here, there in sorted(found) if here == name) or 'nothing'} |\n"
        for name in names
    )
    return f"{HEAD}" + "\n".join(lines) + f"\n```\n\n| room | imports |\n|---|---|\n{table}"


if __name__ == "__main__":
    PAGE.write_text(as_markdown())
