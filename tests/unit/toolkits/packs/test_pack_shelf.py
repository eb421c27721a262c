"""Files of packs on disk: whole, within their limit, and no fault where they cannot be kept."""

import os

from toolkits.public.packs.shelf import Shelf


def test_what_was_put_there_first_makes_room(tmp_path):
    shelf = Shelf(tmp_path / "asked", 100)
    assert shelf.get("a.pdf") is None
    assert shelf.sizes() == {}
    for age, name in enumerate(("c.pdf", "b.pdf", "a.pdf")):
        shelf.put(name, b"x" * 40)
        os.utime(tmp_path / "asked" / name, (age, age))
    shelf.make_room()
    assert set(shelf.sizes()) == {"a.pdf", "b.pdf"}
    assert shelf.get("a.pdf") == b"x" * 40
    shelf.drop(["a.pdf", "a.pdf"])
    assert set(shelf.sizes()) == {"b.pdf"}


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nobody(tmp_path, caplog):
    (tmp_path / "packs").write_text("a file, where the folder should be")
    shelf = Shelf(tmp_path / "packs", 100)
    shelf.put("a.pdf", b"x")
    assert shelf.get("a.pdf") is None
    assert "could not be kept" in caplog.text
    Shelf(tmp_path / "other", 0).put("a.pdf", b"x")
    assert not (tmp_path / "other").exists()
