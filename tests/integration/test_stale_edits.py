"""Two people at one form: the second save is refused, both texts stand side by side, and nothing typed is lost.

That it holds for two at the very same moment is shown with threads (test_racing).
"""

import html

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from centres.models import Membership
from evidence.models import Intervention, Outcome, Rating, RatingLevel
from tests.admin_forms import form_of
from tests.clients import EditorsClient
from toolkits.admin import seen, stale
from toolkits.models import SynonymGroup, ToolkitEntry

OWN = 1011
ADDRESS = "/admin/evidence/intervention/1011/change/"
THEIRS, MINE = "Their words for it.", "My words for it."


def text(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def theirs(mentoring, second_editor):
    """Another editor's browser."""
    browser = EditorsClient()
    browser.force_login(second_editor)
    return browser


@pytest.fixture
def mine(client, editor, mentoring):
    """My browser, in which nothing is open yet."""
    client.force_login(editor)
    return client


@pytest.fixture
def form(mine):
    """The form as I opened it, before anybody else saved anything."""
    return form_of(mine.get(ADDRESS))


@pytest.fixture
def they_save(theirs):
    def save(**changes):
        response = theirs.post(ADDRESS, form_of(theirs.get(ADDRESS)) | changes)
        assert response.status_code == 302, text(response)

    return save


def test_a_save_over_what_was_shown_goes_through(mine, form):
    assert mine.post(ADDRESS, form | {"summary": MINE}).status_code == 302
    assert Intervention.objects.get(pk=OWN).summary == MINE
    # Windows' ends of lines, and spaces at an end, are no change.
    again = form_of(mine.get(ADDRESS))
    assert mine.post(ADDRESS, {**again, "key_messages": again["key_messages"].replace("\n", "\r\n")}).status_code == 302


def test_the_second_save_is_refused_with_both_texts(mine, form, they_save):
    they_save(summary=THEIRS)
    refused = mine.post(ADDRESS, form | {"summary": MINE, "costs": "Little."})
    assert refused.status_code == 409
    assert Intervention.objects.get(pk=OWN).summary == THEIRS
    page = text(refused)
    assert "Nothing of yours was saved, and nothing is lost." in page
    assert "Stored now, by second-editor, " in page
    before_the_form = page.split("<textarea")[0]
    assert MINE in before_the_form
    assert THEIRS in before_the_form
    kept = form_of(refused)
    assert (kept["summary"], kept["costs"]) == (MINE, "Little.")


def test_what_only_they_changed_is_taken_over_and_said(mine, form, they_save):
    they_save(how_sure="Fairly sure.", outcomes=["attainment", "reoffending"])
    refused = mine.post(ADDRESS, form | {"summary": MINE})
    kept = form_of(refused)
    assert (kept["how_sure"], kept["summary"]) == ("Fairly sure.", MINE)
    assert sorted(kept["outcomes"]) == ["attainment", "reoffending"]
    page = text(refused)
    assert page.count("You had not changed it: the form holds what is stored.") == 2
    assert "Reoffending" in page.split("<textarea")[0]
    assert mine.post(ADDRESS, kept).status_code == 302
    saved = Intervention.objects.get(pk=OWN)
    assert (saved.how_sure, saved.summary, saved.outcomes.count()) == ("Fairly sure.", MINE, 2)


def test_the_next_save_is_a_knowing_one_until_somebody_saves_again(mine, form, they_save):
    they_save(summary=THEIRS)
    first = form_of(mine.post(ADDRESS, form | {"summary": MINE}))
    they_save(summary="Their third thoughts.")
    second = mine.post(ADDRESS, first)
    assert second.status_code == 409
    assert "Their third thoughts." in text(second)
    assert mine.post(ADDRESS, form_of(second)).status_code == 302
    assert Intervention.objects.get(pk=OWN).summary == MINE


def test_a_stored_text_can_be_put_into_the_form(mine, form, they_save):
    they_save(summary=THEIRS, costs="Their costs.")
    first = form_of(mine.post(ADDRESS, form | {"summary": MINE, "costs": "My costs."}))
    taken = mine.post(ADDRESS, first | {stale.TAKE: "summary"})
    assert taken.status_code == 409
    kept = form_of(taken)
    assert (kept["summary"], kept["costs"]) == (THEIRS, "My costs.")
    assert "Their costs." in text(taken).split("<textarea")[0]
    assert Intervention.objects.get(pk=OWN).costs == "Their costs."
    assert mine.post(ADDRESS, kept).status_code == 302
    saved = Intervention.objects.get(pk=OWN)
    assert (saved.summary, saved.costs) == (THEIRS, "My costs.")


def test_the_same_change_by_both_is_no_clash_of_texts(mine, form, they_save):
    they_save(summary=THEIRS)
    refused = mine.post(ADDRESS, form | {"summary": THEIRS})
    assert refused.status_code == 409
    assert "What you typed and what is stored are the same now." in text(refused)


@pytest.mark.parametrize("spoilt", ["", "nonsense", "[]", '{"at": 1, "rows": 2}', '{"at": "x", "rows": [["", ""]]}'])
def test_a_form_that_does_not_say_what_it_showed_is_refused(mine, form, spoilt):
    refused = mine.post(ADDRESS, form | {"summary": MINE, seen.SEEN: spoilt})
    assert refused.status_code == 409
    assert Intervention.objects.get(pk=OWN).summary != MINE
    assert form_of(refused)["summary"] == MINE


def test_a_mistake_in_the_form_keeps_what_it_showed(mine, form, they_save):
    """An error re-shows the form, and what is saved meanwhile is still found out."""
    wrong = mine.post(ADDRESS, form | {"name": "", "summary": MINE})
    assert wrong.status_code == 200
    they_save(summary=THEIRS)
    assert mine.post(ADDRESS, form_of(wrong) | {"name": "Mentoring"}).status_code == 409


class TestRows:
    """Ratings are rows of their own: changed, added and deleted by either."""

    def new(self, form, aspect, **fields):
        n = int(form["ratings-TOTAL_FORMS"])
        level = RatingLevel.objects.filter(scheme__slug="eef-padlocks").first().pk
        row = {"id": "", "intervention": OWN, "level": level, "aspect": aspect} | fields
        return {f"ratings-{n}-{name}": value for name, value in row.items()} | {"ratings-TOTAL_FORMS": n + 1}

    def test_one_that_both_changed(self, mine, form, they_save):
        they_save(**{"ratings-0-reason": "Their reason."})
        refused = mine.post(ADDRESS, form | {"ratings-0-reason": "My reason."})
        assert refused.status_code == 409
        page = text(refused)
        assert "Their reason." in page
        assert "by second-editor" in page
        assert form_of(refused)["ratings-0-reason"] == "My reason."
        assert mine.post(ADDRESS, form_of(refused)).status_code == 302
        assert Rating.objects.filter(intervention=OWN).first().reason == "My reason."

    def test_one_that_they_added_comes_into_my_form(self, mine, form, theirs):
        their_form = form_of(theirs.get(ADDRESS))
        assert theirs.post(ADDRESS, their_form | self.new(their_form, "Girls", reason="Theirs.")).status_code == 302
        refused = mine.post(ADDRESS, form | self.new(form, "Boys", reason="Mine.") | {"ratings-0-reason": "Why not"})
        assert refused.status_code == 409
        kept = form_of(refused)
        assert mine.post(ADDRESS, kept).status_code == 302
        ratings = Rating.objects.filter(intervention=OWN)
        assert set(ratings.exclude(aspect="").values_list("aspect", "reason")) == {
            ("Girls", "Theirs."),
            ("Boys", "Mine."),
        }
        assert ratings.first().reason == "Why not"

    def test_one_that_they_deleted_goes_from_my_form(self, mine, form, they_save):
        before = Rating.objects.filter(intervention=OWN).count()
        they_save(**{"ratings-1-DELETE": "on"})
        refused = mine.post(ADDRESS, form | {"summary": MINE})
        assert refused.status_code == 409
        assert "deleted since you opened this" in text(refused)
        assert mine.post(ADDRESS, form_of(refused)).status_code == 302
        assert Rating.objects.filter(intervention=OWN).count() == before - 1

    def test_one_that_they_deleted_and_i_wrote_into_becomes_new(self, mine, form, they_save):
        level = form["ratings-1-level"]
        they_save(**{"ratings-1-DELETE": "on"})
        refused = mine.post(ADDRESS, form | {"ratings-1-reason": "A reason of mine."})
        assert refused.status_code == 409
        assert mine.post(ADDRESS, form_of(refused)).status_code == 302
        assert Rating.objects.filter(intervention=OWN, level=level, reason="A reason of mine.").count() == 1

    def test_one_that_they_changed_and_i_delete(self, mine, form, they_save):
        they_save(**{"ratings-0-reason": "Their reason."})
        refused = mine.post(ADDRESS, form | {"ratings-0-DELETE": "on"})
        assert refused.status_code == 409
        assert "Delete it" in text(refused)
        assert Rating.objects.filter(intervention=OWN, reason="Their reason.").exists()

    def test_the_place_in_a_toolkit(self, mine, form, they_save):
        they_save(**{"entry-0-slug": "their-slug"})
        assert mine.post(ADDRESS, form | {"entry-0-slug": "my-slug"}).status_code == 409
        assert ToolkitEntry.objects.get(intervention=OWN).slug == "their-slug"

    def test_what_i_am_not_shown_does_not_stop_me(self, mine, form):
        """The network's reading is its editors' business, and no row of a centre's form."""
        reading = RatingLevel.objects.filter(scheme__centre__isnull=True).first()
        Rating.objects.create(intervention_id=OWN, level=reading)
        assert mine.post(ADDRESS, form | {"summary": MINE}).status_code == 302


def test_every_form_of_the_admin_says_what_it_shows(client, network_admin, network):
    """Whatever form is added later: a change form that can be saved carries what it showed."""
    client.force_login(network_admin)
    request, without = client.get(reverse("admin:index")).wsgi_request, []
    for model, options in admin.site._registry.items():
        if model._meta.app_label not in {"centres", "evidence", "toolkits"}:
            continue
        obj = options.get_queryset(request).first()
        if obj is None or not options.has_change_permission(request, obj):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        page = client.get(reverse(name, args=[obj.pk]))
        if page.status_code == 200 and b'name="_save"' in page.content and b'name="_seen" value="{' not in page.content:
            without.append(model._meta.label)
    assert without == []


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Membership, "basis", "As announced."),
        (Outcome, "name", "Another name"),
        (SynonymGroup, "equivalents", "others"),
    ],
)
def test_rows_that_are_no_records(client, network_admin, network, model, field, value):
    if model is SynonymGroup:
        SynonymGroup.objects.create(term="cats", equivalents="kittens")
    row, name = model.objects.first(), model._meta.model_name
    address = reverse(f"admin:{model._meta.app_label}_{name}_change", args=[row.pk])
    client.force_login(network_admin)
    form = form_of(client.get(address), f"{name}_form")
    model.objects.filter(pk=row.pk).update(**{field: "What another person wrote"})
    refused = client.post(address, form | {field: value})
    assert refused.status_code == 409
    assert form_of(refused, f"{name}_form")[field] == value
    assert client.post(address, form_of(refused, f"{name}_form")).status_code == 302
    assert getattr(model.objects.get(pk=row.pk), field) == value


def test_what_was_deleted_meanwhile_comes_back_as_a_form_to_add(client, network_admin, network):
    group = SynonymGroup.objects.create(term="cats", equivalents="kittens")
    address = reverse("admin:toolkits_synonymgroup_change", args=[group.pk])
    client.force_login(network_admin)
    form = form_of(client.get(address), "synonymgroup_form")
    other = Client()
    other.cookies = client.cookies
    other.post(reverse("admin:toolkits_synonymgroup_delete", args=[group.pk]), {"post": "yes"})
    refused = client.post(address, form | {"equivalents": "kittens\nmoggies"})
    assert refused.status_code == 409
    assert "Somebody has deleted this since you opened it." in text(refused)
    add = reverse("admin:toolkits_synonymgroup_add")
    assert f'action="{add}"' in text(refused)
    assert client.post(add, form_of(refused, "synonymgroup_form")).status_code == 302
    assert SynonymGroup.objects.get(term="cats").equivalents.split() == ["kittens", "moggies"]


def test_what_never_was_answers_404(mine, form):
    assert mine.post("/admin/evidence/intervention/999999/change/", form).status_code == 404
    assert mine.post("/admin/evidence/intervention/nonsense/change/", form).status_code == 404
