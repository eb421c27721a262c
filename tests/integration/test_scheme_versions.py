"""A rating scale that was public is changed by a new version: ratings keep the old one, are marked, and wait to be given again."""

import datetime
import io

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from centres.models import Centre, Role
from evidence.models import Intervention, Outcome, RatingLevel, RatingScheme
from tests.admin_forms import form_of
from tests.answers import ask
from tests.factories import person
from tests.factories.publishing import republish
from toolkits import actions, policies, published, scheme_versions
from toolkits.admin import choices
from toolkits.editorial.rerating import to_rerate, with_ratings_to_renew
from toolkits.models import Appointment, Change, Decision, PublishedPage, PublishedVersion, Toolkit
from toolkits.public import index

PAGE = "/toolkits/teaching-and-learning/mentoring/"
TOOLKIT = "/toolkits/teaching-and-learning/"


@pytest.fixture
def months(network):
    """The EEF's scale of months of progress."""
    return RatingScheme.objects.get(slug="eef-months")


@pytest.fixture
def newer(months, editor):
    """Its next version, a draft."""
    return scheme_versions.new_version(scheme=months, version="2027", by=editor)


@pytest.fixture
def public_newer(newer, editor, reviewer):
    """Its next version, public."""
    republish(newer, editor, reviewer, note="A new scale")
    return newer


@pytest.fixture
def network_editor(db):
    """An editor of the network's own records."""
    return person("bands", None, Role.Name.NETWORK_EDITOR)


def rate(intervention, scheme, key, **more):
    """Give a rating on a level of a scale."""
    return intervention.ratings.create(level=scheme.levels.get(key=key), reason="Because of the trials.", **more)


def text(client, path):
    return " ".join(ask(client, path).body.decode().split())


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


def offered(editor, intervention=None):
    return list(dict.fromkeys(level.scheme.slug for level in choices.levels(editor, intervention)))


def test_ratings_are_offered_the_newest_version_first_and_the_old_one_while_it_is_public(newer, editor):
    slugs = offered(editor)
    assert slugs.index("eef-months-2") < slugs.index("eef-months")


def test_old_version_is_offered_only_where_it_is_in_use(public_newer, editor, mentoring):
    assert "eef-months" not in offered(editor)
    assert "eef-months" in offered(editor, mentoring)
    mentoring.ratings.filter(level__scheme__slug="eef-months").delete()
    assert "eef-months" not in offered(editor, mentoring)
    assert "eef-months-2" in offered(editor, mentoring)


# What the public sees


def test_nothing_is_marked_before_the_new_version_is_public(newer, client):
    for path in (PAGE, TOOLKIT, f"{TOOLKIT}?view=table", "/methods/eef-months/", "/methods/"):
        assert "lder method" not in text(client, path)


def test_every_page_that_shows_such_a_rating_marks_it_and_none_is_published_again(
    newer, editor, reviewer, client, django_assert_num_queries
):
    family = next(page.path for page in PublishedPage.objects.filter(kind="family", links__contains=[1011]))
    paths = [PAGE, TOOLKIT, f"{TOOLKIT}?view=table", family, "/interventions/?centre=eef", "/record/1011/v1/"]
    # Asked before, so that what the process keeps has to be given up.
    assert not [path for path in paths if "Older method" in text(client, path)]
    before = PublishedVersion.objects.count()
    republish(newer, editor, reviewer)
    assert PublishedVersion.objects.count() == before + 1
    old, new = (reverse("public:record", args=[record]) for record in (newer.succeeds_id, newer.pk))
    mark = f'<a href="{old}">Older method</a>, replaced by <a href="{new}">Months&#x27; additional progress (2027)</a>'
    assert not [path for path in paths if mark not in text(client, path)]
    index.snapshot_at(published.publication_number())
    with django_assert_num_queries(2):
        client.get(PAGE, {"again": 1})


def approved(document, editor, reviewer):
    """A revision of a working row that may go out."""
    revision = actions.submit(document=document, by=editor, change=Change.METHOD, note="Rated anew")
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    return revision


def test_no_rating_goes_out_on_a_scale_that_is_a_draft(newer, mentoring, editor, reviewer, client):
    rate(mentoring, newer, "5")
    revision = approved(mentoring, editor, reviewer)
    with pytest.raises(policies.WrongState, match="not public yet: Months' additional progress"):
        actions.publish(revision=revision, by=reviewer)
    assert PublishedPage.objects.get(pk=mentoring.pk).version == 1
    republish(newer, editor, reviewer)
    assert actions.publish(revision=revision, by=reviewer).version == 2


