"""The pages of syntheses and studies, and the trail between them and an intervention."""

import csv
import io

import pytest
from django.urls import reverse

from evidence.models import Appraisal, Estimate, Study
from tests.answers import ask
from tests.factories.publishing import republish
from tests.factories.syntheses import synthesis
from tests.unit.toolkits.downloads.pdf_reading import Read
from toolkits.editorial.previews import preview_of_draft, show
from toolkits.snapshots import syntheses as snapshots

REASON = "No comparison group"


@pytest.fixture
def published(mentoring, eef, editor, reviewer):
    """A live synthesis of the EEF on the page of mentoring: five studies, and one left out."""
    made = synthesis(
        "mentoring-and-reading", interventions=[mentoring], centre=eef, left_out=[REASON], title="Mentoring and reading"
    )
    estimate = Estimate.objects.get(study__label="Study 1")
    Appraisal.objects.create(
        estimate=estimate, tool="rob2", domain="Overall", judgement="High", reason="Half left", reading="agreed"
    )
    republish(made, editor, reviewer)
    return made


@pytest.fixture
def trail(mentoring):
    return reverse("public:studies", args=["teaching-and-learning", "mentoring"])


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def number_of(label):
    return Study.objects.get(label=label).pk


def labels(client, address):
    return [row.study.label for row in client.get(address).context["trail"].rows]


def test_an_interventions_page_says_how_many_of_its_studies_are_british(client, published, mentoring):
    html = page(client, "/toolkits/teaching-and-learning/mentoring/")
    assert "1 of 5 studies is recorded as being from the UK." in html
    assert "how many are British is not recorded here" not in html


def test_a_synthesis_says_its_answer_and_leads_to_every_study(client, published):
    html = page(client, "/syntheses/mentoring-and-reading/")
    assert "Reading after a year: on average better with it." in html
    assert "The average is 0.32 standard deviations" in html
    assert "1 of 5 studies is recorded as being from the UK. Nation not recorded." in html
    assert "The country is not recorded for 1 study." in html
    assert "High risk: 1; Not judged: 4." in html
    assert REASON in html
    assert "An illustrative synthesis" not in html
    for study in Study.objects.filter(inclusions__synthesis=published):
        assert f'href="/studies/{study.pk}/"' in html


def test_a_synthesis_draws_what_its_answer_hangs_on(client, published, editor, reviewer):
    html = page(client, "/syntheses/mentoring-and-reading/")
    assert "All studies are equally precise" in html
    assert "funnel__dot" not in html
    assert "without Study 3 or Study 4, the range crosses the line of no difference." in html
    assert "Since study 4 of 5 (Study 4) the range has stayed clear" in html
    # One row a study in the forest plot, without it, and with it and those before it.
    assert html.count('class="forest__square"') == 3 * 5
    Estimate.objects.filter(study__label="Study 5").update(variance=0.2)
    republish(published, editor, reviewer)
    html = page(client, "/syntheses/mentoring-and-reading/")
    assert html.count('class="funnel__dot"') == 5
    assert "a reason to ask, no proof" in html


def test_risk_of_bias_by_domain_has_a_shape_and_a_word(client, published, editor, reviewer):
    estimate = Estimate.objects.get(study__label="Study 1")
    domain = "Missing outcome data"
    Appraisal.objects.create(
        estimate=estimate, tool="rob2", domain=domain, judgement="Some concerns", reason="Few left", reading="agreed"
    )
    republish(published, editor, reviewer)
    html = page(client, "/syntheses/mentoring-and-reading/")
    table = html.split("Risk of bias by domain: ")[1].split("</table>")[0]
    assert table.index(domain) < table.index("Overall")
    assert '<use href="#bias-some"/></svg> Some concerns' in table
    assert '<use href="#bias-high"/></svg> High' in table


def test_each_subgroup_has_its_average_and_the_test_is_in_words(client, published, editor, reviewer):
    for place, inclusion in enumerate(published.inclusions.filter(included=True).order_by("position")):
        inclusion.subgroup = "Primary" if place < 3 else "Secondary"
        inclusion.save()
    republish(published, editor, reviewer)
    html = page(client, "/syntheses/mentoring-and-reading/")
    assert html.index(">Primary</th>") < html.index("These 3 studies together") < html.index(">Secondary</th>")
    assert "These 2 studies together" in html
    assert "a true difference is easily missed" in html


