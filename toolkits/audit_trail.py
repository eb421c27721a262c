"""What is read from the audit trail: what of it a person may see, what concerns one row, what a search finds."""

import datetime
import functools
import re

from django.db import connection
from django.db.models import CharField, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from centres import permissions
from centres.models import AuditEntry, Centre, Person, Role
from centres.records import Recorded, RecordNumber

# Of people and what they may do: for who answers for them, not for everybody at their centre.
PERSON, SECOND_FACTOR = Person._meta.db_table, "mfa_authenticator"
OF_PEOPLE = (PERSON, SECOND_FACTOR, Role._meta.db_table, "centres_invitation")
# The network's, also where the row names a centre.
OF_THE_NETWORK = (
    *("centres_membership", "centres_succession", "centres_networkfact", "toolkits_assessed"),
    *("evidence_ratingscheme", "evidence_ratinglevel", "evidence_family", "evidence_familymember"),
)


def visible_to(person):
    """The entries that `person` may read.

    An administrator reads all; editors what concerns their centres' records, managers what concerns their centres'
    people (of sign-ins, those of people with a role there today), network editors what is the network's own.
    """
    if permissions.is_administrator(person):
        return AuditEntry.objects.all()
    managed = permissions.managed_centres(person)
    people = Role.objects.current().filter(centre__in=managed).annotate(key=Cast("person", CharField()))
    theirs = (
        (Q(centre__in=permissions.centres_of(person)) & ~Q(kind__in=OF_PEOPLE))
        | Q(centre__in=managed, kind__in=[*OF_PEOPLE, Centre._meta.db_table])
        | Q(centre__isnull=True, kind=PERSON, key__in=people.values("key"))
        | Q(kind=SECOND_FACTOR, person__in=people.values("person"))
    )
    if permissions.works_for_network(person):
        theirs |= Q(kind__in=OF_THE_NETWORK) | (Q(centre__isnull=True) & ~Q(kind__in=["", *OF_PEOPLE]))
    return AuditEntry.objects.filter(theirs)


def about(row):
    """The condition that finds the entries about one row: of a record everything that belongs to it, such as its ratings."""
    if isinstance(row, Recorded | RecordNumber):
        return Q(record=row.pk)
    found = Q(kind=row._meta.db_table, key=str(row.pk))
    if isinstance(row, Person):
        found |= Q(kind=Role._meta.db_table, key__in=[str(number) for number in row.roles.values_list("pk", flat=True)])
    return found


@functools.cache
def audited_tables():
    """The tables of which every change is entered, as the database itself says."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE proname = 'enter_change' ORDER BY 1"
        )
        return tuple(name for (name,) in cursor.fetchall())


DAY = r"\d{4}-\d\d(?:-\d\d)?"
DATES = re.compile(rf"({DAY})(?:\.\.({DAY}))?")


def _days(written):
    """(first day, the day after the last) of a day or a month such as 2026-11 or 2026-11-23; None where there is none such."""
    try:
        if len(written) == 10:
            first = datetime.date.fromisoformat(written)
            return first, first + datetime.timedelta(days=1)
        first = datetime.date.fromisoformat(f"{written}-01")
    except ValueError:
        return None
    return first, (first + datetime.timedelta(days=31)).replace(day=1)


def _midnight(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min), timezone.get_default_timezone())


def _at(word):
    """The condition for a word that is a day, a month, or two of them with `..` between; None where it is not."""
    match = DATES.fullmatch(word)
    first, last = (_days(match[1]), _days(match[2] or match[1])) if match else (None, None)
    if not first or not last:
        return None
    return Q(at__gte=_midnight(first[0]), at__lt=_midnight(last[1]))


def _says(word):
    found = Q()
    for column in ("person__username", "person__first_name", "person__last_name", "action", "kind", "note"):
        found |= Q(**{f"{column}__icontains": word})
    return found | Q(before_text__icontains=word) | Q(after_text__icontains=word)


def search(entries, words):
    """The entries in which every one of `words` is found: a person, an action, a kind of row, what it said before or after.

    A number is a record's or a row's; `2026-11-23`, `2026-11` and `2026-11-01..2026-11-23` are when it was done.
    """
    entries = entries.annotate(before_text=Cast("before", TextField()), after_text=Cast("after", TextField()))
    for word in words.split():
        if word.isascii() and word.isdigit() and len(word) < 10:
            entries = entries.filter(Q(record=int(word)) | Q(key=word))
        else:
            entries = entries.filter(_at(word) or _says(word))
    return entries
