"""What a document lacks: every rule with something to find and nothing to find, and that no page gets worse."""

import datetime

import msgspec
import pytest

from toolkits import payloads, readiness

TODAY = datetime.date(2026, 11, 23)
FACTS = readiness.Facts(today=TODAY)
CENTRE = payloads.CentreLink(record=101, slug="c", name="Centre")
SCALE = payloads.Link(record=301, slug="months", name="Months of progress")
OUTCOMES = {slug: payloads.Term(slug=slug, name=slug.title()) for slug in ("reading", "writing")}


def rating(**changes):
    whole = {
        "axis": "impact", "scheme": SCALE, "by_network": False, "version": "2021", "unit": "", "what_is_graded": "",
        "measures": "", "level": "3", "label": "Moderate", "name": "Moderate", "meaning": "", "off_scale": "",
        "band": "", "band_reason": "", "rank": 3, "steps": 5, "reason": "Four good trials agree.",
    }  # fmt: skip
    return payloads.Rating(**whole | changes)


def intervention(**changes):
    """An intervention that lacks nothing, but for `changes`."""
    whole = {
        "record": 1001, "slug": "mentoring", "name": "Mentoring", "status": "current", "centre": CENTRE,
        "summary": "An older pupil or an adult meets a pupil every week. They talk about school and set goals for it.",
        "toolkit": payloads.Link(record=201, slug="t", name="T"), "source": payloads.Source(url="https://c.example/m"),
        "outcomes": [OUTCOMES["reading"]], "ratings": [rating()], "key_messages": ["It helps."],
        "how_it_works_html": "<p>They <a href=\"/about/\">meet</a>.</p>", "how_sure_html": "<p>Fairly.</p>",
        "for_whom_html": "<p>Pupils.</p>", "cautions": ["Train mentors."], "implementation": ["Meet weekly."],
        "costs_html": "<p>Little.</p>", "gaps_html": "<p>Girls.</p>", "authors": ["A. Author"],
        "interests": "None declared", "last_searched": datetime.date(2026, 1, 1),
        "next_review": datetime.date(2027, 1, 1),
    }  # fmt: skip
    return payloads.Intervention(**whole | changes)


def codes(document, live=None, level=readiness.MUST, facts=FACTS):
    found = readiness.requirements(document, live, facts)
    return [requirement.code for requirement in found if requirement.level == level and not requirement.met]


def test_a_whole_page_lacks_nothing_and_says_so_of_each_rule():
    found = readiness.requirements(intervention(), None, FACTS)
    assert [requirement for requirement in found if not requirement.met] == []
    assert len({requirement.code for requirement in found}) == len(found) >= 18


MUSTS = {
    "reasons": {"ratings": [rating(reason=" ")]},
    "rating sources": {"source": payloads.Source(url="", note="a book")},
    "scale versions": {"ratings": [rating(version="")]},
    "whole ranges": {"ratings": [rating(range_low="1")]},
    "authors": {"authors": []},
    "interests": {"interests": ""},
    "search date": {"last_searched": None},
    "every outcome": {"ratings": []},
    "links": {"how_it_works_html": '<p><a href="about">us</a></p>'},
    "pictures": {"costs_html": '<p>!<a href="https://x.example/x.png">Chart</a></p>'},
}


@pytest.mark.parametrize("code", MUSTS)
def test_what_must_be_there(code):
    assert codes(intervention(**MUSTS[code])) == [code]


@pytest.mark.parametrize("code", MUSTS)
def test_what_the_public_version_lacks_too_holds_nothing_up(code):
    """A page never gets worse: a wording beside it may still be mended."""
    live = intervention(**MUSTS[code])
    document = msgspec.structs.replace(live, summary="Better words for the same thing, as anybody can see.")
    assert readiness.unmet(document, live, FACTS) == []
    (standing,) = [found for found in readiness.requirements(document, live, FACTS) if found.stands]
    assert (standing.code, standing.level) == (code, readiness.ADVICE)


@pytest.mark.parametrize("code", MUSTS)
def test_what_the_public_version_has_must_not_be_lost(code):
    assert codes(intervention(**MUSTS[code]), intervention()) == [code]


ADVICE = {
    "length": [{"summary": "Talk. " * 60}, {"summary": "Talk."}],
    "reading age": [
        {"summary": "Interdisciplinary organisational interventions facilitating intergenerational communication."}
    ],
    "outcomes": [{"outcomes": []}],
    "ranges": [{"ratings": [rating(value="3")]}],
    "sections": [{"gaps_html": ""}, {"key_messages": [], "cautions": []}],
    "review date": [{"next_review": None}, {"next_review": datetime.date(2026, 11, 22)}],
    "link words": [{"gaps_html": '<p><a href="/about/">Click here</a></p>'}],
    "headings": [{"gaps_html": "<h4>Girls</h4><h3>Boys</h3>"}],
}


