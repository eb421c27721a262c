"""Records of the API against the published documents: every one, with the same figures; and what became of some."""

import re

import pytest

from tests.documents import spelled_out
from tests.factories.publishing import republish
from tests.integration.api.calls import get, path_of, walk
from toolkits import actions
from toolkits.models import PublishedPage, PublishedVersion

LISTS = ("interventions", "toolkits", "centres", "reports", "families", "syntheses", "schemes")


def figures_of(rating):
    """What a payload's rating says in numbers and words."""
    return (
        *(rating["axis"], rating["level"], rating["label"], rating["rank"], rating["steps"]),
        *(rating["value"], rating["range_low"], rating["range_high"], rating["unit"]),
    )


def figures_told(rating):
    """The same of a rating of the API."""
    figure = rating["figure"] or {"text": "", "low": None, "high": None, "unit": None}
    value = "" if rating["axis"] == "cost-effectiveness" and figure["text"] == rating["level"] else figure["text"]
    return (
        *(rating["axis"], rating["level"], rating["label"], rating["rank"], rating["steps"]),
        *(value, figure["low"] or "", figure["high"] or "", figure["unit"]),
    )


def test_every_intervention_has_the_figures_of_its_document(network, client):
    told = {record["record"]: record for record in walk(client, path_of("interventions"), limit=100)}
    pages = PublishedPage.objects.filter(kind="intervention", state="live")
    assert len(told) == len(pages) == 232
    for page in pages:
        record, payload = told[page.record], spelled_out(page, "intervention")
        document = record["document"]
        assert (record["version"], record["digest"]) == (page.version, page.digest)
        assert len(document["ratings"]) == len(payload["ratings"])
        for rating, published in zip(document["ratings"], payload["ratings"], strict=True):
            expected, found = figures_of(published), figures_told(rating)
            assert found[:8] == expected[:8]
            assert found[8] in (expected[8], None)
        assert document["studies_count"] == payload["studies_count"]
        assert (document["headline"] or {"text": ""})["text"] == payload["headline_value"]
        assert document["finding_as_published"] == (payload["finding_as_published"] or None)
        rated = {rating["axis"] for rating in payload["ratings"] if not rating["by_network"]}
        axes = {"impact", "strength", "cost"} | {absence["axis"] for absence in payload["absences"]}
        assert set(document["missing_ratings"]) == axes - rated


def test_every_synthesis_has_the_figures_of_its_document(network, client):
    for record in walk(client, path_of("syntheses")):
        payload = spelled_out(PublishedPage.objects.get(record=record["record"]), "synthesis")
        document = record["document"]
        assert len(document["studies"]) == len(payload["rows"])
        for study, row in zip(document["studies"], payload["rows"], strict=True):
            assert study["study"]["record"] == row["study"]["record"]
            if row["finding"]:
                shown = row["finding"]["shown"]
                effect = study["finding"]["effect"]
                assert (effect["text"], effect["low"], effect["high"]) == (shown["value"], shown["low"], shown["high"])
                assert study["finding"]["weight"] == row["finding"]["weight"]
            else:
                assert study["absences"]["finding"] == {"code": "withheld", "words": row["reason"]}
        if payload["pooled"]:
            assert document["pooled"]["effect"]["text"] == payload["pooled"]["shown"]["value"]
            assert document["pooled"]["i2"] == payload["pooled"]["i2"]


@pytest.mark.parametrize("name", LISTS)
def test_a_record_is_the_same_alone_and_in_its_list(network, client, name):
    first = get(client, path_of(name), limit=1)["data"][0]
    assert get(client, path_of("record", first["record"]))["data"] == first


def figures(value, found):
    """Every figure in an answer."""
    if isinstance(value, dict):
        if "permanent_address" in value and "text" in value:
            found.append(value)
        for part in value.values():
            figures(part, found)
    elif isinstance(value, list):
        for part in value:
            figures(part, found)
    return found


@pytest.mark.parametrize("name", ["interventions", "syntheses", "centres"])
def test_every_figure_has_its_version_unit_and_permanent_address(network, client, name):
    for record in walk(client, path_of(name), limit=100):
        found = figures(record["document"], [])
        for figure in found:
            assert figure["permanent_address"] == record["permanent_address"]
            assert figure["version"] == record["version"]
            assert re.search(r"\d", figure["text"])
            for end in ("low", "high"):
                assert figure[end] or figure["absences"][end]["words"]


