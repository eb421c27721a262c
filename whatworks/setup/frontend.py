"""The front end: npm packages, the style sheet, and the files copied beside it. Nothing of it is committed."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from whatworks.setup import environment, paths
from whatworks.setup.steps import Stamp, Trouble, call, digest, step

OLDEST_NODE = 20
ENTRY = paths.CHECKOUT / "static" / "scss" / "main.scss"
STYLES = paths.BUILD / "static" / "css" / "main.css"

# From npm's folder to `build`. The web gets one variable font per script and slope, the PDFs whole static ones.
WEB_FONT = "@fontsource-variable/public-sans"
PDF_FONT = "@expo-google-fonts/public-sans"
COPIES = {
    "htmx.org/dist/htmx.min.js": "static/js/htmx.min.js",
    f"{WEB_FONT}/LICENSE": "static/fonts/LICENSE.txt",
    f"{WEB_FONT}/files/public-sans-latin-wght-normal.woff2": "static/fonts/public-sans-latin.woff2",
    f"{WEB_FONT}/files/public-sans-latin-ext-wght-normal.woff2": "static/fonts/public-sans-latin-ext.woff2",
    f"{WEB_FONT}/files/public-sans-latin-wght-italic.woff2": "static/fonts/public-sans-latin-italic.woff2",
    f"{WEB_FONT}/files/public-sans-latin-ext-wght-italic.woff2": "static/fonts/public-sans-latin-ext-italic.woff2",
    f"{PDF_FONT}/LICENSE_FONT": "fonts/LICENSE.txt",
} | {
    f"{PDF_FONT}/{style}/PublicSans_{style}.ttf": f"fonts/PublicSans-{style[3:].replace('_', '')}.ttf"
    for style in ("400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic", "700Bold", "700Bold_Italic")
}


def prepare_front_end(need: str) -> None:
    """Make `build` and, for `need` = "test", the tools the checks use."""
    lock = paths.CHECKOUT / "package-lock.json"
    if not lock.exists():
        raise Trouble(f"{lock} is missing. Restore it (`git checkout package-lock.json`) or make it with `make lock`.")
    packages = digest(lock, paths.CHECKOUT / "package.json")
    stamp = Stamp(paths.BUILD / ".whatworks.json")
    styles = digest(packages, *scss_files())
    copies = digest(packages, repr(sorted(COPIES.items())))
    done = stamp.read()
    made = done.get("styles") == styles and (STYLES.exists() or not ENTRY.exists())
    copied = done.get("copies") == copies and all((paths.BUILD / target).exists() for target in COPIES.values())
    if made and copied and need != "test":
        return  # node_modules may be gone by now: nothing more is wanted from it
    install_packages(paths.CHECKOUT, packages, need, "npm")
    paths.BUILD.mkdir(exist_ok=True)
    if not copied:
        with step("Fonts and scripts"):
            for source, target in COPIES.items():
                copy(paths.NODE_MODULES / source, paths.BUILD / target)
        stamp.write(copies=copies)
    if not made:
        if ENTRY.exists():
            node = node_tools()[0]
            with step("Style sheet (Sass)"):
                compile_styles(node)
        stamp.write(styles=styles)


def scss_files() -> list[str]:
    """Name and content of every Sass file, so that a moved file counts as a change."""
    folder = paths.CHECKOUT / "static" / "scss"
    return [
        part for path in sorted(folder.rglob("*.scss")) for part in (str(path.relative_to(folder)), path.read_text())
    ]


def copy(source: Path, target: Path) -> None:
    """Copy one file in one piece; raises Trouble when npm's folder lacks it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new{os.getpid()}")
    try:
        shutil.copyfile(source, fresh)
    except FileNotFoundError as error:
        raise Trouble(f"{source} is missing. Remove node_modules and run this again.") from error
    fresh.replace(target)


def compile_styles(node: str) -> None:
    """Compile the style sheet with that Node; raises Trouble with Sass's own message."""
    STYLES.parent.mkdir(parents=True, exist_ok=True)
    fresh = STYLES.with_suffix(f".new{os.getpid()}")
    sass = paths.NODE_MODULES / "sass" / "sass.js"
    options = [
        f"--load-path={paths.NODE_MODULES}",
        "--style=compressed",
        "--no-source-map",
        "--quiet-deps",
        "--no-error-css",
    ]
    call(
        [node, sass, *options, ENTRY, fresh], paths.logs_dir() / "sass.log", trouble="The style sheet does not compile."
    )
    fresh.replace(STYLES)


def install_packages(folder: Path, packages: str, need: str, log_name: str) -> None:
    """`npm ci` in `folder` unless its packages (a digest of the lock) are there; `need` "test" takes all of them."""
    stamp = Stamp(folder / "node_modules" / ".whatworks.json")
    done = stamp.read()
    if done.get("test") == packages or (need != "test" and done.get("run") == packages):
        return
    node, npm, origin = node_tools()
    with step(f"npm packages ({need})") as notes:
        notes.append(origin)
        some = [] if need == "test" else ["--omit=dev"]
        variables = paths.tool_environment()
        variables["PATH"] = f"{Path(node).parent}{os.pathsep}{variables.get('PATH', '')}"
        command = [
            npm,
            "ci",
            *some,
            "--omit=optional",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]
        call(command, paths.logs_dir() / f"{log_name}.log", env=variables, cwd=folder, fetching=True)
    stamp.write(**{"test" if need == "test" else "run": packages})


def node_tools() -> tuple[str, str, str]:
    """Paths of node and npm, and where they come from: the machine when its Node is recent, else PyPI's wheel of it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if (
        node
        and npm
        and recent(node)
        and subprocess.run([npm, "--version"], capture_output=True, cwd="/").returncode == 0
    ):
        return node, npm, "the machine's Node"
    venv = paths.data_dir() / "node"
    lock = environment.lock_file("node")
    stamp = Stamp(venv / ".whatworks.json")
    done = stamp.read()
    if not environment.is_made(venv, done) or done.get("node") != digest(lock):
        environment.make_venv(venv, done, "An environment for Node")
        with step("Node") as notes:
            notes.append(environment.install(venv, lock, "node"))
        stamp.write(node=digest(lock), place=str(venv))
    return str(venv / "bin" / "node"), str(venv / "bin" / "npm"), "Node from PyPI"


def recent(node: str) -> bool:
    """Whether this Node runs and is new enough for Sass."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return False
    found = re.match(r"v(\d+)\.", answer)
    return bool(found) and int(found[1]) >= OLDEST_NODE
