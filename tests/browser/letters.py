"""The mail that a demonstration writes into a folder instead of sending it."""

import email
import re
from pathlib import Path


def letters_to(site, address):
    """The texts of all mail to `address`. The runner's turn may write to others too, into the same files."""
    folder = Path(site.environment["WHATWORKS_DATA_DIR"], "mail")
    for path in folder.iterdir():
        for written in re.split(rb"^-{79}\n", path.read_bytes(), flags=re.MULTILINE):
            letter = email.message_from_bytes(written)
            if letter["To"] == address:
                yield letter.get_payload(decode=True).decode()


def link_to(site, address, ending=r"\S+"):
    """The one link, of those that end so, in all mail to `address`."""
    [link] = re.findall(rf"^https?://\S+{ending}$", "\n".join(letters_to(site, address)), re.MULTILINE)
    return link
