"""Counts the statements that one request costs, in a process of its own: `python -m tests.bench.queries PATH…`.

Prints a line of JSON: for each path, the statements of an answer that is rendered and of one that is kept.
The read of the publication number is counted with them.
"""

import json
import sys
from wsgiref.util import setup_testing_defaults


def ask(application, path):
    environ = {"HTTP_HOST": "localhost"}
    environ["PATH_INFO"], _, environ["QUERY_STRING"] = path.partition("?")
    setup_testing_defaults(environ)
    response = application(environ, lambda status, headers: None)
    b"".join(response)
    if hasattr(response, "close"):
        response.close()


def main(paths):
    from django.core import signals

    # Only a configured Django has a connection.
    from django.db import connection, reset_queries

    from whatworks.wsgi import application

    signals.request_started.disconnect(reset_queries)
    connection.force_debug_cursor = True
    numbers = []
    read = application._read_number
    application._read_number = lambda: numbers.append(1) or read()

    def count(path):
        connection.queries_log.clear()
        numbers.clear()
        ask(application, path)
        return len(connection.queries_log) + len(numbers)

    ask(application, "/interventions/")  # builds the facet index
    found = {}
    for path in paths:
        application.store.forget()
        found[path] = {"rendered": count(path), "kept": count(path)}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