@pytest.mark.parametrize(("code", "changes"), [(code, changes) for code, those in ADVICE.items() for changes in those])
def test_what_is_advice(code, changes):
    document = intervention(**changes)
    assert readiness.unmet(document, None, FACTS) == []
    assert codes(document, level=readiness.ADVICE) == [code]


def test_a_summary_in_welsh_has_no_english_reading_age():
    hard = ADVICE["reading age"][0]
    assert "reading age" not in codes(intervention(language="cy", **hard), level=readiness.ADVICE)


class TestRatings:
    before = intervention(ratings=[rating(reason="")])

    @pytest.mark.parametrize("change", [{"level": "4"}, {"value": "4"}, {"range_low": "1", "range_high": "5"}])
    def test_a_changed_one_needs_a_reason(self, change):
        assert codes(intervention(ratings=[rating(reason="", **change)]), self.before) == ["reasons"]

    def test_a_new_one_needs_a_reason_beside_one_that_stands_without(self):
        document = intervention(ratings=[rating(reason=""), rating(reason="", aspect="Girls")])
        (lack,) = readiness.unmet(document, self.before, FACTS)
        assert (lack.field, lack.item) == ("reason", 1)
        assert "Girls" in lack.text

    def test_its_own_source_counts_as_well_as_the_pages(self):
        own = rating(source=payloads.Source(url="https://c.example/r"))
        assert codes(intervention(source=payloads.Source(url=""), ratings=[own])) == []

    def test_a_scale_without_a_version_is_said_once(self):
        two = [rating(version=""), rating(version="", aspect="Girls")]
        assert codes(intervention(ratings=two)) == ["scale versions"]

    def test_another_rating_on_a_scale_that_was_public_without_a_version_goes_out(self):
        live = intervention(ratings=[rating(version="")])
        document = intervention(ratings=[rating(version=""), rating(version="", aspect="Girls")])
        assert codes(document, live) == []


class TestOutcomes:
    both = list(OUTCOMES.values())

    def test_each_is_rated_by_name_or_by_a_rating_of_the_whole(self):
        assert codes(intervention(outcomes=self.both)) == []
        assert codes(intervention(outcomes=self.both, ratings=[rating(outcome="Reading")])) == ["every outcome"]

    def test_or_said_to_be_unrated(self):
        one = {"outcomes": self.both, "ratings": [rating(outcome="Reading")]}
        assert codes(intervention(**one, unrated_outcomes=[OUTCOMES["writing"]])) == []

    def test_but_not_both(self):
        one = {"ratings": [rating(outcome="Reading")], "unrated_outcomes": [OUTCOMES["reading"]]}
        assert codes(intervention(**one)) == ["every outcome"]

    @pytest.mark.parametrize("changes", [{"axis": "cost"}, {"by_network": True}])
    def test_neither_a_cost_nor_the_networks_reading_rates_one(self, changes):
        assert codes(intervention(ratings=[rating(**changes)])) == ["every outcome"]

    def test_a_further_one_is_held_up_where_another_stood_unrated(self):
        live = intervention(ratings=[], outcomes=[OUTCOMES["reading"]])
        (lack,) = readiness.unmet(intervention(ratings=[], outcomes=self.both), live, FACTS)
        assert "Writing" in lack.text


class TestLinks:
    facts = readiness.Facts(today=TODAY, broken=frozenset({"/gone/", "/lost/"}))

    def page(self, *addresses):
        links = "".join(f'<a href="{address}">Page</a>' for address in addresses)
        return intervention(gaps_html=f"<p>{links}</p>")

    def test_a_broken_one_is_named_with_its_field(self):
        (lack,) = readiness.unmet(self.page("/about/", "/gone/"), None, self.facts)
        assert lack.field == "gaps"
        assert "/gone/" in lack.text

    def test_one_more_is_held_up_where_another_was_broken_in_public(self):
        (lack,) = readiness.unmet(self.page("/gone/", "/lost/"), self.page("/gone/"), self.facts)
        assert "/lost/" in lack.text

    @pytest.mark.parametrize("address", ["#costs", "https://c.example/", "mailto:a@c.example"])
    def test_others_are_let_be(self, address):
        assert codes(self.page(address), facts=self.facts) == []

    def test_one_without_words_is_no_link(self):
        assert codes(intervention(gaps_html='<p><a href="/about/"> </a></p>')) == ["links"]

    def test_addresses_of_all_texts(self):
        assert readiness.addresses(self.page("/gone/")) == {"/about/", "/gone/"}


