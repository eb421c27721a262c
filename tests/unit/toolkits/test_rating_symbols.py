"""The geometry and the words of rating symbols, against numbers worked out by hand."""

import pytest
from django.template import Context, Template
from django.utils import translation

from toolkits.payloads import Absence, CentreLink, Intervention, Link, Rating, Source
from toolkits.templatetags.rating_symbols import (
    axis_label,
    centre_ratings,
    coordinate,
    further_ratings,
    graded,
    has_further_figure,
    in_a_row,
    network_readings,
    rank_words,
    ruler,
    ruler_words,
    with_unit,
)


def rating(axis="impact", **changes):
    facts = {
        "scheme": Link(1, "months", "Months"),
        "by_network": False,
        "version": "",
        "unit": "months of progress",
        "what_is_graded": "approach",
        "measures": "size",
        "level": "3",
        "label": "Moderate impact",
        "name": "Moderate impact (3)",
        "meaning": "",
        "off_scale": "",
        "band": "benefit",
        "band_reason": "",
        "rank": 3,
        "steps": 5,
    }
    return Rating(axis=axis, **facts | changes)


def intervention(**changes):
    facts = {
        "record": 1001,
        "slug": "tutoring",
        "name": "Tutoring",
        "summary": "",
        "status": "current",
        "centre": CentreLink(102, "eef", "Education Endowment Foundation"),
        "toolkit": Link(201, "teaching", "Teaching"),
        "source": Source("https://example.org/"),
    }
    return Intervention(**facts | changes)


def render(rating, **context):
    template = Template('{% include "components/rating.html" %}')
    return template.render(Context({"rating": rating, **context}))


class TestRuler:
    def test_benefit_lies_right_of_zero(self):
        drawn = ruler(3, 1, 10)
        assert (drawn.zero, drawn.point) == ("15", "45")
        assert (drawn.bar_from, drawn.bar_length, drawn.side) == ("15", "30", "benefit")

    def test_harm_lies_left_of_zero(self):
        drawn = ruler(-1, 1, 3)
        assert (drawn.point, drawn.zero) == ("5", "32.5")
        assert (drawn.bar_from, drawn.bar_length, drawn.side) == ("5", "27.5", "harm")

    def test_zero_has_a_point_and_no_bar(self):
        drawn = ruler(0, 1, 10)
        assert (drawn.point, drawn.bar_length, drawn.side) == (drawn.zero, "0", "none")

    def test_it_has_a_tick_for_each_step_and_for_zero(self):
        assert ruler(1, 1, 4).ticks == ["5", "27", "49", "71", "93", "115"]

    def test_its_ends_are_the_ends_of_the_scale(self):
        assert ruler(12, 1, 12).point == "115"
        assert ruler(-2, 2, 2).point == "5"

    @pytest.mark.parametrize(("position", "harm", "benefit"), [(None, 1, 3), (0, 0, 0), (4, 1, 3), (-2, 1, 3)])
    def test_nothing_is_drawn_where_there_is_nothing_to_measure(self, position, harm, benefit):
        assert ruler(position, harm, benefit) is None

    def test_a_range_is_drawn_where_a_step_is_a_unit(self):
        assert ruler(3, 0, 10, "3", "1", "6").range == ("16", "71")

    def test_a_range_beyond_the_scale_ends_with_it(self):
        assert ruler(3, 0, 10, "3", "-4", "99").range == ("5", "115")

    def test_a_minus_sign_is_read_as_one(self):
        assert ruler(1, 4, 6, "1", "\N{MINUS SIGN}2", "3").range == ("27", "82")

    @pytest.mark.parametrize(
        ("value", "low", "high"), [("14", "8", "20"), ("", "1", "6"), ("3", "", "6"), ("3", "few", "6")]
    )
    def test_a_range_of_other_units_is_left_to_its_words(self, value, low, high):
        assert ruler(3, 0, 10, value, low, high).range is None

    def test_coordinates_have_no_decimal_comma(self):
        with translation.override("de"):
            assert coordinate(17.125) == "17.12"
            assert "17,5" not in render(rating(position=1, harm_steps=1, benefit_steps=3))

    @pytest.mark.parametrize(
        ("position", "words"),
        [
            (1, "1 step from zero towards benefit, of 12"),
            (3, "3 steps from zero towards benefit, of 12"),
            (-1, "1 step from zero towards harm, of 2"),
            (0, "At zero on the scale"),
        ],
    )
    def test_words_say_what_it_shows(self, position, words):
        assert ruler_words(ruler(position, 2, 12), position) == words


