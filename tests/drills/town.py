"""Something on every editorial page: run in the portal that is looked at, by `manage.py shell`, and told as JSON."""

import json

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from centres.models import Centre, Person, Role
from centres.people import invite
from centres.records import mark_changed
from evidence.models import Intervention
from tests.factories import person
from tests.factories.syntheses import synthesis
from tests.integration.rights_world import address_of, addresses, things
from toolkits import actions
from toolkits.models import Change, Decision, PublishedPage

# Templates that no address of a whole portal answers with: what went wrong, what is busy, the copy of a closed one.
BY_THEMSELVES = {
    "400.html": {},
    "403_csrf.html": {},
    "500.html": {},
    "503.html": {},
    "account/mail_failed.html": {},
    "frozen.html": {"day": timezone.localdate(), "site": "https://evidence.example.org"},
    "public/data_busy.html": {},
}


def _edited(*records):
    """These interventions of the EEF with a longer summary, as a working copy."""
    interventions = list(Intervention.objects.filter(pk__in=records))
    for intervention in interventions:
        intervention.summary += " Said in more words."
        intervention.save()
    return interventions


def _under_way(cast):
    """{what: address} of submissions in the states that forms depend on, and of a rating with its own synthesis."""
    about = {"by": cast["editor"], "change": Change.WORDING, "note": "Clearer"}
    waiting, approved = (actions.submit(document=document, **about) for document in _edited(1012, 1014))
    actions.decide(revision=approved, by=cast["reviewer"], verdict=Decision.Verdict.APPROVED)
    together = [
        actions.submit_together(documents=_edited(*records), title="A few pages", **about)
        for records in ((1015, 1016), (1017, 1018))
    ]
    actions.decide_together(change_set=together[1], by=cast["reviewer"], verdict=Decision.Verdict.APPROVED)
    (rated,) = _edited(1013)
    mark_changed(rated.pk, by=cast["editor"])
    synthesis("mentoring-and-reading", interventions=[rated], centre=rated.centre, title="Mentoring and reading")
    rating = rated.ratings.get(level__scheme__slug="eef-months")
    return {
        "a waiting revision": reverse("editorial:revision", args=[waiting.pk]),
        "an approved revision": reverse("editorial:revision", args=[approved.pk]),
        "a waiting change set": reverse("editorial:change_set", args=[together[0].pk]),
        "an approved change set": reverse("editorial:change_set", args=[together[1].pk]),
        "an edited draft": reverse("editorial:draft", args=["intervention", rated.pk]),
        "rate from a synthesis": reverse("editorial:rate", args=[rated.pk, rating.pk]),
    }


@transaction.atomic
def build():
    """Make it, as the demonstration's people, and print `{"at": {name: address}, "html": {template: page}}`."""
    cast = {name: Person.objects.get(username=name) for name in ("editor", "reviewer")}
    cast["administrator"] = Person.objects.get(username="admin")
    found = things(cast)
    at = {}
    for name, parameters in addresses().items():
        at[name] = address_of(name, parameters, found)
    eef, newcomer = Centre.objects.get(slug="eef"), Person.objects.get(username="police-editor")
    for name, mail in {
        "invitation of a stranger": "joan@example.org",
        "invitation of a member": newcomer.email,
    }.items():
        _invitation, secret = invite(email=mail, centre=eef, name=Role.Name.REVIEWER, by=cast["administrator"])
        at[name] = reverse("accounts:invitation", args=[secret])
    key = f"{user_pk_to_url_str(newcomer)}-{default_token_generator.make_token(newcomer)}"
    at["new password"] = f"/accounts/password/reset/key/{key}/"
    removed = PublishedPage.objects.filter(kind="report", state=PublishedPage.State.LIVE).last()
    actions.remove(record=removed.record, by=cast["administrator"], reason="It named a child.")
    at["removed report"] = removed.path
    at |= _under_way(cast)
    report = PublishedPage.objects.filter(kind="report", state=PublishedPage.State.LIVE).first()
    at["preview of a report"] = reverse("editorial:preview_draft", args=["report", report.record])
    person("without-a-factor", eef, Role.Name.EDITOR)
    html = {name: render_to_string(name, context) for name, context in BY_THEMSELVES.items()}
    print(json.dumps({"at": at, "html": html}))
