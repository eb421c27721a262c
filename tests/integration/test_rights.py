"""Everybody asks for everything: docs/rights.md, found true address by address, in every state a record can be in."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from centres.models import Centre
from evidence.models import Intervention
from tests.clients import EditorsClient
from tests.factories import intervention as new_intervention
from tests.integration.rights_world import MARK, RECORD, address_of, addresses, people, things
from toolkits import actions
from toolkits.models import Change, Decision, Revision
from toolkits.rights import OWN_ACCOUNT, ROLES, as_markdown, rights

RIGHTS = rights()
MAY_READ_DRAFTS = {"editor", "reviewer", "administrator"}
OF_THE_CENTRE = {"editor", "reviewer", "manager"}


class Undone(Exception):
    """Rolls back what a request did, so that the next finds everything as it was."""


def ask(client, address, method):
    """(status, body) of a request, of which nothing stays; a redirect to the sign-in counts as `sign in`."""
    try:
        with transaction.atomic():
            response = getattr(client, method)(address)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            raise Undone
    except Undone:
        pass
    to_sign_in = response.status_code == 302 and response["Location"].startswith(reverse("account_login"))
    return ("sign in" if to_sign_in else response.status_code), body


def clients(cast):
    signed_in = {}
    for role, person in cast.items():
        signed_in[role] = EditorsClient(raise_request_exception=False)
        if person:
            signed_in[role].force_login(person)
    return signed_in


@pytest.fixture
def world(network):
    cast = people()
    return clients(cast), things(cast)


def test_every_address_is_in_the_table():
    assert set(addresses()) == set(RIGHTS)


def wrong(name, role, status, body):
    """What is wrong with how `role` was answered, or nothing."""
    if isinstance(status, int) and status >= 500:
        return "an error of ours"
    if MARK.encode() in body and role not in MAY_READ_DRAFTS:
        return "shows a draft"
    if name in OWN_ACCOUNT:
        return "" if (status == "sign in") == (role == "visitor") or "log" in name else f"answers {status}"
    refused = status in {"sign in", 302, 403, 404} if role == "visitor" else status in {403, 404}
    if "visitor" in RIGHTS[name]:
        return f"answers {status}" if status in {"sign in", 403} else ""
    if (role in RIGHTS[name]) == refused:
        return f"answers {status}"
    told = role == "another centre" and refused and RIGHTS[name] & OF_THE_CENTRE and status != 404
    return f"says that it is there: {status}" if told else ""


@pytest.mark.parametrize("part", ["account", "admin:centres", "admin:evidence", "admin:toolkits", "editorial", ""])
def test_everybody_is_answered_as_the_table_says(world, part):
    signed_in, found = world
    mistakes = []
    others = ("account", "admin:centres", "admin:evidence", "admin:toolkits", "editorial")
    for name, parameters in addresses().items():
        if not name.startswith(part) or (not part and name.startswith(others)):
            continue
        address = address_of(name, parameters, found)
        read = ask(signed_in["administrator"], address, "get")
        method = "post" if read[0] == 405 else "get"
        for role in ROLES:
            # Whoever is kept from reading is kept from writing, also where a page takes both.
            for way in {method, "post"} if role not in RIGHTS[name] else {method}:
                asked = (role, way) == ("administrator", "get")
                status, body = read if asked else ask(signed_in[role], address, way)
                if status != 405 and (mistake := wrong(name, role, status, body)):
                    mistakes.append(f"{name} ({way}), {role}: {mistake}")
    assert mistakes == []


STATES = ("never public", "waiting", "approved", "scheduled", "live", "withdrawn", "removed", "merged", "centre ended")
OF_A_RECORD = (
    *("editorial:draft", "editorial:preview_draft", "editorial:standing", "editorial:submit", "editorial:withdraw"),
    *("admin:evidence_intervention_change", "admin:evidence_intervention_history"),
)


def bring_to(state, cast):
    """Bring a record of the EEF to a state, and return its number."""
    editor, reviewer = cast["editor"], cast["reviewer"]
    intervention = Intervention.objects.get(pk=RECORD)
    if state == "never public":
        return new_intervention(intervention.entry.toolkit, "new", summary=f"{MARK}.").pk
    Intervention.objects.filter(pk=RECORD).update(summary=f"{MARK}.")
    if state in {"waiting", "approved", "scheduled"}:
        revision = actions.submit(document=intervention, by=editor, change=Change.WORDING, note="Clearer")
        if state != "waiting":
            actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
        if state == "scheduled":
            actions.appoint(revision=revision, at=timezone.now() + datetime.timedelta(days=1), by=editor)
    verbs = {"withdrawn": actions.withdraw, "removed": actions.remove, "merged": actions.merge}
    if state in verbs:
        verbs[state](record=RECORD, by=reviewer, reason="Because", **({"into": 1013} if state == "merged" else {}))
    if state == "centre ended":
        Centre.objects.filter(slug="eef").update(closed="2026")
    return RECORD


@pytest.mark.parametrize("state", STATES)
def test_no_state_opens_a_record_to_anybody_else(network, state):
    cast = people()
    signed_in = clients(cast)
    record = bring_to(state, cast)
    places = {name: reverse(name, args=[record]) for name in OF_A_RECORD if name.startswith("admin")}
    places |= {name: reverse(name, args=["intervention", record]) for name in OF_A_RECORD if name not in places}
    revision = Revision.objects.filter(record=record).order_by("-number").first()
    if revision:
        places["editorial:revision"] = reverse("editorial:revision", args=[revision.pk])
    mistakes = []
    for name, address in places.items():
        method = "post" if name in {"editorial:submit", "editorial:withdraw"} else "get"
        may = RIGHTS[name] if state != "centre ended" else {"administrator"}
        # One who may is enough here: a page costs ten times what a refusal costs.
        for role in [role for role in ROLES if role not in may] + sorted(may)[-1:]:
            status, body = ask(signed_in[role], address, method)
            refused = status in {"sign in", 302, 403, 404} if role == "visitor" else status in {403, 404}
            leaks = MARK.encode() in body and role not in MAY_READ_DRAFTS
            if refused == (role in may) or leaks or status == 500:
                mistakes.append(f"{name}, {role}: {status}{' and shows the draft' if leaks else ''}")
    assert mistakes == []


def test_document_is_the_table():
    written = Path(settings.BASE_DIR, "docs", "rights.md").read_text()
    assert written == as_markdown(), "run: python manage.py rights > docs/rights.md"