class TestWords:
    def test_cells_stand_in_a_row(self):
        assert in_a_row([True, False], 19) == {"cells": [(0, True), (19, False)], "width": 38}

    def test_rank_follows_the_level(self):
        assert rank_words(rating(name="Moderate")) == "Moderate: 3 of 5"

    def test_a_level_with_a_colon_has_its_rank_in_brackets(self):
        assert rank_words(rating(name="Level 2: preliminary")) == "Level 2: preliminary (3 of 5)"

    def test_a_level_off_the_scale_has_no_rank(self):
        assert rank_words(rating(name="Insufficient", rank=None)) == "Insufficient"

    @pytest.mark.parametrize(
        ("value", "unit", "words"),
        [
            ("3", "months of progress", "3 months of progress"),
            ("1", "months of progress", "1 month of progress"),
            ("-1", "months of progress", "-1 month of progress"),
            ("1", "monthsworth", "1 monthsworth"),
            ("68", "% higher reoffending", "68% higher reoffending"),
            ("5", "", "5"),
        ],
    )
    def test_units_follow_their_number(self, value, unit, words):
        assert with_unit(value, unit) == words

    def test_an_axis_without_a_name_of_ours_keeps_its_own(self):
        assert axis_label("strength") == "Strength of evidence"
        assert axis_label("reach") == "reach"


class TestDocument:
    def test_every_main_axis_has_its_place_rated_or_not(self):
        document = intervention(ratings=[rating()], absences=[Absence("cost", "not recorded here")])
        assert centre_ratings(document) == [
            {"axis": "impact", "ratings": [rating()], "absence": ""},
            {"axis": "strength", "ratings": [], "absence": ""},
            {"axis": "cost", "ratings": [], "absence": "not recorded here"},
        ]

    def test_a_reading_by_the_network_is_never_among_the_centres_ratings(self):
        reading, other = rating(by_network=True), rating("mechanism", by_network=True)
        document = intervention(ratings=[reading, other], absences=[Absence("impact", "not recorded here")])
        assert centre_ratings(document)[0] == {"axis": "impact", "ratings": [], "absence": "not recorded here"}
        assert network_readings(document) == [reading, other]
        assert further_ratings(document) == []

    def test_other_axes_come_apart_from_the_main_ones(self):
        mechanism, value = rating("mechanism"), rating("cost-effectiveness")
        document = intervention(ratings=[rating(), mechanism, value])
        assert further_ratings(document) == [mechanism]
        assert centre_ratings(document)[3]["ratings"] == [value]

    @pytest.mark.parametrize(
        ("headline", "further"),
        [
            ({}, False),
            ({"headline_value": "3"}, False),
            ({"headline_value": "68"}, True),
            ({"headline_value": "3", "headline_text": "six of eleven"}, True),
        ],
    )
    def test_a_headline_that_repeats_the_rating_is_not_said_twice(self, headline, further):
        document = intervention(ratings=[rating(value="3")], **headline)
        assert has_further_figure(document) is further

    def test_what_is_graded_is_named_once(self):
        ratings = [rating(), rating("cost"), rating("strength", what_is_graded="one study"), rating(what_is_graded="")]
        assert graded(intervention(ratings=ratings)) == "approach; one study"


class TestDrawn:
    def test_no_number_without_its_range(self):
        assert "range not recorded here" in render(rating(value="3", position=3, benefit_steps=5))
        ranged = render(rating(value="3", position=3, benefit_steps=5, range_low="1", range_high="5"))
        assert "likely between 1 and 5" in ranged
        assert "range not recorded here" not in ranged

    def test_every_level_of_strength_has_a_block(self):
        html = render(rating("strength", name="Moderate", rank=2, steps=4))
        assert html.count("<rect") == 4
        assert html.count("symbol--filled") == 2
        assert "Moderate: 2 of 4" in html

    def test_cost_is_said_and_not_only_drawn(self):
        html = render(rating("cost", name="High", rank=2, steps=3))
        assert html.count("£") == 3
        assert "High" in html
        assert ", 2 of 3" in html

    def test_an_off_scale_state_is_no_place_on_a_scale(self):
        html = render(rating(off_scale="mixed", name="Mixed impact", band="mixed", rank=None))
        assert "symbol__lozenge" in html
        assert "Mixed impact" in html
        assert "symbol__bar" not in html
        assert "symbol--filled" not in html

    @pytest.mark.parametrize(("band", "filled"), [("harm", 0), ("no effect", 1), ("benefit", 2)])
    def test_a_direction_fills_the_true_one_of_three_cells(self, band, filled):
        html = render(rating(measures="direction", band=band))
        cells = html.split("symbol__cell")[1:]
        assert [cell.startswith(" symbol--") for cell in cells] == [place == filled for place in range(3)]

    def test_no_style_attribute_is_written(self):
        drawn = [
            rating(position=3, benefit_steps=5),
            rating(measures="direction"),
            rating("strength"),
            rating("cost"),
            rating(off_scale="too little evidence", rank=None),
        ]
        for large in (True, False):
            assert not [one for one in drawn if "style=" in render(one, large=large)]
