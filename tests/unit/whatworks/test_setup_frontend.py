"""The front end: compiled when it changed, whole or not at all, with letters for every language we serve."""

import pytest
from fontTools.ttLib import TTFont

from whatworks.setup import frontend, paths
from whatworks.setup.steps import Trouble


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A small checkout with the real npm packages."""
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_bytes((paths.CHECKOUT / name).read_bytes())
    (tmp_path / "node_modules").symlink_to(paths.NODE_MODULES)
    entry = tmp_path / "static" / "scss" / "main.scss"
    entry.parent.mkdir(parents=True)
    entry.write_text("$size: 3px; a { margin: $size }")
    monkeypatch.setenv("WHATWORKS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(paths, "CHECKOUT", tmp_path)
    monkeypatch.setattr(paths, "BUILD", tmp_path / "build")
    monkeypatch.setattr(frontend, "ENTRY", entry)
    monkeypatch.setattr(frontend, "STYLES", tmp_path / "build" / "static" / "css" / "main.css")
    return tmp_path


def test_styles_are_compiled_when_they_changed_and_only_then(checkout, monkeypatch):
    frontend.prepare_front_end("run")
    assert frontend.STYLES.read_text().strip() == "a{margin:3px}"
    with monkeypatch.context() as patch:
        patch.setattr(frontend, "call", lambda *words, **more: pytest.fail("nothing had changed"))
        frontend.prepare_front_end("run")
    (checkout / "static" / "scss" / "_part.scss").write_text("b { padding: 0 }")
    frontend.ENTRY.write_text('@use "part"')
    frontend.prepare_front_end("run")
    assert frontend.STYLES.read_text().strip() == "b{padding:0}"


def test_a_mistake_in_the_styles_keeps_the_last_good_ones_and_is_tried_again(checkout):
    frontend.prepare_front_end("run")
    frontend.ENTRY.write_text("a { margin: $nowhere }")
    for _ in range(2):
        with pytest.raises(Trouble, match=r"style sheet does not compile[\s\S]*Undefined variable"):
            frontend.prepare_front_end("run")
    assert frontend.STYLES.read_text().strip() == "a{margin:3px}"


def test_a_lost_file_is_copied_again(checkout):
    frontend.prepare_front_end("run")
    lost = paths.BUILD / "static" / "js" / "htmx.min.js"
    lost.unlink()
    frontend.prepare_front_end("run")
    assert lost.stat().st_size > 40_000


def test_the_pdf_fonts_have_the_letters_of_welsh_and_of_latin_extended(checkout):
    frontend.prepare_front_end("run")
    fonts = sorted((paths.BUILD / "fonts").glob("*.ttf"))
    assert len(fonts) == 6
    for path in fonts:
        missing = [
            letter for letter in "ŵŷŴŶâêîôûẁẃẅỳÿĀžőșț–—‘’“”£€≥≤×−±" if ord(letter) not in TTFont(path).getBestCmap()
        ]
        assert missing == [], path.name


def test_the_licence_goes_with_the_fonts(checkout):
    frontend.prepare_front_end("run")
    for path in (paths.BUILD / "fonts" / "LICENSE.txt", paths.BUILD / "static" / "fonts" / "LICENSE.txt"):
        assert "SIL Open Font License" in path.read_text()


def test_a_node_too_old_or_broken_is_not_taken(tmp_path):
    for version, good in (("v18.20.0", False), ("v20.0.0", True), ("v24.1.0", True), ("not a version", False)):
        node = tmp_path / "node"
        node.write_text(f"#!/bin/sh\necho {version}\n")
        node.chmod(0o755)
        assert frontend.recent(str(node)) is good
