"""Packs by their addresses: what they are pinned to, what has moved since, and that all formats say what the lists say."""

import csv
import io
from collections import Counter

import openpyxl
import pytest
from django.urls import reverse

from evidence.models import Intervention as WorkingIntervention
from tests.factories.publishing import republish
from tests.integration.rendered import RenderedPage
from toolkits import actions, published
from toolkits.payloads import MAIN_AXES
from toolkits.public.api.shapes.interventions import Intervention
from toolkits.public.api.site import Place, Site
from toolkits.public.downloads.rating_words import AXES, figure_of
from toolkits.public.packs import contents, formats, ingredients, keeping, workbook

PACK = "/pack/?i=1070v1&s=8001v1&f=409v1&o=1111v1"
BASE = "http://testserver/"
PANEL = (*MAIN_AXES, "cost-effectiveness")  # the axes that stand first on a page


def text(response):
    return response.content.decode()


def test_intervention_leads_to_its_pack_with_every_version_in_the_address(network, client):
    page = published.page_of_record(1070)
    assert f'href="{reverse("public:pack")}?i=1070"' in text(client.get(page.path))
    response = client.get("/pack/?i=1070&format=docx")
    assert (response.status_code, response["Location"]) == (302, f"{PACK}&format=docx")
    assert client.get(PACK).status_code == 200


def test_pack_stays_as_it_was_and_says_what_moved_and_why(network, client, editor, reviewer):
    before = client.get("/pack/?i=1013v1&format=xlsx").content
    assert "Nothing has moved since" in text(client.get("/pack/?i=1013v1"))
    intervention = WorkingIntervention.objects.get(pk=1013)
    intervention.summary = "A wholly new summary."
    intervention.save()
    republish(intervention, editor, reviewer, note="Said more plainly")
    said = text(client.get("/pack/?i=1013v1"))
    assert "The evidence has moved since" in said
    assert "Said more plainly" in said
    assert f"{reverse('public:compare', args=[1013])}?a=1&amp;b=2" in said
    assert "A wholly new summary." not in said
    assert client.get("/pack/?i=1013v1&format=xlsx").content == before
    assert client.get("/pack/?i=1013")["Location"].startswith("/pack/?i=1013v2")
    assert "A wholly new summary." in text(client.get("/pack/?i=1013v2"))


def test_other_centres_stand_beside_it_and_go_when_they_are_removed(network, client, network_admin):
    said = text(client.get(PACK))
    assert "How other centres rate the same idea" in said
    other = published.page_of_record(1111)
    assert f"{BASE}record/1111/v1/" in said
    assert other.document.summary not in said
    actions.remove(record=1111, by=network_admin, reason="It named a person")
    said = text(client.get(PACK))
    assert "Record 1111 was removed" in said
    assert "How other centres rate the same idea" not in said


@pytest.fixture
def kept(settings, tmp_path):
    """Room for the files of packs, in a folder of the test's own."""
    settings.PACKS_DIR, settings.PACKS_BYTES, settings.ADDRESS = tmp_path, 50_000_000, BASE
    return tmp_path


def keep(keeper, records, monkeypatch):
    """Let the runner's duty look at these interventions alone: all would take minutes."""
    everything = published.all_neighbours()
    few = [one for one in everything if one.kind != "intervention" or one.record in records]
    with monkeypatch.context() as patch:
        patch.setattr(published, "all_neighbours", lambda: few)
        while keeper.keep():
            pass


def test_runner_keeps_the_files_of_what_is_live_and_readers_get_them(
    network, client, kept, monkeypatch, editor, reviewer
):
    keeper = keeping.Keeper()
    keep(keeper, {1013, 1070, 1111}, monkeypatch)
    live = kept / "live"
    names = {path.name for path in live.iterdir()}
    assert Counter(path.suffix for path in live.iterdir()) == dict.fromkeys((".pdf", ".docx", ".xlsx", ".pptx"), 3)
    # A reader's file is the one that is kept, and none is made.
    with monkeypatch.context() as patch:
        patch.setattr(formats.Format, "write", lambda *_: pytest.fail("made again"))
        file = client.get(f"{PACK}&format=pptx")
    assert file.content in {path.read_bytes() for path in live.glob("*.pptx")}
    assert file["Content-Disposition"].endswith('_1070v1.pptx"')

    intervention = WorkingIntervention.objects.get(pk=1013)
    intervention.summary = "A wholly new summary."
    intervention.save()
    republish(intervention, editor, reviewer, note="Said more plainly")
    keep(keeper, {1013, 1070, 1111}, monkeypatch)
    now = {path.name for path in live.iterdir()}
    assert (len(now), len(now & names)) == (12, 8)
    actions.remove(record=1013, by=reviewer, reason="It named a person")
    keep(keeper, {1070, 1111}, monkeypatch)
    assert {path.name for path in live.iterdir()} == now & names