def test_silence_is_told_apart(network, client):
    codes = set()

    def collect(value):
        if isinstance(value, dict):
            for absences in (value.get("absences"), value.get("missing_ratings")):
                codes.update(absence["code"] for absence in (absences or {}).values())
            for part in value.values():
                collect(part)
        elif isinstance(value, list):
            for part in value:
                collect(part)

    collect(walk(client, path_of("interventions"), limit=100))
    assert {"not_recorded", "not_published", "too_little_evidence", "mixed", "does_not_apply", "explained"} <= codes


def test_a_version_stays_and_the_record_goes_on(network, client, mentoring, editor, reviewer):
    before = get(client, path_of("version", mentoring.pk, 1))["data"]
    mentoring.summary = "An older pupil meets a younger one every week."
    mentoring.save()
    republish(mentoring, editor, reviewer, note="Said more clearly")
    record = get(client, path_of("record", mentoring.pk))["data"]
    assert (record["version"], record["change"]["note"]) == (2, "Said more clearly")
    assert record["summary"] == mentoring.summary
    after = get(client, path_of("version", mentoring.pk, 1))["data"]
    assert after == before | {"current": False}
    versions = get(client, path_of("versions", mentoring.pk))["data"]
    assert [(version["version"], version["current"]) for version in versions] == [(2, True), (1, False)]
    assert get(client, path_of("version", mentoring.pk, 3), 404)["detail"].endswith("its newest is 2.")


def test_every_version_ever_published_is_answered(network, client):
    for version in PublishedVersion.objects.order_by("record")[::7]:
        data = get(client, path_of("version", version.record, version.version))["data"]
        assert (data["digest"], data["document"]["kind"]) == (version.digest, version.kind)


def test_a_withdrawn_record_says_why_and_leaves_the_lists(network, client, mentoring, reviewer):
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="A study was retracted.")
    record = get(client, path_of("record", mentoring.pk))["data"]
    assert (record["state"], record["state_reason"]) == ("withdrawn", "A study was retracted.")
    listed = {record["record"] for record in walk(client, path_of("interventions"), limit=100)}
    assert mentoring.pk not in listed


def test_a_removed_record_is_gone_with_its_versions_and_says_why(network, client, mentoring, reviewer):
    actions.remove(record=mentoring.pk, by=reviewer, reason="It named a child.")
    for path in (
        path_of("record", mentoring.pk),
        path_of("versions", mentoring.pk),
        path_of("version", mentoring.pk, 1),
    ):
        problem = get(client, path, 410)
        assert problem["type"] == "/api/#problem-removed"
        assert "It named a child." in problem["detail"]


def test_a_merged_record_names_the_one_in_its_place(network, client, mentoring, reviewer):
    actions.merge(record=mentoring.pk, into=1013, by=reviewer, reason="The same thing.")
    record = get(client, path_of("record", mentoring.pk))["data"]
    assert (record["state"], record["merged_into"]["record"]) == ("merged", 1013)


def test_the_trail_has_the_studies_of_the_page(network, client):
    page = PublishedPage.objects.get(path="/toolkits/youth-violence/prison-awareness-programmes/")
    query = {"uk": "no", "q": "1979"}
    trail = client.get(f"{page.path}studies/", query).context["trail"]
    answer = get(client, path_of("intervention_studies", page.record), **query)
    assert [row["study"]["record"] for row in answer["data"]] == [row.study.record for row in trail.rows]
    assert (answer["count"], answer["total"]) == (len(trail.rows), trail.total)
    assert answer["total"] > answer["count"] > 0
    everything = walk(client, path_of("intervention_studies", page.record), limit=3)
    assert len(everything) == answer["total"]
    problem = get(client, path_of("intervention_studies", page.record), 400, bias="hihg")
    assert problem["errors"][0]["mend"] == "Did you mean “high”?"


def test_an_intervention_without_studies_says_so(network, client):
    answer = get(client, path_of("intervention_studies", 1013))
    assert (answer["data"], answer["absence"]["code"]) == ([], "not_recorded")


def test_a_study_is_found_by_its_number_and_named_where_it_is_no_record(network, client):
    assert get(client, path_of("study", 20001))["data"]["uses"]
    assert path_of("study", 20001) in get(client, path_of("record", 20001), 404)["detail"]
    assert get(client, path_of("study", 1013), 404)["status"] == 404
