"""What is marked, and where the rest was found. Marked text is safe whatever the page says."""

from types import SimpleNamespace

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from toolkits import payloads
from toolkits.matches import Unit
from toolkits.public.search.marking import Marker, marked


def page(name="Mentoring", summary="", **more):
    document = payloads.Intervention(
        record=1, slug="x", name=name, summary=summary, status="current",
        centre=payloads.CentreLink(record=101, slug="c", name="C"),
        toolkit=payloads.Link(record=201, slug="t", name="T"), source=payloads.Source(url=""), **more,
    )  # fmt: skip
    return SimpleNamespace(kind="intervention", title=name, summary=summary, document=document)


def show(units, **more):
    return marked(page(**more), Marker(units))


@pytest.mark.parametrize(
    ("unit", "text", "shown"),
    [
        (Unit(("mentors",)), "Mentoring for all", "<mark>Mentoring</mark> for all"),
        (Unit(("cafe",)), "In the Café, a café", "In the <mark>Café</mark>, a <mark>café</mark>"),
        (Unit(("elan",)), "Élan vital", "<mark>Élan</mark> vital"),
        (Unit(("peer", "tutoring"), phrase=True), "Peer tutoring by a peer", "<mark>Peer tutoring</mark> by a peer"),
        (Unit(("studies",)), "A study", "A <mark>study</mark>"),
        (Unit(("kids",), others=(("young", "people"),)), "Young people, people", "<mark>Young people</mark>, people"),
        (Unit(("multi", "systemic")), "Multi-Systemic", "<mark>Multi</mark>-<mark>Systemic</mark>"),
        (Unit(("b",)), "<b>a & b</b>", "&lt;<mark>b</mark>&gt;a &amp; <mark>b</mark>&lt;/<mark>b</mark>&gt;"),
    ],
)
def test_words_are_marked_as_the_index_finds_them(unit, text, shown):
    assert show([unit], name=text).title == shown


def test_nothing_more_is_said_where_title_and_summary_have_it_all():
    assert show([Unit(("mentoring",)), Unit(("pupils",))], summary="For pupils").reasons == ()


def test_what_is_elsewhere_is_shown_where_it_stands():
    found = show([Unit(("harm",)), Unit(("mentoring",))], cautions=["It can do harm to some <b>pupils</b>"])
    assert [(reason.place, reason.text) for reason in found.reasons] == [
        ("Harms and cautions", "It can do <mark>harm</mark> to some &lt;b&gt;pupils&lt;/b&gt;")
    ]


def test_a_long_text_is_cut_round_the_word():
    text = f"{'before ' * 40}harm {'after ' * 40}"
    (reason,) = show([Unit(("harm",))], cautions=[text]).reasons
    assert reason.text.startswith("…before")
    assert "<mark>harm</mark>" in reason.text
    assert reason.text.endswith("after…")
    assert len(reason.text) < 200


def test_a_word_that_an_editor_said_means_the_same_is_named():
    unit = Unit(("expulsion",), others=(("suspension",),))
    assert show([unit], summary="Suspensions from school").others == ("suspension",)
    assert show([unit], summary="Expulsion and suspensions").others == ()


def test_words_that_need_not_be_there_are_not_looked_for_elsewhere():
    assert show([Unit(("stop",), optional=True)], cautions=["Stop"]).reasons == ()


@given(
    st.text(max_size=80), st.sampled_from([Unit(("a",)), Unit(("b", "c"), phrase=True), Unit(("x",), (("a", "b"),))])
)
def test_marking_adds_nothing_but_marks_and_escapes_the_rest(text, unit):
    shown = show([unit], name=text).title
    unmarked = shown.replace("<mark>", "").replace("</mark>", "")
    assert strip_tags(unmarked) == unmarked
    assert shown.count("<mark>") == shown.count("</mark>")
