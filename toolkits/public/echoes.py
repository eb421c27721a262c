"""Showing a reader's own words back: what an address or a form held, made safe to read."""

LONGEST_ECHO = 40


def echo(value):
    """A value of a reader's for showing back: no control characters, and not long."""
    shown = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value[:LONGEST_ECHO]
    )
    return f"{shown}…" if len(value) > LONGEST_ECHO else shown
