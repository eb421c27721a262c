"""The tables that search needs: words that mean the same, and what was assessed and not listed. Both may be absent."""

from toolkits.models import Assessed, SynonymGroup
from toolkits.networks.cells import Address, PartialDate, Points, Text
from toolkits.networks.tables.base import Table, centre_column

SYNONYMS = Table(
    name="synonyms",
    about="One row is a group of words and phrases that mean the same to whoever searches.",
    model=SynonymGroup,
    columns=(
        Text(name="term", required=True, about="A word, a phrase or an abbreviation."),
        Points(name="equivalents", required=True, about="What else people call it, with ; between them."),
    ),
    key=("term",),
    kind="vocabulary",
    owner="synonyms",
    optional=True,
)

ASSESSED = Table(
    name="assessed",
    about="One row is something that was assessed and is not listed.",
    model=Assessed,
    columns=(
        Text(name="name", required=True, about="What it is called."),
        centre_column("Who assessed it; empty: the network itself.", required=False),
        Text(name="reason", required=True, about="Why it is not listed, in words for the public."),
        PartialDate(name="date", required=True, about="When that was decided."),
        Address(name="source_url", required=True, about="Where this is said."),
    ),
    key=("name", "centre_slug"),
    kind="vocabulary",
    owner="assessed",
    optional=True,
)
