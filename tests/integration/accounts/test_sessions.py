"""Sessions: how long, how many, who sees them and who ends them."""

from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres import sessions
from centres.models import AuditEntry
from tests.integration.accounts.people import SECOND_STEP, SIGN_IN, entered, give_password, is_in, shown, sign_in
from toolkits import runner


@pytest.fixture
def signed_in(browser, ada):
    sign_in(browser, ada)
    return browser


def seen(ago):
    UserSession.objects.update(last_seen_at=timezone.now() - ago)


def test_two_idle_hours_end_a_session(signed_in, settings):
    seen(timedelta(seconds=settings.SESSION_IDLE_SECONDS - 60))
    assert is_in(signed_in)
    seen(timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1))
    ended = signed_in.get(reverse("accounts:own"))
    assert ended["Location"] == f"{SIGN_IN}?next=/accounts/"
    assert "nothing happened" in shown(signed_in.get(ended["Location"]))
    assert not is_in(signed_in)
    assert not UserSession.objects.exists()
    assert entered("session ended").note.startswith("ada: ")


def test_being_busy_keeps_a_session_and_is_noted_once_a_minute(signed_in):
    seen(timedelta(minutes=90))
    assert is_in(signed_in)
    first = UserSession.objects.get().last_seen_at
    assert timezone.now() - first < timedelta(seconds=10)
    assert is_in(signed_in)
    assert UserSession.objects.get().last_seen_at == first


def stay(browser):
    return browser.post(reverse("accounts:stay"), headers={"Accept": "application/json"})


def test_staying_signed_in_begins_the_idle_time_anew_as_often_as_one_likes_and_lasts_no_longer_in_all(
    signed_in, settings
):
    began, idle = signed_in.session[sessions.BEGAN], settings.SESSION_IDLE_SECONDS
    for _time in range(11):
        seen(timedelta(seconds=idle - 30))
        ends = stay(signed_in).json()
        assert ends["idle"] - ends["now"] in (idle - 1, idle)
        assert ends["whole"] == int(began + settings.SESSION_COOKIE_AGE)
    assert timezone.now() - UserSession.objects.get().last_seen_at < timedelta(seconds=10)
    page = signed_in.get(reverse("accounts:sessions")).content.decode()
    assert f'data-whole="{ends["whole"]}"' in page
    assert "You stay signed in" in shown(signed_in.post(reverse("accounts:stay"), follow=True))


@pytest.mark.parametrize("over", ["idle", "whole", "ended by its owner"])
def test_a_session_that_is_over_cannot_be_prolonged(signed_in, settings, over):
    if over == "idle":
        seen(timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1))
    elif over == "whole":
        session = signed_in.session
        session[sessions.BEGAN] -= settings.SESSION_COOKIE_AGE
        session.save()
    else:
        UserSession.objects.all().delete()
    assert stay(signed_in)["Location"].startswith(SIGN_IN)
    assert not is_in(signed_in)
    assert not UserSession.objects.exists()


def test_staying_takes_a_post_from_a_page_of_ours(signed_in):
    assert signed_in.get(reverse("accounts:stay")).status_code == 405
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.cookies = signed_in.cookies
    assert stay(elsewhere).status_code == 403
    assert stay(signed_in).status_code == 200
    assert stay(Client())["Location"].startswith(SIGN_IN)


def test_eight_hours_end_a_session_however_busy(signed_in, settings, ada):
    session = signed_in.session
    session[sessions.BEGAN] -= settings.SESSION_COOKIE_AGE - 60
    session.save()
    assert is_in(signed_in)
    # A new password gives the session another key, and no more time.
    staple = "a staple of correct horses"
    signed_in.post(reverse("account_change_password"), {"oldpassword": "ada", "password1": staple, "password2": staple})
    assert is_in(signed_in)
    session = signed_in.session
    session[sessions.BEGAN] -= 61
    session.save()
    assert not is_in(signed_in)


def test_the_cookie_is_for_this_browser_window_and_no_script(browser, ada, settings):
    sign_in(browser, ada)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_the_sixth_session_ends_the_oldest(ada, settings):
    browsers = [Client() for _n in range(settings.SESSIONS_PER_PERSON + 1)]
    for browser, recovery in zip(browsers, RecoveryCodes.activate(ada).generate_codes(), strict=False):
        give_password(browser, ada)
        browser.post(SECOND_STEP, {"code": recovery})
    assert [is_in(browser) for browser in browsers] == [False] + [True] * settings.SESSIONS_PER_PERSON
    assert "oldest" in entered("session ended").note


