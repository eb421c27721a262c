"""Answers that hold for a whole request, and are asked of the database once."""


def read_once(request, name, read):
    """What `read` gives, called once a request for each `name`."""
    kept = request.__dict__.setdefault("read_once", {})
    if name not in kept:
        kept[name] = read()
    return kept[name]