def test_a_scale_and_what_is_rated_on_it_go_out_together(newer, mentoring, editor, reviewer):
    rate(mentoring, newer, "5")
    change_set = actions.submit_together(
        documents=[mentoring, newer], title="The new scale", by=editor, change=Change.METHOD, note="Rated anew"
    )
    actions.decide_together(change_set=change_set, by=reviewer, verdict=Decision.Verdict.APPROVED)
    assert len(actions.publish_together(change_set=change_set, by=reviewer)) == 2


def test_at_its_time_no_rating_goes_out_on_a_draft_either(newer, mentoring, editor, reviewer):
    rate(mentoring, newer, "5")
    revision = approved(mentoring, editor, reviewer)
    appointment = actions.appoint(revision=revision, by=reviewer, at=timezone.now() + datetime.timedelta(seconds=1))
    Appointment.objects.filter(pk=appointment.pk).update(at=timezone.now())
    assert actions.keep_next_appointment()
    appointment.refresh_from_db()
    assert appointment.state == Appointment.State.REFUSED
    assert "not public yet" in appointment.outcome


def test_a_toolkit_that_goes_out_meanwhile_says_nothing_of_the_draft(newer, editor, reviewer, client):
    toolkit = Toolkit.objects.get(slug="teaching-and-learning")
    toolkit.introduction = "All of it."
    toolkit.save()
    republish(toolkit, editor, reviewer)
    assert newer.pk not in [method.record for method in published.page_at(TOOLKIT, "toolkit").document.methods]
    republish(newer, editor, reviewer)
    toolkit.introduction = "All of it, anew."
    toolkit.save()
    republish(toolkit, editor, reviewer)
    assert newer.pk in [method.record for method in published.page_at(TOOLKIT, "toolkit").document.methods]


def test_method_pages_name_each_other(public_newer, client):
    assert 'Replaced by <a href="/methods/eef-months-2/">' in text(client, "/methods/eef-months/")
    newer = text(client, "/methods/eef-months-2/")
    assert "Takes the place of" in newer
    assert f'href="/record/{public_newer.succeeds_id}/"' in newer
    assert 'older method, replaced by <a href="/methods/eef-months-2/">' in text(client, "/methods/")


def test_downloads_say_so_too(public_newer, client):
    rows = b"".join(client.get(f"{TOOLKIT}?format=csv").streaming_content).decode()
    line = next(line for line in rows.splitlines() if ",Mentoring," in line)
    assert (
        f"Months' additional progress (2021) (http://testserver/record/{public_newer.succeeds_id}/), which Months' "
        f"additional progress (2027) (http://testserver/record/{public_newer.pk}/) has taken the place of"
    ) in line
    file = pypdf.PdfReader(io.BytesIO(client.get(f"{PAGE}?format=pdf").content))
    words = " ".join(" ".join(page.extract_text() for page in file.pages).split())
    assert "Older method: Months' additional progress (2027) has taken the place of this scale." in words.replace(
        "’", "'"
    )
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in file.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    }
    assert {f"http://testserver/record/{scheme}/" for scheme in (public_newer.pk, public_newer.succeeds_id)} <= links


def test_during_the_change_over_both_show_the_newer_first(public_newer, mentoring, editor, reviewer, client):
    old = mentoring.ratings.get(level__scheme__slug="eef-months")
    # Behind the old one in the centre's order.
    rate(mentoring, public_newer, "5", outcome=old.outcome, aspect=old.aspect, position=old.position + 1)
    republish(mentoring, editor, reviewer)
    shown = client.get(PAGE).context["document"].on("impact")
    assert [rating.scheme.record for rating in shown] == [public_newer.pk, public_newer.succeeds_id]
    page = text(client, PAGE)
    assert page.count("Older method</a>") == 1
    assert page.index(f"/record/{public_newer.pk}/") < page.index("Older method</a>")
    row = PublishedPage.objects.get(pk=mentoring.pk)
    # Lists go by the newer one alone.
    assert [level for level in row.levels if level.startswith("impact:")] == ["impact:5"]
    ranks = {
        rating.scheme.record: rating.rank for rating in published.page_of_record(mentoring.pk).document.on("impact")
    }
    assert ranks[public_newer.pk] != ranks[public_newer.succeeds_id]
    assert row.sort_impact == ranks[public_newer.pk]


def test_ranks_of_two_methods_are_not_sorted_together(public_newer, mentoring, editor, reviewer, client):
    first = published.live_pages(
        index.snapshot_at(published.publication_number()).toolkit("teaching-and-learning").records
    )
    assert max(page.document.on("impact")[0].rank or 0 for page in first.values()) > 3
    mentoring.ratings.filter(level__scheme__slug="eef-months").delete()
    rate(mentoring, public_newer, "1")
    republish(mentoring, editor, reviewer)
    listed = text(client, TOOLKIT)
    assert "What is rated by an older method stands behind what is rated by the newer one." in listed
    rows = listed[listed.index('<ol class="rows">') :]
    assert rows.index(">Mentoring<") < rows.index("Older method")
    # The chart draws the version that most are rated on, and names the others beside it.
    chart = text(client, f"{TOOLKIT}?view=chart")
    beside = chart[chart.index("Not on the chart") :]
    assert beside.count("rated on another version of a scale than most here") == 1
    assert beside.index(">Mentoring<") < beside.index("rated on another version")


