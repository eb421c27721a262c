"""What is missing, asked of the database: of a stored record, of a form as it is filled in, and of links to ourselves."""

import pytest
from django.urls import reverse

from centres.models import AuditEntry, Role
from centres.records import RecordNumber
from evidence.models import Intervention, Rating
from tests.admin_forms import form_of
from tests.factories import person
from toolkits import actions, own_links
from toolkits.models import ToolkitEntry

FORM = "admin:evidence_intervention_change"
FRAGMENT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def form(client, editor, mentoring):
    """The form of mentoring as an editor of its centre opens it."""
    client.force_login(editor)
    return form_of(client.get(reverse(FORM, args=[mentoring.pk])))


@pytest.fixture
def ask(client, mentoring):
    """The list of what is missing for a filled-in form of mentoring, as the form's script asks for it."""

    def asked(form, address=None, **extra):
        address = address or reverse("editorial:missing", args=["intervention", mentoring.pk])
        response = client.post(address, form, **FRAGMENT, **extra)
        assert response.status_code == 200
        return response.content.decode()

    return asked


def rows():
    return (
        list(Intervention.objects.order_by("pk").values_list("pk", "name", "summary")),
        list(Rating.objects.order_by("pk").values_list("pk", "level", "reason", "position")),
        ToolkitEntry.objects.count(),
        RecordNumber.objects.count(),
        AuditEntry.objects.count(),
    )


def test_the_form_opens_with_the_list(client, editor, mentoring):
    client.force_login(editor)
    page = client.get(reverse(FORM, args=[mentoring.pk])).content.decode()
    assert "Nothing is missing" in page
    assert "in the public version too" in page
    assert '<a href="#id_authors">Say who assessed the evidence.</a>' in page
    assert '<a href="#id_ratings-0-reason">' in page


def test_what_is_typed_is_asked_about_and_nothing_is_saved(ask, form):
    before = rows()
    assert "Nothing is missing" in ask(form)
    changed = form | {"ratings-0-value": "9", "summary": "Better words for it, in a sentence that anybody follows."}
    answer = ask(changed)
    assert "1 thing is missing" in answer
    assert '<a href="#id_ratings-0-reason">Months&#x27; additional progress' in answer
    assert "Nothing is missing" in ask(changed | {"ratings-0-reason": "A fifth trial was found."})
    assert rows() == before


def test_a_row_that_is_not_saved_yet_is_asked_about(ask, form, mentoring):
    n = int(form["ratings-TOTAL_FORMS"])
    level = Rating.objects.filter(intervention=mentoring).first().level
    new = {f"ratings-{n}-level": level.pk, f"ratings-{n}-aspect": "Girls", "ratings-TOTAL_FORMS": n + 1}
    assert f'<a href="#id_ratings-{n}-reason">' in ask(form | new)


def test_a_deleted_row_is_asked_about_no_more(ask, form):
    changed = form | {"ratings-0-value": "9"}
    assert "1 thing is missing" in ask(changed)
    assert "Nothing is missing" in ask(changed | {"ratings-0-DELETE": "on"})


def test_what_keeps_the_form_from_being_saved_comes_first(ask, form):
    answer = ask(form | {"name": "", "ratings-0-range_low": "1", "ratings-1-level": ""})
    assert '<a href="#id_name">Name: This field is required.</a>' in answer
    assert (
        '<a href="#id_ratings-0-range_high">Range to: Give both ends of the range, or leave both empty.</a>' in answer
    )
    assert '<a href="#id_ratings-1-level">Rating: This field is required.</a>' in answer
    # The rest is asked about all the same.
    assert "Say who assessed the evidence." in answer


@pytest.mark.parametrize("spoilt", [{"headline_value": "many"}, {"next_review": "soon"}, {"entry-0-slug": "No Slug"}])
def test_nothing_typed_is_an_error_of_the_server(ask, form, spoilt):
    (name,) = spoilt
    assert f'<a href="#id_{name}">' in ask(form | spoilt)


