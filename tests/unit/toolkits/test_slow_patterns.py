"""Texts over which a careless pattern would brood for hours: that these tests end is what they show."""

from toolkits import reading_age, richtext
from toolkits.study_files import bibliographies


def test_a_file_of_empty_lines_is_read_once():
    assert bibliographies.form_of("references.bib", b"") == "bibtex"
    _rows, problems = bibliographies.read("bibtex", b"\n" * 2_000_000, "references.bib")
    assert problems
    assert bibliographies.form_of("x", b"\n\n  @article{a, title = {A}}") == "bibtex"


def test_a_row_of_dots_is_one_end():
    assert reading_age.reading_age("." * 500_000 + "a") == reading_age.reading_age("a")
    assert reading_age.reading_age("Cats sleep... Dogs do not.") == reading_age.reading_age("Cats sleep. Dogs do not.")


def test_brackets_and_stars_that_never_close_are_text():
    assert richtext.to_html("[" * 3_000).count("[") == 3_000
    assert "*" in richtext.to_html("*a **b " * 2_000)