def test_withdrawing_the_newer_version_takes_the_mark_away(public_newer, reviewer, client):
    assert "Older method" in text(client, PAGE)
    actions.withdraw(record=public_newer.pk, by=reviewer, reason="Not ready after all.")
    assert "Older method" not in text(client, PAGE)


def test_the_newest_of_three_versions_is_named(public_newer, editor, reviewer, client):
    third = scheme_versions.new_version(scheme=public_newer, version="2030", by=editor)
    republish(third, editor, reviewer)
    assert "progress (2030)" in text(client, PAGE)
    # With the one between withdrawn, the chain still holds.
    actions.withdraw(record=public_newer.pk, by=reviewer, reason="A mistake.")
    assert "progress (2030)" in text(client, PAGE)


# What is to be rated again


def test_queue_holds_what_is_not_yet_rated_on_the_newer_version(
    newer, editor, reviewer, other_centre_editor, mentoring
):
    assert not to_rerate(editor).exists()
    republish(newer, editor, reviewer)
    on_old = Intervention.objects.filter(ratings__level__scheme__slug="eef-months").distinct()
    assert set(to_rerate(editor)) == set(on_old)
    assert not to_rerate(other_centre_editor).exists()
    old = mentoring.ratings.get(level__scheme__slug="eef-months")
    new = rate(mentoring, newer, "3", outcome=Outcome.objects.first())
    # Another outcome: what was rated overall is still to be rated again.
    assert mentoring in to_rerate(editor)
    new.outcome, new.aspect = old.outcome, old.aspect
    new.save()
    assert mentoring not in to_rerate(editor)


def test_a_later_version_counts_too(public_newer, editor, reviewer, mentoring):
    third = scheme_versions.new_version(scheme=public_newer, version="2030", by=editor)
    republish(third, editor, reviewer)
    old = mentoring.ratings.get(level__scheme__slug="eef-months")
    rate(mentoring, third, "3", outcome=old.outcome, aspect=old.aspect)
    assert mentoring not in to_rerate(editor)


def test_the_networks_readings_are_its_own_editors_to_renew(network, network_admin, reviewer):
    scheme = RatingScheme.objects.filter(centre=None, levels__ratings__isnull=False).first()
    newer = scheme_versions.new_version(scheme=scheme, version="next", by=network_admin)
    RatingScheme.objects.filter(pk=newer.pk).update(source_url="https://example.org/our-reading")
    newer.levels.update(meaning="What was found.")
    second = person("second-admin", superuser=True)
    republish(newer, network_admin, second)
    concerned = Intervention.objects.filter(ratings__level__scheme=scheme).first()
    theirs = person("theirs", concerned.centre, Role.Name.EDITOR)
    assert concerned in to_rerate(network_admin)
    assert not to_rerate(theirs).exists()


def test_page_lists_them_with_links_to_their_forms(public_newer, editor, other_centre_editor, client, mentoring):
    client.force_login(editor)
    page = client.get(reverse("editorial:rerating"))
    assert f"{to_rerate(editor).count()} interventions have ratings by an older method" in " ".join(
        page.content.decode().split()
    )
    pages = page.context["interventions"].paginator.num_pages
    everything = "".join(
        client.get(reverse("editorial:rerating"), {"page": n}).content.decode() for n in range(1, pages + 1)
    )
    assert reverse("admin:evidence_intervention_change", args=[mentoring.pk]) in everything
    client.force_login(other_centre_editor)
    other = client.get(reverse("editorial:rerating")).content.decode()
    assert "Nothing is to be rated again" in other
    assert "Mentoring" not in other


def test_queue_costs_the_same_however_many_there_are(public_newer, editor, django_assert_num_queries):
    # Which scales are superseded, and live (2); the person's roles (4); the interventions; their ratings.
    with django_assert_num_queries(8):
        for intervention in with_ratings_to_renew(editor):
            assert [(rating.level.scheme.name, str(rating.outcome)) for rating in intervention.renewals]
            assert str(intervention.centre)
            assert intervention.record.keeper is None


def test_levels_stay_what_ratings_were_given_on(public_newer, mentoring):
    assert mentoring.ratings.get(level__scheme__slug="eef-months").level in RatingLevel.objects.filter(scheme=301)
