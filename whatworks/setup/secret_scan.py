"""Looks for secrets where none belong: in every file of the checkout, or with `--history` in all that ever was.

Only what has a form of its own is found: keys and tokens of the usual services, private keys, passwords in addresses,
and long random values given to a name such as `secret`. Values that say that they are none are left alone.
"""

import math
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

from whatworks.setup import paths

FORMS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "a key of AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{40,}",
    "a token of GitLab": r"\bglpat-[\w-]{20,}",
    "a token of PyPI or npm": r"\bpypi-AgE[\w-]{50,}|\bnpm_[A-Za-z0-9]{36}\b",
    "a token of Slack": r"\bxox[abprs]-[\w-]{10,}",
    "a key of Google": r"\bAIza[\w-]{35}\b",
    "a key of Stripe": r"\b[rs]k_live_[A-Za-z0-9]{20,}",
    "a signed token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "a password in an address": r"\b[a-z][a-z0-9+]{1,20}://[^\s:/@'\"<{$]+:(?P<address>[^\s@'\"<{$]{3,})@(?![\w.-]*\bexample\b)",
    "a secret": r"(?i:secret|passw(?:or)?d|token|api_?key|credential)\w*[\"']?\s*[:=]\s*[\"'](?P<named>[^\s\"']{20,})[\"']",
}
ANY = re.compile("|".join(f"(?P<f{number}>{form})" for number, form in enumerate(FORMS.values())))
# What says of itself that it is an example, or is the dotted name of something in Python.
NO_SECRET = re.compile(r"pass|word|example|secret|for.tests|\.\.\.|JBSWY3DPEHPK3PXP|[<>{}()\[\]/ ]|^\w+(?:\.\w+){2,}$")
LEAST_RANDOM = 3.5  # bits a character; words have less
MADE = {"build", "node_modules"}
BINARY = (".png", ".woff2", ".ttf", ".ico", ".xlsx", ".pdf")


def randomness(text: str) -> float:
    """Shannon's entropy of the characters, in bits a character."""
    counts = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values())


def found_in(line: str) -> str:
    """What kind of secret a line holds; empty where it holds none."""
    for match in ANY.finditer(line):
        value = match.group("address") or match.group("named")
        if value and (NO_SECRET.search(value) or (match.group("named") and randomness(value) < LEAST_RANDOM)):
            continue
        return next(kind for number, kind in enumerate(FORMS) if match.group(f"f{number}"))
    return ""


def _git(*words: str) -> Iterator[str]:
    if not shutil.which("git"):
        return
    command = ["git", "-C", str(paths.CHECKOUT), "-c", "core.quotePath=off", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace"
    ) as git:
        yield from git.stdout or ()


def _files() -> Iterator[str]:
    """The files that are in the repository, or about to be; without a repository, all that nobody made here."""
    named = [line.strip() for line in _git("ls-files", "--cached", "--others", "--exclude-standard")]
    if named:
        return iter(named)
    found = (path.relative_to(paths.CHECKOUT) for path in paths.CHECKOUT.rglob("*"))
    return (str(path) for path in found if path.parts[0] not in MADE and not path.parts[0].startswith("."))


def in_files() -> Iterator[str]:
    """Each finding in a file of the checkout."""
    for name in _files():
        path = paths.CHECKOUT / name
        if path.suffix in BINARY or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if kind := found_in(line):
                yield f"{name}:{number}: {kind}"


def in_history() -> Iterator[str]:
    """Each finding in a line that any commit added."""
    commit = name = ""
    for line in _git("log", "--all", "--unified=0", "--format=commit %h", "--patch", "--no-color", "--no-textconv"):
        if line.startswith("commit "):
            commit = line.split()[1]
        elif line.startswith("+++ "):
            name = line[6:].strip()
        elif line.startswith("+") and (kind := found_in(line)):
            yield f"{commit} {name}: {kind}"


def main(arguments: list[str]) -> int:
    """Print every finding; 1 where there is one."""
    findings = list(in_history() if "--history" in arguments else in_files())
    for finding in findings:
        paths.say(f"{finding}. Take it out, and make a new one: whoever has a copy has this one.")
    return int(bool(findings))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
