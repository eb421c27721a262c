"""Ratings keep the version of the scale they were given on, are marked, and wait to be given again."""

import datetime
import io

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from centres.models import Role
from evidence.models import Intervention, Outcome, RatingLevel, RatingScheme
from tests.factories import person
from tests.factories.publishing import republish
from tests.integration.scheme_versions.on_scales import PAGE, TOOLKIT, rate, text
from toolkits import actions, policies, published, scheme_versions
from toolkits.admin import choices
from toolkits.editorial.rerating import to_rerate, with_ratings_to_renew
from toolkits.models import Appointment, Change, Decision, PublishedPage, PublishedVersion, Toolkit
from toolkits.public import index


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