def report(**changes):
    whole = {
        "record": 5001, "slug": "r", "title": "A report", "title_is_descriptive": False, "centre": CENTRE,
        "year": 2020, "type": "synthesis", "topic": "", "authors": ["A. Author"],
        "source": payloads.Source(url="https://c.example/r"), "citation": "",
        "finding": "Pupils who were tutored learned more than pupils who were not, and kept it for a year.",
    }  # fmt: skip
    return payloads.Report(**whole | changes)


def method(**changes):
    levels = [
        payloads.Level(
            key=key, label=key, name=key, meaning="As it says.", order=n, off_scale="", band="", band_reason=""
        )
        for n, key in enumerate(("low", "high"))
    ]
    whole = {
        "record": 301, "slug": "s", "name": "S", "axis": "impact", "centre": CENTRE, "version": "1", "unit": "months",
        "what_is_graded": "an approach", "measures": "size", "numeric": True, "note": "",
        "source": payloads.Source(url="https://c.example/s"), "levels": levels,
    }  # fmt: skip
    return payloads.Method(**whole | changes)


def centre(**changes):
    whole = {
        "record": 101, "slug": "c", "name": "C", "short_name": "C", "accent": "#14213d", "policy_area": "education",
        "founded": "", "closed": "", "hosts": ["A university"], "constitution": "", "funding_note": [],
        "website": "https://c.example/", "audience": ["teachers"], "sources": [payloads.Source(url="https://c.example/")],
        "memberships": [], "ending": None, "origins": [], "awards": [],
    }  # fmt: skip
    return payloads.Centre(**whole | changes)


def toolkit(**changes):
    axes = [payloads.ToolkitAxis(axis=axis, absent_means="Not rated.", schemes=[]) for axis in payloads.MAIN_AXES]
    whole = {
        "record": 201, "slug": "t", "name": "T", "centre": CENTRE, "introduction_html": "<p>All of it.</p>",
        "axes": axes, "methods": [],
    }  # fmt: skip
    return payloads.Toolkit(**whole | changes)


def family(n):
    members = [payloads.FamilyMember(record=record, relation="same") for record in range(n)]
    return payloads.Family(record=401, slug="f", name="F", members=members)


def vocabulary(*terms):
    those = [payloads.VocabularyTerm(slug=term, name=term) for term in terms]
    return payloads.Vocabulary(record=1, slug="outcomes", name="Outcomes", terms=those)


LEVELS = method().levels


@pytest.mark.parametrize(
    ("document", "musts"),
    [
        (report(), []),
        (report(year=None), ["year"]),
        (report(authors=[]), ["authors"]),
        (report(source=None), ["whereabouts"]),
        (report(source=None, citation="Author (2020)"), []),
        (toolkit(), []),
        (toolkit(introduction_html=""), ["introduction"]),
        (toolkit(axes=[]), ["axes"] * 3),
        (centre(), []),
        (centre(hosts=[]), ["whose"]),
        (centre(hosts=[], constitution="A charity"), []),
        (centre(sources=[]), ["sources"]),
        (family(2), []),
        (family(1), ["members"]),
        (method(), []),
        (method(version=""), ["version"]),
        (method(source=None), ["source"]),
        (method(unit=""), ["unit"]),
        (method(unit="", numeric=False), []),
        (method(levels=LEVELS[:1]), ["levels"]),
        (method(levels=[LEVELS[0], msgspec.structs.replace(LEVELS[1], meaning="")]), ["meanings"]),
        (vocabulary("reading"), []),
        (vocabulary(), ["rows"]),
    ],
)
def test_the_other_kinds(document, musts):
    assert codes(document) == musts


@pytest.mark.parametrize(
    ("document", "advice"),
    [
        (report(title_is_descriptive=True), ["title"]),
        (report(finding=""), ["finding"]),
        (centre(website="", audience=[]), ["website", "audience"]),
        (method(what_is_graded=""), ["what is graded"]),
    ],
)
def test_advice_for_the_other_kinds(document, advice):
    assert codes(document) == []
    assert codes(document, level=readiness.ADVICE) == advice


def test_a_family_is_advised_to_say_why_its_members_differ_until_it_does():
    pair = readiness.Unlike(first=0, second=1, names=("Mentoring (eef)", "Mentoring (yef)"), axes=("impact", "cost"))
    facts = readiness.Facts(today=TODAY, unlike=(pair,))
    silent = family(2)
    (lack,) = [found for found in readiness.requirements(silent, None, facts) if not found.met]
    assert (lack.code, lack.level) == ("differences", readiness.ADVICE)
    assert "“Mentoring (eef)” and “Mentoring (yef)” differ clearly (impact, cost)" in lack.text
    said = payloads.Difference(first=0, second=1, cause="not known", text="Nobody knows.", agreed_on=TODAY)
    assert all(
        found.met for found in readiness.requirements(msgspec.structs.replace(silent, differences=[said]), None, facts)
    )
