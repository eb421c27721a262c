"""When no database answers: how that is known, and what is still answered."""

import psycopg
from django.db import InterfaceError, InternalError, OperationalError

from toolkits.public.kept.note import KEY

AGAIN = 15  # seconds after which a reader, or their browser, may ask again: a restart takes less

# The driver's own too: Django lets those through that come when a cursor on the server is closed.
FAULTS = (InterfaceError, InternalError, OperationalError)
FAULTS += (psycopg.InterfaceError, psycopg.InternalError, psycopg.OperationalError)
# Addresses that ask no database, and those of the API, which say in their own form that there is none.
WITHOUT_DATABASE = {"public:accessibility", "public:privacy", "public:codebook", "public:robots"}
API = "public:api_"


def is_fault_of_database(error):
    """Whether `error` is a fault of the database (it is away, full, broken), and not that we asked wrongly."""
    return isinstance(error, FAULTS)


def is_noted(request):
    """Whether the layer in front found no database that answers."""
    note_of = request.META.get(KEY)
    return note_of is not None and note_of.away


def note(request):
    """Tell the layer in front that the database did not answer."""
    note_of = request.META.get(KEY)
    if note_of is not None:
        note_of.away = True


def speaks_for_itself(name):
    """Whether the address with this name answers by itself while there is no database."""
    return name in WITHOUT_DATABASE or name.startswith(API)