def test_what_was_asked_for_is_kept_and_another_release_makes_it_anew(network, client, kept, monkeypatch):
    address = "/pack/?i=1070v1&i=1013v1&format=xlsx"
    file = client.get(address).content
    (path,) = (kept / "asked").iterdir()
    assert path.read_bytes() == file
    path.write_bytes(b"kept")
    assert client.get(address).content == b"kept"
    monkeypatch.setattr(ingredients, "_makers", lambda: ("another release",))
    assert client.get(address).content == file
    # Nor does what is kept outlive what it says of a record.
    assert len(list((kept / "asked").iterdir())) == 2


def test_withdrawn_is_told_and_removed_is_gone(network, client, reviewer):
    title = published.page_of_record(1013).document.summary
    actions.withdraw(record=1011, by=reviewer, reason="The numbers were of another study")
    said = text(client.get("/pack/?i=1011v1&i=1013v1"))
    assert "It has been withdrawn." in said
    assert "The numbers were of another study" in said
    actions.remove(record=1013, by=reviewer, reason="It named a person")
    said = text(client.get("/pack/?i=1011v1&i=1013v1"))
    assert "Record 1013 was removed" in said
    assert title not in said
    gone = client.get("/pack/?i=1013v1&format=pdf")
    assert gone.status_code == 410
    assert title not in text(gone)


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 200, "A pack is one to ten interventions"),
        ("?i=1013v99", 404, "There is no version 99 of record 1013."),
        ("?i=999999", 404, "There is no record 999999."),
        ("?i=1013v1&s=1011v1", 400, "Record 1011 is no synthesis."),
        ("?i=8001v1", 400, "Record 8001 is no intervention"),
        ("?i=1013v1&f=1011v1", 400, "Record 1011 is no family."),
        ("?i=1013v1&o=401v1", 400, "Record 401 is no intervention"),
        ("?i=banana", 400, "“banana” is not the number of a record."),
        ("?i=1013v1&format=odt", 400, "“odt” is not a format of a pack."),
    ],
)
def test_mistakes_in_the_address_are_explained(network, client, query, status, words):
    response = client.get(f"/pack/{query}")
    assert response.status_code == status
    assert words in text(response)


def test_all_interventions_have_the_same_figures_in_page_pack_workbook_list_and_api(network, client):
    pages = published.pages_of_kind("intervention")
    assert len(pages) == 232
    listed = b"".join(client.get("/interventions/?format=csv").streaming_content).decode("utf-8-sig")
    lists = {int(row["record"]): row for row in csv.DictReader(io.StringIO(listed, newline=""))}
    beside = published.pages_of_kind("synthesis", "family")
    versions = published.pinned_versions([(page.record, page.version) for page in (*pages, *beside)])
    chosen = [(versions[page.record], "") for page in pages]
    results, families = (
        [versions[page.record] for page in beside if page.kind == kind] for kind in ("synthesis", "family")
    )
    pack = contents.contents(chosen, results, address=BASE, base=BASE, families=families)
    cells = figures_of_workbook(workbook.write(pack))
    for page, item in zip(pages, pack.items, strict=True):
        wanted = [
            (one.label, one.value or (one.level if figure_of(one) else ""), one.range_low, one.range_high)
            for one in page.document.ratings
        ]
        assert [(one.label, one.value, one.low, one.high) for one in item.ratings] == wanted
        assert figures_of_api(page) == wanted
        assert cells.get(page.record, []) == [
            (label, *(workbook.number(figure) if figure else None for figure in figures)) for label, *figures in wanted
        ]
        row = lists[page.record]
        for axis in MAIN_AXES:
            ratings = page.document.on(axis)
            assert [one.value for one in ratings if one.value not in row[f"{axis}_value"]] == []
            assert [one.name for one in ratings if one.name not in row[f"{axis}_rating"]] == []
            assert [one.range_low for one in ratings if one.range_low not in row[f"{axis}_range_low"]] == []
        studies = "not recorded here" if item.studies_count is None else str(item.studies_count)
        assert (row["permanent_address"], row["studies"]) == (item.address, studies)
        assert page.document.studies_count == item.studies_count
        compare_with_page(RenderedPage(client.get(page.path).content), item)