def test_a_synthesis_is_taken_away_as_rows(client, published):
    address = "/syntheses/mentoring-and-reading/"
    lines = list(csv.DictReader(io.StringIO(ask(client, f"{address}?format=csv").body.decode("utf-8-sig"))))
    assert [line["label"] for line in lines] == [*(f"Study {place}" for place in range(1, 6)), "Left out 1"]
    response = client.get(f"{address}?format=json")
    assert "mentoring-and-reading-v1-studies" in response.headers["Content-Disposition"]
    assert response.json()["pooled"]["k"] == 5
    assert response.json()["version_address"].endswith(f"/record/{published.pk}/v1/")
    assert len(response.json()["studies"]) == 6
    wrong = client.get(f"{address}?format=xls")
    assert wrong.status_code == 400
    assert "html, pdf, csv, xlsx, json" in wrong.content.decode()


def pdf(client, address):
    response = client.get(f"{address}?format=pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    return Read(response.content)


def test_the_pdf_of_a_synthesis_is_one_that_anyone_can_read(client, published, editor, reviewer):
    read = pdf(client, "/syntheses/mentoring-and-reading/")
    assert read.root["/MarkInfo"]["/Marked"]
    assert b'pdfuaid:part="1"' in (told := read.root["/Metadata"].get_data()) or b"<pdfuaid:part>1<" in told
    assert read.file.metadata.title == "Mentoring and reading"
    figures = [alt for tag, alt in read.tags() if tag == "/Figure"]
    # Five studies, their average, a new place, and the scale.
    assert len(figures) == 8
    assert all(figures)
    assert figures[0] == "Better with it, across the line of no difference"
    assert {"/Table", "/TH"} <= {tag for tag, alt in read.tags()}
    for words in [
        "The average is 0.32 standard deviations",
        "How sure are we?",
        "High risk: 1; Not judged: 4.",
        REASON,
        f"/record/{published.pk}/v1/",
        "Version 1, published",
    ]:
        assert words in read.text


def test_the_pdf_of_an_intervention_keeps_illustrative_syntheses_apart(client, published, network):
    own = pdf(client, reverse("public:intervention", args=["teaching-and-learning", "mentoring"])).text
    assert "What the studies add up to" in own
    assert "Not the centre’s own" not in own
    other = pdf(client, "/toolkits/crime-reduction/scared-straight/").text
    assert "What the studies add up to" not in other
    assert other.index("Illustrative syntheses") < other.index("Not the centre’s own") < other.index("Finkenauer 1982")
    # A long plot is a page of its own: its averages stand for it.
    long = pdf(client, "/toolkits/teaching-and-learning/small-group-tuition/")
    assert "All studies together" in long.text
    assert "Al Otaiba" not in long.text
    assert any(link.endswith("/syntheses/small-group-reading-tuition-and-attainment/") for link in long.links())


def test_a_version_of_a_synthesis_says_the_same(client, published):
    assert "on average better with it" in page(client, f"/record/{published.pk}/v1/")


def test_an_intervention_shows_its_centres_syntheses(client, published, trail):
    html = page(client, reverse("public:intervention", args=["teaching-and-learning", "mentoring"]))
    assert 'href="/syntheses/mentoring-and-reading/"' in html
    assert "What the studies add up to" in html
    assert "Illustrative syntheses" not in html
    assert f'href="{trail}"' in html


def test_an_illustrative_synthesis_is_labelled_wherever_it_is(client, network):
    address = "/toolkits/crime-reduction/scared-straight/"
    synthesis_page = "/syntheses/scared-straight-visits-and-offending/"
    assert "Not the centre's own" in page(client, address)
    assert "What the studies add up to" not in page(client, address)
    assert "An illustrative synthesis" in page(client, synthesis_page)
    first = page(client, synthesis_page).split('href="/studies/')[1].split("/")[0]
    assert "An illustrative synthesis, not a centre" in page(client, f"/studies/{first}/")
    assert synthesis_page in page(client, "/syntheses/")


def test_the_trail_has_every_study_included_and_left_out(client, published, trail):
    assert labels(client, trail) == ["Study 1", "Study 2", "Study 3", "Study 4", "Study 5", "Left out 1"]
    assert REASON in page(client, trail)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("part=left-out", ["Left out 1"]),
        ("part=included&design=QED", ["Study 2", "Study 4"]),
        ("uk=yes", ["Study 1"]),
        ("uk=no", ["Study 3", "Study 4", "Study 5"]),
        ("uk=not-recorded", ["Study 2", "Left out 1"]),
        ("bias=high", ["Study 1"]),
        ("design=not-recorded", ["Left out 1"]),
        ("year_from=2003", ["Study 4", "Study 5"]),
        ("year_to=1999", ["Left out 1"]),
        ("q=NORWAY+study", ["Study 3", "Study 4", "Study 5"]),
        ("q=comparison", ["Left out 1"]),
        ("q=nothing-has-this", []),
    ],
)
def test_the_trail_is_filtered_by_its_address(client, published, trail, query, found):
    assert labels(client, f"{trail}?{query}") == found
    lines = list(csv.DictReader(io.StringIO(ask(client, f"{trail}?{query}&format=csv").body.decode("utf-8-sig"))))
    assert [line["label"] for line in lines] == found


