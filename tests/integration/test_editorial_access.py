"""Who gets what from every admin and editorial address: roles × pages, as a table."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.html import conditional_escape

from evidence.models import RatingScheme
from toolkits import actions
from toolkits.models import Revision
from toolkits.models.publishing import Change

OWN, FOREIGN = 1011, 1050  # mentoring of the EEF, and mentoring of the Youth Endowment Fund

PAGES = {
    "admin index": lambda: reverse("admin:index"),
    "queue": lambda: reverse("editorial:queue"),
    "own form": lambda: reverse("admin:evidence_intervention_change", args=[OWN]),
    "own history": lambda: reverse("admin:evidence_intervention_history", args=[OWN]),
    "own draft": lambda: reverse("editorial:draft", args=["intervention", OWN]),
    "own preview": lambda: reverse("editorial:preview_draft", args=["intervention", OWN]),
    "own revision": lambda: revision_address("revision", OWN),
    "own revision preview": lambda: revision_address("preview_revision", OWN),
    "foreign form": lambda: reverse("admin:evidence_intervention_change", args=[FOREIGN]),
    "foreign history": lambda: reverse("admin:evidence_intervention_history", args=[FOREIGN]),
    "foreign draft": lambda: reverse("editorial:draft", args=["intervention", FOREIGN]),
    "foreign preview": lambda: reverse("editorial:preview_draft", args=["intervention", FOREIGN]),
    "foreign revision": lambda: revision_address("revision", FOREIGN),
    "foreign revision preview": lambda: revision_address("preview_revision", FOREIGN),
    "network's list": lambda: reverse("editorial:draft", args=["vocabulary", 1]),
    "people": lambda: reverse("admin:centres_person_changelist"),
    "no such kind": lambda: reverse("editorial:draft", args=["banana", OWN]),
}

#                          visitor editor reviewer other admin
ANSWERS = {
    "admin index": (302, 200, 200, 200, 200),
    "queue": (302, 200, 200, 200, 200),
    "own form": (302, 200, 200, 404, 200),
    "own history": (302, 200, 200, 404, 200),
    "own draft": (302, 200, 200, 404, 200),
    "own preview": (302, 200, 200, 404, 200),
    "own revision": (302, 200, 200, 404, 200),
    "own revision preview": (302, 200, 200, 404, 200),
    "foreign form": (302, 404, 404, 200, 200),
    "foreign history": (302, 404, 404, 200, 200),
    "foreign draft": (302, 404, 404, 200, 200),
    "foreign preview": (302, 404, 404, 200, 200),
    "foreign revision": (302, 404, 404, 200, 200),
    "foreign revision preview": (302, 404, 404, 200, 200),
    "network's list": (302, 404, 404, 404, 200),
    "people": (302, 403, 403, 403, 200),
    "no such kind": (302, 404, 404, 404, 404),
}
ROLES = ("visitor", "editor", "reviewer", "other_centre_editor", "network_admin")


def revision_address(name, record):
    return reverse(f"editorial:{name}", args=[Revision.objects.filter(record=record).first().pk])


@pytest.fixture
def sign_in(request, client, network):
    def as_role(role):
        if role != "visitor":
            client.force_login(request.getfixturevalue(role))
        return client

    return as_role


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_what(sign_in, role):
    client = sign_in(role)
    column = ROLES.index(role)
    found = {name: client.get(address()).status_code for name, address in PAGES.items()}
    assert found == {name: answers[column] for name, answers in ANSWERS.items()}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ["submit", "decide", "publish"])
def test_who_may_do_what_to_another_centres_work(sign_in, role, action, yef, network_admin, request):
    """Only the owning centre's people (and administrators) get past the gate, whatever they post."""
    client = sign_in(role)
    address = (
        reverse("editorial:submit", args=["intervention", FOREIGN])
        if action == "submit"
        else revision_address(action, FOREIGN)
    )
    before = Revision.objects.count()
    status = client.post(address, {"change": "wording", "note": "x", "verdict": "approved"}).status_code
    expected = {"visitor": {302}, "editor": {404}, "reviewer": {404}}.get(role, {302, 422})
    assert status in expected
    assert Revision.objects.count() == before


