"""Rating from a synthesis: who may, what is kept, what holds a submission up, and what readers are shown."""

import io

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from centres.models import AuditEntry
from evidence.models import Estimate, RatingBasis, RatingScheme
from tests.admin_forms import form_of
from tests.answers import ask
from tests.factories.publishing import republish
from tests.factories.syntheses import synthesis
from toolkits import actions, ledger, policies, scheme_versions, snapshots
from toolkits.models import Change

PAGE = "/toolkits/teaching-and-learning/mentoring/"
WHY = "Five studies, much alike."


@pytest.fixture
def made(mentoring, eef):
    """The EEF's own synthesis on the page of mentoring: 0.32, so 4 months by its table."""
    return synthesis("mentoring-and-reading", interventions=[mentoring], centre=eef, title="Mentoring and reading")


@pytest.fixture
def rating(mentoring):
    """The rating of mentoring in months."""
    return mentoring.ratings.get(level__scheme__slug="eef-months")


@pytest.fixture
def padlocks(mentoring):
    """Its rating on a scale without a published rule."""
    return mentoring.ratings.get(level__scheme__slug="eef-padlocks")


@pytest.fixture
def complete(mentoring):
    """What else a page needs before an editor may submit it."""
    mentoring.authors, mentoring.interests, mentoring.last_searched = "A body", "None declared", "2024-01-01"
    mentoring.save()
    mentoring.ratings.filter(reason="").update(reason="Because of the trials.")
    mentoring.unrated_outcomes.set([])
    return mentoring


def address(rating):
    return reverse("editorial:rate", args=[rating.intervention_id, rating.pk])


def seen(rating, made):
    numbers = ledger.numbers_now(made)
    return ledger.fingerprint(numbers, ledger.propose(rating.level.scheme, numbers))


def rate(rating, made, by, key="4", **said):
    return actions.rate_from_synthesis(
        rating=rating,
        synthesis=made,
        level=rating.level.scheme.levels.get(key=key),
        by=by,
        seen=seen(rating, made),
        **({"reason": WHY} | said),
    )


def move(made, effect=0.9):
    """Change a study of the synthesis, so that it comes to something else."""
    Estimate.objects.filter(inclusions__synthesis=made, effect=0.1).update(effect=effect)


def lacks(document, code):
    document = snapshots.reload(document)
    found = snapshots.build(document)
    live = policies.live(document.pk, document.KIND)
    before = policies.payloads.load(document.KIND, live.schema, live.payload) if live else None
    facts = policies.own_links.facts(found, before)
    return [one.text for one in policies.readiness.unmet(found, before, facts) if one.code == code]


# Who may


def test_the_page_is_its_centres_editors_own(client, made, rating, other_centre_editor, editor):
    client.force_login(other_centre_editor)
    assert client.get(address(rating)).status_code == 404
    client.force_login(editor)
    assert client.get(address(rating)).status_code == 200
    assert client.get(reverse("editorial:rate", args=[rating.intervention_id, 10**9])).status_code == 404


def test_nobody_else_rates_from_it(made, rating, other_centre_editor):
    with pytest.raises(PermissionDenied):
        rate(rating, made, other_centre_editor)


def test_only_the_centres_own_synthesis_on_this_page(client, rating, mentoring, yef, editor):
    illustrative = synthesis("shown", interventions=[mentoring], illustrative=True)
    elsewhere = synthesis("elsewhere", centre=mentoring.centre)
    others = synthesis("others", interventions=[mentoring], centre=yef)
    client.force_login(editor)
    assert "No synthesis of" in client.get(address(rating)).content.decode()
    for one in (illustrative, elsewhere, others):
        assert client.get(address(rating), {"synthesis": one.pk}).status_code == 404
        with pytest.raises(policies.WrongState, match="own synthesis"):
            rate(rating, one, editor)


# What is decided


