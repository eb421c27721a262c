"""Lists as CSV: the whole selection, every figure as published, nothing a spreadsheet would execute."""

import csv
import io

import pytest
from django.utils import timezone

from tests.conftest import BUILT_IN_NETWORK
from tests.factories.publishing import republish
from toolkits.models import PublishedPage
from toolkits.public.downloads import list_csv, list_files


def download(client, path, **query):
    response = client.get(path, {**query, "format": "csv"})
    assert response.status_code == 200
    return response, b"".join(response.streaming_content)


def rows_of(body):
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def source_table(name):
    with open(BUILT_IN_NETWORK / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_file_is_what_spreadsheets_expect(network, client):
    response, body = download(client, "/interventions/")
    assert response["Content-Type"].startswith("text/csv")
    assert body.startswith(b"\xef\xbb\xbfrecord,version,")
    assert body.endswith(b"\r\n")
    assert body.count(b"\r\n") == 233
    assert body.replace(b"\r\n", b"").count(b"\n") == 0
    parsed = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in parsed} == {len(list_csv.INTERVENTION_COLUMNS) + len(list_files.LIST_COLUMNS)}


def test_file_name_says_what_was_chosen_and_when(network, client):
    response, _body = download(client, "/toolkits/crime-reduction/", impact=["mixed", "no-effect"], setting="custody")
    today = timezone.localdate().isoformat()
    assert response["Content-Disposition"] == (
        f'attachment; filename="crime-reduction_setting-custody_impact-no-effect_impact-mixed_{today}.csv"'
    )


def test_whole_selection_is_there_not_only_a_page_of_it(network, client):
    listing = client.get("/interventions/?impact=benefit&page=2").context["listing"]
    _response, body = download(client, "/interventions/", impact="benefit", page="2")
    assert len(rows_of(body)) == listing.count > len(listing.rows)


def test_rows_stand_in_the_order_of_the_list(network, client):
    listing = client.get("/toolkits/teaching-and-learning/?view=table").context["listing"]
    _response, body = download(client, "/toolkits/teaching-and-learning/")
    assert [int(row["record"]) for row in rows_of(body)] == [row.page.record for row in listing.rows]


def test_every_rating_of_the_data_set_is_in_the_file(network, client):
    rows = {
        row["address"].removeprefix("http://testserver"): row for row in rows_of(download(client, "/interventions/")[1])
    }
    levels = {(row["scheme"], row["level"]): row for row in source_table("rating_levels")}
    several = {}
    for rating in source_table("ratings"):
        several.setdefault((rating["toolkit"], rating["intervention"], rating["axis"]), []).append(rating)
    for (toolkit, intervention, axis), ratings in several.items():
        if axis not in {"impact", "strength", "cost"}:
            continue
        row = rows[f"/toolkits/{toolkit}/{intervention}/"]
        for rating in ratings:
            level = levels[rating["scheme"], rating["level"]]
            assert level["label"] in row[f"{axis}_rating"]
            assert level["shared_band"] in row[f"{axis}_shared_band"]
            assert rating["value"] in row[f"{axis}_value"]
            by_network = rating["scheme"] == "network-reading"
            assert ("not the centre's rating" in row[f"{axis}_rated_by"]) == by_network
            assert bool(row[f"{axis}_not_rated"]) == by_network


def test_silence_is_written_out(network, client):
    rows = {row["address"]: row for row in rows_of(download(client, "/interventions/")[1])}
    absent = {(row["toolkit"], row["axis"]): row["absent_means"] for row in source_table("toolkit_axes")}
    slugs = {row["id"]: row["toolkit"] for row in source_table("interventions")}
    rated = {(row["toolkit"], row["intervention"], row["axis"]) for row in source_table("ratings")}
    for address, row in rows.items():
        toolkit, intervention = slugs[row["record"]], address.rstrip("/").rpartition("/")[2]
        for axis in ("impact", "strength", "cost"):
            if (toolkit, intervention, axis) not in rated:
                assert row[f"{axis}_not_rated"] == absent[toolkit, axis]
        assert all(row[name] for name in ("outcomes", "settings", "ages", "studies", "headline", "source"))


def test_every_row_has_the_permanent_address_of_exactly_its_version(network, client):
    for path in ["/interventions/", "/reports/"]:
        for row in rows_of(download(client, path)[1]):
            assert row["permanent_address"] == f"http://testserver/record/{row['record']}/v{row['version']}/"
    page = PublishedPage.objects.get(record=1001)
    found = next(row for row in rows_of(download(client, "/interventions/")[1]) if row["record"] == "1001")
    assert found["last_changed"] == timezone.localdate(page.published_at).isoformat()


def test_reports_as_csv(network, client):
    response, body = download(client, "/reports/", year_from="2015", year_to="2018")
    expected = {row["id"]: row for row in source_table("reports") if row["year"] and 2015 <= int(row["year"]) <= 2018}
    rows = {row["record"]: row for row in rows_of(body)}
    assert set(rows) == set(expected)
    for record, row in rows.items():
        assert row["title"] == expected[record]["title"]
        assert row["year"] == expected[record]["year"]
        assert row["finding"] == expected[record]["finding"]
    assert "reports_year-from-2015_year-to-2018_" in response["Content-Disposition"]


def test_an_empty_selection_is_a_header_only(network, client):
    _response, body = download(client, "/interventions/", impact="harm", outcome="housing")
    assert body.count(b"\r\n") == 1
    assert rows_of(body) == []


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://x")'])
def test_a_cell_that_would_be_a_formula_is_text(cell):
    assert list_csv.neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["3", "-3", "+4", "-0.25", "text", "a=b", "", "2+"])
def test_numbers_and_words_stay_as_they_are(cell):
    assert list_csv.neutral(cell) == cell


def test_formula_in_a_published_text_is_neutral_in_the_file(network, client, mentoring, editor, reviewer):
    mentoring.summary = '=HYPERLINK("http://example.org","click")'
    mentoring.save()
    republish(mentoring, editor, reviewer)
    row = next(row for row in rows_of(download(client, "/interventions/")[1]) if row["record"] == str(mentoring.pk))
    assert row["summary"] == f"'{mentoring.summary}"


def test_a_download_the_reader_has_is_not_sent_again(network, client):
    response, _body = download(client, "/interventions/")
    again = client.get("/interventions/?format=csv", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