@pytest.mark.parametrize("name", ["submit", "decide", "publish"])
def test_actions_take_no_get(sign_in, name):
    client = sign_in("network_admin")
    address = (
        reverse("editorial:submit", args=["intervention", OWN]) if name == "submit" else revision_address(name, OWN)
    )
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("name", ["own draft", "own preview", "own revision", "own revision preview", "queue"])
def test_drafts_are_stored_and_indexed_nowhere(sign_in, name):
    response = sign_in("editor").get(PAGES[name]())
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "model", [m for m in admin.site._registry if m._meta.app_label in {"centres", "evidence", "toolkits"}]
)
def test_every_list_and_form_of_the_admin_opens(sign_in, model):
    client = sign_in("network_admin")
    options = admin.site._registry[model]
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    first = options.get_queryset(client.get(reverse("admin:index")).wsgi_request).first()
    if first is not None:
        assert client.get(reverse(f"{name}_change", args=[first.pk])).status_code == 200
    request = client.get(reverse(f"{name}_changelist")).wsgi_request
    if options.has_add_permission(request):
        assert client.get(reverse(f"{name}_add")).status_code == 200


def test_the_whole_way_by_hand(client, mentoring, editor, reviewer):
    client.force_login(editor)
    mentoring.summary = "A pupil meets an older peer every week."
    mentoring.save()
    draft = reverse("editorial:draft", args=["intervention", OWN])
    assert "A pupil meets an older peer every week." in client.get(draft).content.decode()

    nothing_said = client.post(reverse("editorial:submit", args=["intervention", OWN]), {"change": "wording"})
    assert nothing_said.status_code == 422

    submitted = client.post(
        reverse("editorial:submit", args=["intervention", OWN]), {"change": "wording", "note": "Shorter"}
    )
    revision = Revision.objects.get(record=OWN, number=2)
    assert submitted["Location"] == reverse("editorial:revision", args=[revision.pk])

    own = client.post(reverse("editorial:decide", args=[revision.pk]), {"verdict": "approved"})
    assert own.status_code == 403

    client.force_login(reviewer)
    no_reason = client.post(reverse("editorial:decide", args=[revision.pk]), {"verdict": "returned"})
    assert no_reason.status_code == 422
    client.post(reverse("editorial:decide", args=[revision.pk]), {"verdict": "approved"})
    client.post(reverse("editorial:publish", args=[revision.pk]))

    client.logout()
    page = client.get("/toolkits/teaching-and-learning/mentoring/")
    assert "A pupil meets an older peer every week." in page.content.decode()


def test_centre_editor_cannot_give_the_networks_reading(client, editor, mentoring):
    client.force_login(editor)
    levels = client.get(reverse("admin:evidence_intervention_change", args=[OWN])).content.decode()
    assert 'label="Impact: Months&#x27; additional progress, 2021"' in levels
    for slug in ("network-reading", "yef-impact"):
        assert conditional_escape(RatingScheme.objects.get(slug=slug).name) not in levels


def test_submission_says_why_it_is_refused(client, editor, mentoring):
    client.force_login(editor)
    response = client.post(
        reverse("editorial:submit", args=["intervention", OWN]), {"change": Change.WORDING, "note": "Nothing at all"}
    )
    assert response.status_code == 422
    assert "Nothing has changed" in response.content.decode()
    assert "Nothing at all" in response.content.decode()


def test_loader_account_cannot_sign_in(client, network):
    loader = actions.loader_account()
    client.force_login(loader)
    assert client.get(reverse("admin:index")).status_code == 302


@pytest.mark.parametrize(
    ("kind", "record"),
    [("intervention", 1011), ("toolkit", 201), ("centre", 102), ("report", 5001), ("family", 401), ("method", 301)]
    + [("vocabulary", number) for number in (1, 2, 3, 4)],
)
def test_every_kind_has_a_preview(sign_in, kind, record):
    response = sign_in("network_admin").get(reverse("editorial:preview_draft", args=[kind, record]))
    assert response.status_code == 200
    assert "Preview" in response.content.decode()
