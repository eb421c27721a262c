"""A rating scale that was public is changed by a new version: how one is made, and what its form offers."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from centres.models import Centre
from evidence.models import RatingScheme
from tests.admin_forms import form_of
from tests.factories.publishing import republish
from tests.integration.scheme_versions.on_scales import text
from toolkits import actions, policies, scheme_versions
from toolkits.models import Change

# The new version itself


def test_new_version_has_the_same_levels_and_an_address_of_its_own(months, newer, client):
    assert (newer.slug, newer.version, newer.succeeds) == ("eef-months-2", "2027", months)
    assert newer.pk != months.pk
    same = ("key", "order", "label", "meaning", "off_scale", "shared_band", "band_reason", "position")
    assert list(newer.levels.values_list(*same)) == list(months.levels.values_list(*same))
    assert months.levels.exists()
    assert client.get(f"/record/{newer.pk}/").status_code == 404


def test_the_version_after_that_is_numbered_on(newer, editor, reviewer):
    republish(newer, editor, reviewer)
    assert scheme_versions.new_version(scheme=newer, version="2030", by=editor).slug == "eef-months-3"


@pytest.mark.parametrize(
    ("version", "word"), [("", "called"), ("  ", "called"), ("2021", "2021"), ("x" * 41, "too long")]
)
def test_new_version_needs_a_name_of_its_own(months, editor, version, word):
    with pytest.raises(policies.Incomplete, match=word):
        scheme_versions.new_version(scheme=months, version=version, by=editor)


def test_a_scale_has_one_next_version_and_only_once_it_was_public(months, newer, editor):
    with pytest.raises(policies.WrongState, match=f"record {newer.pk}"):
        scheme_versions.new_version(scheme=months, version="2028", by=editor)
    with pytest.raises(policies.WrongState, match="never public"):
        scheme_versions.new_version(scheme=newer, version="2028", by=editor)
    assert RatingScheme.objects.filter(name=months.name).count() == 2


def test_another_centres_editor_makes_none(months, other_centre_editor):
    with pytest.raises(PermissionDenied):
        scheme_versions.new_version(scheme=months, version="2027", by=other_centre_editor)


def _relabel(scheme):
    scheme.levels.filter(key="3").update(label="Three")


def _reorder(scheme):
    scheme.levels.filter(key="3").update(order=99)


def _take_off(scheme):
    scheme.levels.filter(key="3").update(order=None, off_scale="mixed")


def _another_key(scheme):
    scheme.levels.filter(key="3").update(key="three")


def _another_level(scheme):
    scheme.levels.create(key="13", order=13, label="Even more", meaning="Thirteen months.")


def _another_axis(scheme):
    RatingScheme.objects.filter(pk=scheme.pk).update(axis="strength")


def _another_measure(scheme):
    RatingScheme.objects.filter(pk=scheme.pk).update(measures="direction")


def _not_numeric(scheme):
    RatingScheme.objects.filter(pk=scheme.pk).update(numeric=not scheme.numeric)


CHANGES = [_relabel, _reorder, _take_off, _another_key, _another_level, _another_axis, _another_measure, _not_numeric]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_ratings_rest_on_cannot_be_submitted_otherwise(months, editor, change):
    change(months)
    with pytest.raises(scheme_versions.Fixed, match="Make a new version"):
        actions.submit(document=months, by=editor, change=Change.WORDING, note="Another scale")


def test_words_of_a_public_scale_may_be_corrected(months, editor, reviewer, client):
    months.levels.filter(key="3").update(meaning="About three months more.")
    republish(months, editor, reviewer)
    assert "About three months more." in text(client, "/methods/eef-months/")


@pytest.mark.parametrize("change", CHANGES[:5], ids=lambda change: change.__name__)
def test_a_draft_version_may_change_its_levels(newer, editor, change):
    change(newer)
    assert actions.submit(document=newer, by=editor, change=Change.METHOD, note="Another scale").pk


# Its form


def form_at(client, scheme):
    return client.get(reverse("admin:evidence_ratingscheme_change", args=[scheme.pk]))


def send(client, scheme, **changes):
    """Post the scale's form as it was shown, with some values changed."""
    data = form_of(form_at(client, scheme), "ratingscheme_form")
    path = reverse("admin:evidence_ratingscheme_change", args=[scheme.pk])
    return client.post(path, data | changes)


def place_of(scheme, key):
    """Where a level stands in the form."""
    return list(scheme.levels.values_list("key", flat=True)).index(key)


