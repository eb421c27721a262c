"""Telling people of pages that are overdue, once for each date that has passed."""

import functools

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from evidence.models import Intervention
from toolkits import freshness, notices
from toolkits.models import Notice, PublishedPage

day_in_words = lazy(date_format, str)


def _due(today):
    """Live interventions of centres at work whose review is due, or whose search is too old."""
    live = PublishedPage.objects.filter(kind=Intervention.KIND, state=PublishedPage.State.LIVE)
    long_ago = freshness.months_later(today, -settings.STALE_MONTHS)
    return Intervention.objects.filter(
        Q(next_review__lt=today) | Q(last_searched__lte=long_ago), record__in=live.values("record"), centre__closed=""
    ).select_related("centre", "record__keeper")


def _occasions(intervention, today):
    """(key, text, the words in it) of everything that is overdue on an intervention."""
    if intervention.next_review is not None and intervention.next_review < today:
        due = intervention.next_review
        text = _("It was due to be reviewed on %(day)s.")
        yield f"overdue:{intervention.pk}:{due}", text, {"day": day_in_words(due, "DATE_FORMAT")}
    if freshness.is_stale(intervention.last_searched, today):
        searched = intervention.last_searched
        text = _("Its search for studies ended on %(day)s: that is more than %(n)s months ago, and its page says so.")
        words = {"day": day_in_words(searched, "DATE_FORMAT"), "n": settings.STALE_MONTHS}
        yield f"searched:{intervention.pk}:{searched}", text, words


@transaction.atomic
def remind_of_overdue():
    """Tell who looks after a page that its review is overdue or its search too old. Returns whether anybody was told."""
    today = freshness.today()
    occasions = [(page, *occasion) for page in _due(today) for occasion in _occasions(page, today)]
    keys = [key for _page, key, *_said in occasions]
    known = set(Notice.objects.filter(event=Notice.Event.OVERDUE, key__in=keys).values_list("key", flat=True))
    keepers = functools.cache(notices.keepers)
    told = 0
    for page, key, text, words in occasions:
        if key not in known:
            told += notices.tell(
                keepers(page.record.keeper, page.centre),
                event=Notice.Event.OVERDUE,
                title=page.name,
                text=text,
                words=words,
                address=reverse("admin:evidence_intervention_change", args=[page.pk]),
                key=key,
            )
    return told > 0