def test_my_sessions_say_where_and_when_and_can_be_ended(signed_in, ada):
    elsewhere = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0", REMOTE_ADDR="192.0.2.9")
    sign_in(elsewhere, ada, period=1)
    page = signed_in.get(reverse("accounts:sessions"))
    assert "Firefox · Linux" in shown(page)
    assert "192.0.2.9" in shown(page)
    other = UserSession.objects.get(ip="192.0.2.9")
    signed_in.post(reverse("accounts:end_session", args=[other.pk]))
    assert not is_in(elsewhere)
    assert is_in(signed_in)
    assert entered("session ended").person == ada


def test_ending_all_others_leaves_this_one(signed_in, ada):
    others = [Client(), Client()]
    for period, other in zip((-1, 1), others, strict=True):
        sign_in(other, ada, period=period)
    signed_in.post(reverse("accounts:end_other_sessions"))
    assert [is_in(browser) for browser in (*others, signed_in)] == [False, False, True]


def test_nobody_elses_session_can_be_ended_from_there(signed_in, stranger):
    elsewhere = Client()
    sign_in(elsewhere, stranger)
    others = UserSession.objects.get(user=stranger)
    assert signed_in.post(reverse("accounts:end_session", args=[others.pk])).status_code == 404
    assert is_in(elsewhere)


@pytest.mark.parametrize("name", ["end_session", "end_other_sessions"])
def test_ending_takes_a_post(signed_in, name):
    arguments = [UserSession.objects.get().pk] if name == "end_session" else []
    assert signed_in.get(reverse(f"accounts:{name}", args=arguments)).status_code == 405


def test_a_new_password_ends_all_other_sessions(signed_in, ada):
    elsewhere = Client()
    sign_in(elsewhere, ada, period=1)
    staple = "a staple of correct horses"
    change = reverse("account_change_password")
    wrong = {"oldpassword": "not it", "password1": staple, "password2": staple}
    assert "This is not your password" in shown(signed_in.post(change, wrong))
    assert is_in(elsewhere)
    signed_in.post(change, wrong | {"oldpassword": "ada"})
    assert [is_in(elsewhere), is_in(signed_in)] == [False, True]
    assert entered("password changed").person == ada
    assert AuditEntry.objects.filter(action="session ended").count() == 1


def keys(browser, settings):
    """The key in a browser's cookie, and whether there is a session of it."""
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return key, Session.objects.filter(session_key=key).exists()


def test_whoever_knew_a_session_before_the_sign_in_knows_none_after(browser, ada, settings):
    give_password(browser, ada)
    planted, there = keys(browser, settings)
    assert there
    sign_in(browser, ada)
    key, there = keys(browser, settings)
    assert there
    assert key != planted
    assert not Session.objects.filter(session_key=planted).exists()
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not is_in(thief)


def test_showing_again_who_one_is_gives_another_key_and_keeps_the_session(signed_in, ada, settings):
    before, _there = keys(signed_in, settings)
    signed_in.post(reverse("account_reauthenticate"), {"password": "ada"})
    after, there = keys(signed_in, settings)
    assert there
    assert after != before
    assert not Session.objects.filter(session_key=before).exists()
    assert is_in(signed_in)
    assert [session.session_key for session in sessions.of(ada)] == [after]


def test_signing_out_has_the_browser_forget_what_it_kept(signed_in):
    assert signed_in.post(reverse("account_logout"))["Clear-Site-Data"] == '"storage"'


def test_a_session_that_is_listed_nowhere_counts_for_nothing(signed_in):
    UserSession.objects.all().delete()
    assert not is_in(signed_in)


def test_the_runner_forgets_what_is_over(signed_in):
    runner.run_due()
    assert Session.objects.exists()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert "forget_what_is_over" in runner.run_due()
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("curl/8.5", "curl/8.5"),
    ],
)
def test_browsers_are_named_as_their_owners_would(said, words):
    assert sessions.in_words(said) == words