def test_form_of_a_public_scale_fixes_levels_and_offers_a_new_version(months, editor, client):
    client.force_login(editor)
    form = form_at(client, months)
    fields = form_of(form, "ratingscheme_form")
    assert not {"axis", "measures", "numeric", "levels-0-key", "levels-0-label", "levels-0-order"} & fields.keys()
    assert {"name", "note", "levels-0-meaning"} <= fields.keys()
    assert reverse("editorial:new_version", args=[months.pk]) in form.content.decode()


def test_fixed_fields_are_fixed_also_for_who_writes_the_request(months, editor, client):
    client.force_login(editor)
    place = place_of(months, "3")
    forged = {"axis": "cost", f"levels-{place}-label": "Forged", f"levels-{place}-shared_band": "harm"}
    assert send(client, months, **forged, **{f"levels-{place}-meaning": "Three more."}).status_code == 302
    level = months.levels.get(key="3")
    assert (level.meaning, level.label == "Forged", level.shared_band == "harm") == ("Three more.", False, False)
    months.refresh_from_db()
    assert months.axis == "impact"


def test_draft_version_can_be_changed_but_not_its_bands(newer, editor, client):
    client.force_login(editor)
    place = place_of(newer, "3")
    changes = {f"levels-{place}-label": "Three", f"levels-{place}-shared_band": "harm"}
    assert send(client, newer, **changes).status_code == 302
    level = newer.levels.get(key="3")
    assert (level.label, level.shared_band) == ("Three", "benefit")


def test_network_editor_sets_bands_and_nothing_else(months, network_editor, editor, client):
    client.force_login(network_editor)
    place = place_of(months, "3")
    changes = {f"levels-{place}-shared_band": "mixed", f"levels-{place}-band_reason": "It depends."}
    forged = {"name": "Forged", f"levels-{place}-meaning": "Forged", f"levels-{place}-label": "Forged"}
    assert send(client, months, **changes, **forged).status_code == 302
    level = months.levels.get(key="3")
    assert (level.shared_band, level.band_reason) == ("mixed", "It depends.")
    months.refresh_from_db()
    assert "Forged" not in (months.name, level.meaning, level.label)
    # The centre submits it: nobody of the network keeps its page.
    assert months.record.draft_changed_at is not None
    assert months.record.keeper is None
    assert reverse("editorial:draft", args=["method", months.pk]) not in form_at(client, months).content.decode()


def test_band_needs_its_reason_in_words(months, network_editor, client):
    client.force_login(network_editor)
    answer = send(client, months, **{f"levels-{place_of(months, '3')}-band_reason": ""})
    assert answer.status_code == 200
    assert "Say why this band." in answer.content.decode()


def test_level_has_an_order_or_says_why_not(newer, editor, client):
    client.force_login(editor)
    place = place_of(newer, "3")
    answer = send(client, newer, **{f"levels-{place}-order": ""})
    assert "Give its place on the scale" in answer.content.decode()
    answer = send(client, newer, **{f"levels-{place}-off_scale": "mixed"})
    assert "leave one of the two empty" in answer.content.decode()


def test_another_centres_scale_is_not_there(months, other_centre_editor, client):
    client.force_login(other_centre_editor)
    assert form_at(client, months).status_code == 404
    for method in (client.get, client.post):
        assert method(reverse("editorial:new_version", args=[months.pk]), {"version": "2027"}).status_code == 404
    assert months.name not in client.get(reverse("admin:evidence_ratingscheme_changelist")).content.decode()


def test_editor_makes_no_scale_of_the_network(editor, client):
    client.force_login(editor)
    path = reverse("admin:evidence_ratingscheme_add")
    data = form_of(client.get(path), "ratingscheme_form")
    named = {"name": "Mine", "slug": "mine", "axis": "cost", "centre": ""}
    assert client.post(path, data | named).status_code == 200
    assert client.post(path, data | named | {"centre": Centre.objects.get(slug="yef").pk}).status_code == 200
    assert not RatingScheme.objects.filter(slug="mine").exists()
    assert client.post(path, data | named | {"centre": Centre.objects.get(slug="eef").pk}).status_code == 302


def test_button_makes_the_version_and_says_what_is_wrong(months, editor, client):
    client.force_login(editor)
    path = reverse("editorial:new_version", args=[months.pk])
    assert client.get(path).status_code == 200
    answer = client.post(path, {"version": "2021"})
    assert answer.status_code == 422
    assert "choose another name" in answer.content.decode()
    answer = client.post(path, {"version": "2027"})
    new = RatingScheme.objects.get(slug="eef-months-2")
    assert answer["Location"] == reverse("admin:evidence_ratingscheme_change", args=[new.pk])
    # Now there is one: the button says so instead of making another.
    answer = client.post(path, {"version": "2028"}, follow=True)
    assert "newer version already" in answer.content.decode()
