"""Who is signed in where: every session of the editorial side is a row that its owner, or who answers for them, can end.

The row is what counts: a session without one is none. Times are kept here and not in the cookie, so that a stolen
cookie ends when its owner's session does.
"""

import time
from datetime import timedelta
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres import audit, people_rights

BEGAN = "began"
SECOND_FACTOR = "second_factor"
# How exactly "last seen" is known; a write for every page would cost more than it tells.
SEEN_EVERY = 60


def begin(session):
    """Note when somebody signed in: activity prolongs a session's idle time, and never this."""
    session[BEGAN] = time.time()


def age(session):
    """For how many seconds somebody has been signed in."""
    return time.time() - session.get(BEGAN, 0)


def pass_second_factor(session, person):
    """Note that `person` has shown a second factor in this session."""
    session[SECOND_FACTOR] = person.pk


def renew(session):
    """Give a session another key, as whoever it belongs to has shown again who they are: a cookie from before ends."""
    before = session.session_key
    session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=session.session_key)


def has_passed_second_factor(request):
    """Whether the person signed in has shown a second factor in this session."""
    return request.session.get(SECOND_FACTOR) == request.user.pk


class Ends(NamedTuple):
    """When a session ends if nothing happens any more, and when whatever happens; and the time now. Unix time, in seconds."""

    idle: int
    whole: int
    now: int


def ends(session, last_seen):
    """When a session ends that was last seen at `last_seen`, a datetime."""
    whole = session.get(BEGAN, 0) + settings.SESSION_COOKIE_AGE
    return Ends(int(last_seen.timestamp()) + settings.SESSION_IDLE_SECONDS, int(whole), int(time.time()))


def why_over(request):
    """Why the session of `request` is over, in a sentence; empty while it goes on, which is noted, also on `request`."""
    row = UserSession.objects.filter(session_key=request.session.session_key, user=request.user).first()
    if row is None:
        return _("Your session was ended. Sign in again.")
    now = timezone.now()
    idle = (now - row.last_seen_at).total_seconds()
    if idle > settings.SESSION_IDLE_SECONDS:
        return _("You were signed out because nothing happened for a while. Sign in again.")
    if age(request.session) > settings.SESSION_COOKIE_AGE:
        return _("You were signed out because your session had lasted as long as one may. Sign in again.")
    if idle > min(SEEN_EVERY, settings.SESSION_IDLE_SECONDS / 10):
        UserSession.objects.filter(pk=row.pk).update(last_seen_at=now)
        row.last_seen_at = now
    request.session_ends = ends(request.session, row.last_seen_at)
    return ""


def stay(request):
    """Begin the idle time of a session that goes on anew, exactly; what it may last in all stays. When it ends now."""
    now = timezone.now()
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)
    return ends(request.session, now)


def drop(request, why):
    """End the session of `request` itself, which is over; it is entered, but not as signing out."""
    person, key = request.user, request.session.session_key
    UserSession.objects.filter(session_key=key).delete()
    request.session.flush()
    request.user = AnonymousUser()
    _enter(None, person, why)


def in_words(user_agent):
    """A browser as its owner would name it, from how it names itself."""
    browsers = ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")
    systems = ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")
    systems += ("Mac OS X", "Mac"), ("Linux", "Linux")
    named = [next((name for mark, name in marks if mark in user_agent), "") for marks in (browsers, systems)]
    return " · ".join(filter(None, named)) or user_agent or _("a browser that does not say which")


def listed(person):
    """The sessions of `person` with their browsers in words, newest first."""
    sessions = list(of(person))
    for session in sessions:
        session.browser = in_words(session.user_agent)
    return sessions


def of(person):
    """Where `person` is signed in, newest first. Sessions that are over are not among them."""
    going_on = Session.objects.filter(expire_date__gt=timezone.now())
    return UserSession.objects.filter(
        user=person,
        session_key__in=going_on.values("session_key"),
        last_seen_at__gt=timezone.now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS),
    ).order_by("-created_at", "-pk")


def end(*, by, session):
    """End one session: that of somebody else only by who answers for them."""
    if session.user_id != by.pk:
        people_rights.check_may_look_after(by, session.user)
    session.end()
    _enter(by, session.user, session.user_agent)


def end_all(*, by, person, keep=None):
    """End every session of `person`, or all but the one with the session key `keep`."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=keep):
        went_on = session.exists()
        session.end()
        if went_on:
            _enter(by, person, session.user_agent)


def keep_newest(person):
    """End the oldest sessions of `person` beyond the number one may have."""
    for session in list(of(person)[settings.SESSIONS_PER_PERSON :]):
        session.end()
        _enter(None, person, _("More sessions than one person may have: the oldest ended."))


def _enter(by, person, note):
    with audit.kept_words():
        audit.record(action="session ended", by=by, kind="centres_person", key=person.pk, note=f"{person}: {note}")


def forget_what_is_over():
    """Delete sessions that ended by themselves, and what the shared cache no longer holds. A duty of the runner."""
    over, _kinds = Session.objects.filter(expire_date__lte=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM shared_cache WHERE expires < now()")
    return over > 0
