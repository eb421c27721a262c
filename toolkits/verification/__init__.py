"""Whether everything published is still what it was: read from the database only, and nothing is written.

`problems` looks at one moment of the database, row after row, so that the largest network fits into memory and a
publication meanwhile does not look like damage.
"""

from django.db import connection, transaction

from toolkits.verification import documents, references, rules
from toolkits.verification.problems import Problem

__all__ = ["CHECKS", "Problem", "problems"]

# {what is looked at: the generator of (rows looked at, Problems found in them)}
CHECKS = {
    "database rules": rules.database_rules,
    "shared lists": documents.vocabularies,
    "revisions": documents.revisions,
    "versions": documents.versions,
    "pages": documents.pages,
    "links of versions": references.links_of_versions,
    "links of pages": references.links_of_pages,
    "search": rules.search,
    "publication number": rules.publication_number,
}


def problems(tell=lambda name, done: None):
    """Every Problem, one after the other. `tell` is called with the name of a check and the rows looked at so far."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name, check in CHECKS.items():
            done = 0
            for rows, found in check():
                done += rows
                tell(name, done)
                yield from found