@pytest.mark.parametrize("query", ["uk=banana", "part=x", "year_from=abc", "year_to=20000", "format=xls", "bias=<b>"])
def test_a_wrong_filter_says_what_is_wrong(client, published, trail, query):
    response = client.get(f"{trail}?{query}")
    assert response.status_code == 400
    assert "&lt;b&gt;" in response.content.decode() or query.split("=")[1] in response.content.decode()
    assert "<b>”" not in response.content.decode()


def test_a_cell_is_no_formula(client, published, trail, editor, reviewer):
    Study.objects.filter(label="Study 1").update(title="=1+1")
    republish(published, editor, reviewer)
    line = next(csv.DictReader(io.StringIO(ask(client, f"{trail}?format=csv").body.decode("utf-8-sig"))))
    assert line["title"] == "'=1+1"
    assert (line["effect"], line["included"], line["risk_of_bias"]) == ("0.1", "yes", "high")


def test_a_study_says_what_it_found_and_where_it_is_used(client, published, mentoring):
    html = page(client, f"/studies/{number_of('Study 1')}/")
    assert "0.10 (−0.18 to 0.38)" in html
    assert "Half left" in html
    assert "two readers agreed" in html
    assert 'href="/syntheses/mentoring-and-reading/"' in html
    assert f'href="/record/{mentoring.pk}/"' in html
    assert "not recorded" in html


@pytest.mark.parametrize(("label", "asked"), [("Study 1", True), ("Study 2", True), ("Study 3", False)])
def test_a_nation_is_asked_for_only_where_there_may_be_one(client, published, label, asked):
    assert ("Nation of the UK" in page(client, f"/studies/{number_of(label)}/")) is asked


def test_a_study_that_was_left_out_says_why(client, published):
    assert REASON in page(client, f"/studies/{number_of('Left out 1')}/")


def test_the_record_address_of_a_study_leads_to_its_page(client, published):
    study = number_of("Study 1")
    assert client.get(f"/record/{study}/").headers["Location"] == f"/studies/{study}/"


@pytest.mark.parametrize("path", ["/studies/1/", "/studies/99999999999999999999/", "/record/99999999999999999999/"])
def test_an_unknown_study_is_not_found(client, network, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_a_study_of_a_draft_is_not_found(client, mentoring, eef):
    synthesis("a-draft", interventions=[mentoring], centre=eef, effects=[0.1])
    study = number_of("Study 1")
    assert client.get(f"/studies/{study}/").status_code == 404
    assert client.get(f"/record/{study}/").status_code == 404
    assert client.get("/syntheses/a-draft/").status_code == 404


def test_a_synthesis_in_the_list_the_footer_and_the_sitemap(client, published):
    html = page(client, "/syntheses/")
    assert html.index("Mentoring and reading") < html.index('id="illustrative"')
    assert 'href="/syntheses/"' in page(client, "/about/")
    sitemap = page(client, "/sitemap.xml")
    assert "/syntheses/</loc>" in sitemap
    assert "/syntheses/mentoring-and-reading/</loc>" in sitemap


@pytest.mark.parametrize(
    ("effects", "left_out", "said"),
    [
        ([], [REASON], "There is no pooled result. No study is included."),
        ([0.3], [], "better with it in this one result"),
        ([0.3, 0.5], [], "It takes three studies or more to see whether small ones find something else."),
        ([0.0, 0.0, 0.0], [], "no different with it"),
    ],
)
def test_a_preview_of_few_studies_says_so(client, mentoring, eef, editor, effects, left_out, said):
    made = synthesis("few", interventions=[mentoring], centre=eef, effects=effects, left_out=left_out)
    request = client.get("/about/").wsgi_request
    request.user = editor
    html = show(request, preview_of_draft(snapshots.for_snapshot().get(pk=made.pk))).content.decode()
    assert said in html
    assert "nan" not in html.lower().replace("finan", "").replace("governan", "")
