"""Following by mail: asking for it, confirming it, seeing and changing what one follows, stopping.

Nothing here reads or writes who follows what: what a visitor sends is left for the runner, and what a follower sees
of their own comes by the key in their mail. Whoever asks is told the same, whether or not an address follows.
"""

from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toolkits import inbox
from toolkits.following import kept, links
from toolkits.public import subjects
from toolkits.public.forms import form_page, network_address, problem_with, token_for
from toolkits.public.saved_searches import LONGEST
from toolkits.public.throttle import Throttle

HOUR = 3600
LARGEST_LIST = 5_000  # records: which of them were found is remembered for each follower
asking, changing = Throttle(most=10, seconds=HOUR), Throttle(most=60, seconds=HOUR)
asked = Throttle(most=5, seconds=HOUR)  # by address: of more nothing is said, and nothing is sent


def often_choices():
    """How often somebody can be told."""
    return [("weekly", _("Once a week, on Monday morning")), ("daily", _("Once a day, in the morning"))]


class AskForm(forms.Form):
    """Who wants to be told, and how often."""

    address = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address in full, like name@example.org."),
            "max_length": gettext_lazy("An e-mail address has at most 254 characters."),
        },
    )
    often = forms.ChoiceField(
        choices=often_choices,
        error_messages={
            "required": gettext_lazy("Choose how often you want mail."),
            "invalid_choice": gettext_lazy("Choose how often you want mail."),
        },
    )


class ChangeForm(forms.Form):
    """What is to become of one thing that somebody follows."""

    follow = forms.IntegerField(min_value=1)
    often = forms.ChoiceField(choices=lambda: [*often_choices(), ("never", "")])


def _asked_for(data):
    """The Subject that an address asks to follow; raises Http404 where there is none."""
    record, search = data.get("record", ""), data.get("search", "")
    if record:
        number = int(record) if record.isascii() and record.isdigit() and len(record) <= 10 else None
        found = None if number is None else subjects.of_record(number)
    else:
        found = subjects.of_search(search[: LONGEST + 1]) if search else subjects.network()
    if found is None:
        raise Http404("nothing to follow")
    return found


def _too_large(subject):
    return subject.search_now is not None and len(subject.search_now.records) > LARGEST_LIST


def _errors(form):
    """[(id of the field or empty, message)] for the summary."""
    return [
        ("often-weekly" if name == "often" else name, error) for name, found in form.errors.items() for error in found
    ]


def _leave(kind, payload, *, sender=""):
    """Leave something for the runner; returns why that could not be, or nothing."""
    try:
        inbox.leave(kind, payload, sender=sender)
    except inbox.InboxFull:
        return _("So much has come in that nothing more is taken just now. Please try again in an hour.")
    return ""


def _ask_page(request, subject, form, problems, status):
    context = {
        "subject": subject,
        "form": form,
        "choices": often_choices(),
        "chosen": form.data.get("often", "weekly") if form.is_bound else "weekly",
        "errors": problems,
        "token": token_for("follow"),
        "too_large": LARGEST_LIST if _too_large(subject) else 0,
    }
    return render(request, "public/follow.html", context, status=status)


@form_page
def follow(request):
    subject = _asked_for(request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return _ask_page(request, subject, AskForm(), [], 200)
    form = AskForm(request.POST)
    problem = problem_with(request, "follow")
    problems = [("", problem)] * bool(problem) + _errors(form)
    if problems or _too_large(subject):
        return _ask_page(request, subject, form, problems, 400)
    sender = inbox.digest_of(network_address(request))
    if not asking.lets_through(sender):
        said = _("More was asked for from where you are than one person asks in an hour. Please try again later.")
        return _ask_page(request, subject, form, [("", said)], 429)
    payload = {**form.cleaned_data, "record": subject.record, "search": subject.search, "language": get_language()}
    wanted = asked.lets_through(payload["address"].lower())
    problem = _leave(inbox.Kind.FOLLOW, payload, sender=sender) if wanted else ""
    if problem:
        return _ask_page(request, subject, form, [("", problem)], 503)
    return HttpResponseRedirect(reverse("public:follow_sent"))


@form_page
def follow_sent(request):
    return render(request, "public/follow_sent.html")


def _key_in(token):
    key = links.key_in(token)
    if key is None:
        raise Http404("no key of ours")
    return key


def _entries(rows):
    """What somebody follows, each with its Subject (None where it is not there any more)."""
    return [{"kept": row, "subject": subjects.subject(row.record, row.search)} for row in rows]


def _followed_page(request, token, rows, problem="", status=200):
    context = {
        "entries": _entries(rows),
        "address": rows[0].address if rows else "",
        "choices": [*often_choices(), ("never", _("Not any more"))],
        "token": token_for("followed"),
        "stop_url": reverse("public:follow_stop", args=[token]),
        "errors": [("", problem)] if problem else [],
        "done": request.GET.get("done", ""),
    }
    return render(request, "public/followed.html", context, status=status)


@form_page
def followed(request, token):
    """What somebody follows, by the key in their mail."""
    key = _key_in(token)
    rows = kept.followed_by(key)
    if request.method != "POST":
        return _followed_page(request, token, rows)
    form = ChangeForm(request.POST)
    problem = problem_with(request, "followed")
    if not problem and not (form.is_valid() and form.cleaned_data["follow"] in {row.id for row in rows}):
        problem = _("What was sent cannot be read. Please choose again.")
    if problem:
        return _followed_page(request, token, rows, problem, 400)
    if not changing.lets_through(str(key)):
        return _followed_page(request, token, rows, _("That was very often. Please try again in an hour."), 429)
    problem = _leave(inbox.Kind.CHANGE, {"key": key.hex, **form.cleaned_data, "language": get_language()})
    if problem:
        return _followed_page(request, token, rows, problem, 503)
    return HttpResponseRedirect(f"{request.path}?{urlencode({'done': 'changed'})}")


@form_page
def follow_confirm(request, token, number):
    """Confirms one thing; by a button, because programs that look at mail open every link in it."""
    key = _key_in(token)
    row = next((row for row in kept.followed_by(key) if row.id == number), None)
    context = {
        "kept": row,
        "subject": subjects.subject(row.record, row.search) if row else None,
        "all_url": reverse("public:followed", args=[token]),
        "token": token_for("confirm"),
        "errors": [],
    }
    if request.method != "POST":
        return render(request, "public/follow_confirm.html", context)
    problem = problem_with(request, "confirm")
    if not problem and not changing.lets_through(str(key)):
        problem = _("That was very often. Please try again in an hour.")
    problem = problem or _leave(inbox.Kind.CONFIRM, {"key": key.hex, "follow": number})
    if problem:
        return render(request, "public/follow_confirm.html", {**context, "errors": [("", problem)]}, status=400)
    return HttpResponseRedirect(f"{context['all_url']}?{urlencode({'done': 'confirmed'})}")


@form_page
def follow_stop(request, token):
    """Stops all mail: by a button, or by a mail program's one click (RFC 8058), which brings nothing but the key."""
    key = _key_in(token)
    problem = ""
    if request.method == "POST" and changing.lets_through(str(key)):
        problem = _leave(inbox.Kind.STOP, {"key": key.hex})
    context = {"done": request.method == "POST" and not problem, "errors": [("", problem)] if problem else []}
    return render(request, "public/follow_stop.html", context, status=503 if problem else 200)