def compare_with_page(page, item):
    """Every rating, number, range, certainty and date of the page is what the pack's Item has, and the other way round."""
    own = [one for one in item.ratings if not one.by_network]
    certainty = []
    for axis in PANEL:
        shown, missing = page.column(str(AXES[axis]))
        assert_same(shown, [one for one in own if one.axis == axis])
        if axis == "strength":
            certainty = [f"{one.level} ({one.place})" if one.place else one.level for one in shown]
        meanings = [one.meaning.rstrip(".") for one in item.missing if one.axis == axis] if not shown else []
        if missing or axis in MAIN_AXES:
            assert [said for said, meant in zip(missing, meanings, strict=True) if not ends_with(said, meant)] == []
    assert_same(page.readings, [one for one in item.ratings if one.by_network])
    assert_same(page.further, [one for one in own if one.axis not in PANEL])
    for one in item.ratings:
        if one.certainty == "Certainty not rated.":
            assert certainty == []
        elif one.certainty:
            assert [said for said in certainty if said in one.certainty] != []
    impact = [one for one in own if one.axis == "impact"]
    ends = [f"{one.low} to {one.high}" if one.low else "not recorded here" for one in impact]
    assert [(number.split()[0].rstrip("%"), span) for number, span in page.outcomes()] == [
        (one.value or "not", span) for one, span in zip(impact, ends, strict=True)
    ]
    for label, said in (
        ("Evidence last searched", dict(item.dates)["Studies last searched for"]),
        ("Next review", dict(item.dates)["Next review"]),
        ("Last changed here", item.published),
    ):
        assert page.fact(label) == said
    if item.studies_count is not None:
        assert page.fact("Studies").split(";")[0].split()[0] == str(item.studies_count)
    for words in (item.headline_value, *(end for result in item.results for end in (result.range, result.prediction))):
        assert words in page.text or words == "none"
    others = item.family.others if item.family else []
    assert [name for name, _ratings in page.others()] == [other.name for other in others]
    for (_name, shown), other in zip(page.others(), others, strict=True):
        order = [one for axis in MAIN_AXES for one in other.ratings if one.axis == axis]
        order.sort(key=lambda one: (MAIN_AXES.index(one.axis), one.by_network))
        assert_same(shown, order)


def assert_same(shown, rated):
    """The ratings of a page (Shown) are those of a pack (Rated), in the same order."""
    for seen, one in zip(shown, rated, strict=True):
        assert seen.level.casefold().startswith(one.label.casefold()) or one.label.casefold().startswith(
            seen.level.casefold()
        ), (seen, one)
        assert not seen.place or seen.place == one.place or not one.place, (seen, one)
        assert seen.place or one.axis != "strength" or not one.place or "not a point" in one.place, (seen, one)
        # A threshold in words is a level, and what it means stands below it.
        numbers = bool(workbook.NUMBER.fullmatch(one.value)) and "not a point" not in one.place
        assert seen.value.partition(" ")[0].partition("%")[0] == (one.value if numbers else ""), (seen, one)
        assert (seen.low, seen.high) == (one.low, one.high), (seen, one)
        assert seen.about == one.about, (seen, one)


def ends_with(said, meant):
    return said.casefold().rstrip(".").endswith(meant.casefold())


def figures_of_api(page):
    """(label, figure, ends of its range) of each rating, as the API gives them; what is not there is empty."""
    place = Place(site=Site(BASE), record=page.record, version=page.version, document=page.document)
    found = []
    for rating in Intervention.model_validate(page.document, context=place).ratings:
        figure = rating.figure
        found.append((rating.label, *((figure and getattr(figure, name)) or "" for name in ("text", "low", "high"))))
    return found


def figures_of_workbook(file):
    """{record: (label, figure, ends of its range) of each of its ratings} of the sheet of ratings."""
    head, *rows = openpyxl.load_workbook(io.BytesIO(file))["Ratings"].iter_rows(min_row=6, values_only=True)
    found = {}
    for row in rows:
        named = dict(zip(head, row, strict=True))
        if named["Rating"] != "No rating shown.":
            figures = [named[name] for name in ("Rating", "Figure", "Range from", "Range to")]
            found.setdefault(named["Record"], []).append(tuple(figures))
    return found