def test_accepting_gives_the_rules_level_with_its_number_and_range(client, made, rating, editor):
    client.force_login(editor)
    html = client.get(address(rating)).content.decode()
    assert "The rule gives: Moderate impact: 4" in html
    assert "from 0.27 and below 0.36" in html
    assert "April 2026" in html
    sent = {"synthesis": made.pk, "seen": seen(rating, made), "decision": "accept", "reason": WHY}
    assert client.post(address(rating), sent).status_code == 302
    rating.refresh_from_db()
    assert (rating.level.key, rating.value, rating.range_low, rating.range_high, rating.reason) == (
        "4",
        "4",
        "1",
        "7",
        WHY,
    )
    basis = rating.basis
    assert (basis.proposed.key, basis.chosen.key, basis.override_reason, basis.by) == ("4", "4", "", editor)
    assert basis.steps[-1] == {"what": "Starting level", "number": "0.32", "did": basis.steps[-1]["did"]}
    assert basis.numbers["studies"] == "5"
    assert AuditEntry.objects.filter(kind="evidence_ratingbasis", person=editor, record=rating.intervention_id).exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"decision": "override", "level": "3"}, "override_reason"),
        ({"decision": "override", "level": "4", "override_reason": "Small"}, "level"),
        ({"decision": "override", "override_reason": "Small"}, "level"),
        ({"level": "3", "override_reason": "Small"}, "decision"),
        ({"decision": "accept", "reason": " "}, "reason"),
    ],
)
def test_a_decision_that_is_none_is_refused_beside_its_field(client, made, rating, editor, said, field):
    client.force_login(editor)
    sent = {"synthesis": made.pk, "seen": seen(rating, made), "reason": WHY} | said
    answer = client.post(address(rating), sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not RatingBasis.objects.exists()


def test_an_override_keeps_the_proposal_beside_it(client, made, rating, editor):
    client.force_login(editor)
    sent = {"synthesis": made.pk, "seen": seen(rating, made), "decision": "override", "level": "2"}
    sent |= {"override_reason": "All five were small.", "reason": WHY}
    assert client.post(address(rating), sent).status_code == 302
    basis = RatingBasis.objects.get(rating=rating)
    assert (basis.proposed.key, basis.chosen.key, basis.override_reason) == ("4", "2", "All five were small.")
    assert basis.rating.value == "2"
    assert lacks(rating.intervention, "ledger") == []
    assert "All five were small." in client.get(address(rating)).content.decode()


def test_the_action_asks_for_the_reason_too(made, rating, editor):
    with pytest.raises(policies.Incomplete, match="published rule"):
        rate(rating, made, editor, "2")


def test_a_scale_without_a_rule_says_so_and_takes_any_level(client, made, padlocks, editor):
    client.force_login(editor)
    html = client.get(address(padlocks)).content.decode()
    assert "There is no published rule for this scale" in html
    assert "override_reason" not in html
    sent = {"synthesis": made.pk, "seen": seen(padlocks, made), "level": "2", "reason": WHY}
    assert client.post(address(padlocks), sent).status_code == 302
    basis = RatingBasis.objects.get(rating=padlocks)
    assert (basis.proposed, basis.steps, basis.rating.level.key) == (None, [], "2")
    assert lacks(padlocks.intervention, "ledger") == []


def test_what_changed_after_the_page_was_opened_is_looked_at_again(client, made, rating, editor):
    client.force_login(editor)
    sent = {"synthesis": made.pk, "seen": seen(rating, made), "decision": "accept", "reason": WHY}
    move(made)
    answer = client.post(address(rating), sent)
    assert answer.status_code == 422
    assert "has changed since you opened this page" in answer.content.decode()


def test_a_second_rating_at_the_level_is_not_made(made, rating, mentoring, editor):
    mentoring.ratings.create(level=rating.level.scheme.levels.get(key="4"), outcome=rating.outcome)
    with pytest.raises(policies.WrongState, match="another rating at this level"):
        rate(rating, made, editor)


def test_a_rating_may_rest_on_none_again(client, made, rating, editor):
    rate(rating, made, editor)
    client.force_login(editor)
    without = reverse("editorial:rate_without", args=[rating.intervention_id, rating.pk])
    assert client.post(without).status_code == 302
    assert not RatingBasis.objects.exists()
    assert "rests on no synthesis" in client.post(without, follow=True).content.decode()


# What holds a submission up


def test_a_level_or_number_that_is_not_the_rules_holds_up(complete, made, rating, editor):
    rate(rating, made, editor)
    assert lacks(complete, "ledger") == []
    rating.refresh_from_db()
    rating.value = "6"
    rating.save()
    assert "shows 6 (1 to 7), and the published rule gives 4 (1 to 7)" in lacks(complete, "ledger")[0]
    rating.level, rating.value = rating.level.scheme.levels.get(key="6"), "4"
    rating.save()
    assert "not the one chosen" in lacks(complete, "ledger")[0]
    # Another scale may have a level of the same name.
    rating.level = RatingScheme.objects.get(slug="eef-cost").levels.get(key="4")
    rating.save()
    assert "not the one chosen" in lacks(complete, "ledger")[0]
    with pytest.raises(policies.Incomplete, match="not the one chosen"):
        actions.submit(document=complete, by=editor, change=Change.WORDING, note="More studies")


def test_a_synthesis_that_moved_is_told_of_with_both_results(client, complete, made, rating, editor):
    rate(rating, made, editor)
    assert lacks(complete, "moved") == []
    move(made)
    (text,) = lacks(complete, "moved")
    assert "0.32 (" in text
    assert "0.48 (" in text
    client.force_login(editor)
    html = " ".join(client.get(address(rating)).content.decode().split())
    assert "The synthesis has moved since" in html
    assert "<td>0.32 (standard deviations)</td><td>0.48 (standard deviations)</td><td><strong>yes</strong></td>" in html
    listed = client.get(reverse("editorial:missing", args=["intervention", complete.pk]))
    assert f'href="{address(rating)}"' in listed.content.decode()


def test_what_the_public_version_rests_on_too_holds_nothing_up(complete, made, rating, editor, reviewer):
    rate(rating, made, editor)
    republish(complete, editor, reviewer)
    move(made)
    assert lacks(complete, "moved") == []


def test_the_form_of_the_intervention_leads_here(client, made, rating, editor):
    client.force_login(editor)
    form = reverse("admin:evidence_intervention_change", args=[rating.intervention_id])
    assert f'href="{address(rating)}">Rate from a synthesis' in client.get(form).content.decode()
    rate(rating, made, editor)
    assert "Rests on “Mentoring and reading”" in client.get(form).content.decode()


# What readers are shown


def text(client, path):
    return " ".join(ask(client, path).body.decode().split())


def words_of_pdf(client):
    pages = pypdf.PdfReader(io.BytesIO(ask(client, f"{PAGE}?format=pdf").body)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_readers_see_the_ledger_on_the_page_and_in_the_pdf(client, complete, made, rating, editor, reviewer):
    republish(made, editor, reviewer)
    rate(rating, made, editor, "3", override_reason="All five were small.")
    assert RatingBasis.objects.get().version == 1
    republish(complete, editor, reviewer)
    html, pdf = text(client, PAGE), words_of_pdf(client)
    assert f'<a href="/record/{made.pk}/v1/">Mentoring and reading</a>, version 1.' in html
    assert "Average effect 0.32 (standard deviations); 95 % range 0.08 to 0.56; 5 studies; 500 people." in html
    assert "The rule gives: <b>Moderate impact: 4</b>. The editor chose another level." in html
    for shown in (html, pdf):
        assert "Mentoring and reading" in shown
        assert "from 0.27 and below 0.36" in shown
        assert "The rule is of: April 2026." in shown
        assert "The reason: All five were small." in shown


def test_a_level_without_a_rule_is_said_to_be_the_editors(client, complete, made, padlocks, editor, reviewer):
    rate(padlocks, made, editor, "3")
    republish(complete, editor, reviewer)
    for shown in (text(client, PAGE), words_of_pdf(client)):
        assert "Mentoring and reading (from a draft of it)" in shown
        assert "There is no published rule for this scale: the level was chosen by the editor." in shown


def test_the_method_page_lists_the_rule_or_says_that_there_is_none(client, network):
    html = text(client, "/methods/eef-months/")
    assert '<td>Effect size</td> <td>0.27</td> <td>0.36</td> <th scope="row">Moderate impact: 4</th>' in html
    assert "no lower end" in html
    assert "April 2026" in html
    assert "No published rule is recorded here" in text(client, "/methods/eef-padlocks/")


def test_rules_stay_on_the_page_of_their_scale(network):
    toolkit = snapshots.MODELS["toolkit"].objects.get(slug="teaching-and-learning")
    assert not any(method.rules for method in snapshots.build(snapshots.reload(toolkit)).methods)
    months = RatingScheme.objects.get(slug="eef-months")
    assert len(snapshots.build(snapshots.reload(months)).rules) == 14


def test_the_missing_list_of_a_rating_without_a_basis_is_quiet(mentoring, rating):
    assert lacks(mentoring, "ledger") == lacks(mentoring, "moved") == []


def test_a_new_version_of_a_scale_begins_with_the_same_rules(network, editor):
    months = RatingScheme.objects.get(slug="eef-months")
    newer = scheme_versions.new_version(scheme=months, version="2027", by=editor)
    rows = ("level__key", "quantity", "from_value", "below", "edition", "source")
    assert list(newer.rules.values_list(*rows)) == list(months.rules.values_list(*rows))
    assert {rule.level.scheme_id for rule in newer.rules.select_related("level")} == {newer.pk}
    assert months.rules.count() == 14


def test_rules_are_rows_of_their_scales_form(client, network, editor):
    client.force_login(editor)
    address = reverse("admin:evidence_ratingscheme_change", args=[RatingScheme.objects.get(slug="eef-months").pk])
    sent = form_of(client.get(address), "ratingscheme_form")
    assert sent["rules-4-from_value"] == "0.19"
    assert "ends before it starts" in client.post(address, sent | {"rules-4-below": "0.10"}).content.decode()
    assert client.post(address, sent | {"rules-4-below": "0.28"}).status_code == 302
    assert RatingScheme.objects.get(slug="eef-months").rules.get(level__key="3").below == "0.28"