def test_a_new_record_that_was_never_saved(client, ask, editor, eef, network):
    client.force_login(editor)
    empty = form_of(client.get(reverse("admin:evidence_intervention_add")))
    address, before = reverse("editorial:missing_new", args=["intervention"]), rows()
    answer = ask(empty, address)
    for lack in ("#id_name", "#id_summary", "#id_source_url", "#id_entry-0-slug", "#id_authors", "#id_last_searched"):
        assert f'<a href="{lack}">' in answer
    assert '<a href="#id_authors">' not in ask(empty | {"authors": "A. Author"}, address)
    assert rows() == before


def test_without_a_script_it_is_a_page(client, form, mentoring):
    address = reverse("editorial:missing", args=["intervention", mentoring.pk])
    page = client.post(address, form | {"ratings-0-value": "9"})
    assert "1 thing is missing" in page.content.decode()
    assert "<h1>Mentoring</h1>" in page.content.decode()
    assert "Nothing is missing" in client.get(address).content.decode()


@pytest.mark.parametrize("kind", ["report", "toolkit", "centre", "method", "family", "vocabulary"])
def test_every_kind_has_its_list(client, network_admin, network, kind):
    record = RecordNumber.objects.filter(kind=kind).order_by("number").first().pk
    client.force_login(network_admin)
    address = reverse("editorial:missing", args=[kind, record])
    assert client.get(address).status_code == 200


class TestWhoseItIs:
    def test_another_centres_answers_404(self, client, form, other_centre_editor, mentoring):
        client.force_login(other_centre_editor)
        address = reverse("editorial:missing", args=["intervention", mentoring.pk])
        assert (client.get(address).status_code, client.post(address, form).status_code) == (404, 404)

    def test_who_may_add_nothing_is_told_nothing(self, client, eef):
        client.force_login(person("manager", eef, Role.Name.MANAGER))
        assert client.post(reverse("editorial:missing_new", args=["intervention"])).status_code == 404

    @pytest.mark.parametrize("kind", ["banana", "family"])
    def test_nor_of_a_kind_that_is_not_theirs(self, client, editor, kind):
        client.force_login(editor)
        assert client.post(reverse("editorial:missing_new", args=[kind])).status_code == 404

    def test_a_rating_hidden_from_an_editor_keeps_its_place(self, client, network_admin, editor, ask, form, mentoring):
        """The network's reading counts as a rating of the page, and its row is not among the editor's."""
        reading = Rating.objects.filter(level__scheme__centre__isnull=True).first().level
        Rating.objects.filter(intervention=mentoring).update(position=5)
        Rating.objects.create(intervention=mentoring, level=reading, position=0)
        answer = ask(form | {"ratings-0-value": "9"})
        assert '<a href="#id_ratings-0-reason">Months&#x27; additional progress' in answer


class TestOwnLinks:
    @pytest.mark.parametrize(
        "address",
        [
            "/",
            "/about",
            "/about/?a=b#c",
            "/toolkits/teaching-and-learning/",
            "/toolkits/teaching-and-learning/mentoring/history/",
            "/record/1011/",
            "/record/1011/v1/",
            "/feeds/crime-reduction.xml",
            "#here",
            "https://elsewhere.example/nowhere/",
            "mailto:a@b.example",
        ],
    )
    def test_leads_somewhere(self, network, address):
        assert own_links.broken({address}) == set()

    @pytest.mark.parametrize(
        "address",
        [
            "/nowhere/",
            "/admin/",
            "/editorial/",
            "/toolkits/teaching-and-learning/nothing/",
            "/toolkits/teaching-and-learning/nothing/history/",
            "/record/9/",
            "/record/1011/v9/",
            "http://localhost/nowhere/",
            "http://[nonsense",
        ],
    )
    def test_leads_nowhere(self, network, address):
        assert own_links.broken({address}) == {address}

    def test_a_page_that_was_withdrawn_is_nothing_to_link_to(self, mentoring, reviewer):
        addresses = {"/toolkits/teaching-and-learning/mentoring/", "/record/1011/"}
        assert own_links.broken(addresses) == set()
        actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review")
        assert own_links.broken(addresses) == addresses

    def test_the_list_says_so(self, ask, form):
        answer = ask(form | {"gaps": "See [the page](/toolkits/nothing/)."})
        assert '<a href="#id_gaps">The link “the page” leads to /toolkits/nothing/' in answer
