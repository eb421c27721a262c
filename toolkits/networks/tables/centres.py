"""The tables about the network and its centres."""

from centres.models import Award, Centre, Membership, NetworkFact, Succession
from toolkits.networks.cells import Address, Choice, PartialDate, Pattern, Text, Whole
from toolkits.networks.tables.base import WELSH_MADE, Table, centre_column, id_column, slug_column

NETWORK = Table(
    name="network",
    about="One row is a fact about the network as a whole.",
    model=NetworkFact,
    columns=(
        Pattern(
            name="key",
            required=True,
            pattern=r"^[a-z][a-z0-9_]*$",
            form="small letters, digits and underscores",
            about="What the fact is.",
        ),
        Text(name="value", required=True, about="The fact, in words."),
        Text(name="source", about="Where it was seen."),
    ),
    key=("key",),
    kind="vocabulary",
    owner="network",
    needs_rows=True,
)

CENTRES = Table(
    name="centres",
    about="One row is a centre, past or present.",
    model=Centre,
    columns=(
        id_column(Centre),
        slug_column("The last part of the centre's address."),
        Text(name="name", required=True, about="Its full name."),
        Text(name="short_name", required=True, about="Its name in lists."),
        Text(name="policy_area", required=True, about="What it works on."),
        PartialDate(name="founded", about="When it began, as far as is known."),
        PartialDate(name="closed", about="When it merged or ended; empty while it works."),
        Text(name="hosts", about="Bodies that host it, with ; between them."),
        Text(name="constitution", about="What it is where it has no host body."),
        Text(name="funding_note", about="Who pays for it, in words, with ; between the parts."),
        Address(name="website", about="Its own site."),
        Text(name="audience", about="For whom it writes, with ; between them."),
        Pattern(
            name="accent",
            required=True,
            pattern=r"^#[0-9a-f]{6}$",
            form="# and six small hexadecimal digits, such as #1d4f91",
            about="The colour of its pages.",
        ),
        Text(name="source_url", about="Pages where these facts were seen, with ; between them."),
        Text(name="name_cy", optional=True, about="Its full name in Welsh."),
        Text(name="policy_area_cy", optional=True, about="What it works on, in Welsh."),
        *WELSH_MADE,
    ),
    key=("slug",),
    unique=("id",),
    kind="centre",
    owner=("slug",),
    needs_rows=True,
)

MEMBERSHIPS = Table(
    name="memberships",
    about="One row is a spell of membership; a change of tier is another row.",
    model=Membership,
    columns=(
        centre_column("The member."),
        Choice(name="tier", required=True, words=tuple(Membership.Tier.values), about="What it was a member as."),
        PartialDate(name="from", source="started", required=True, about="A year or month means its first day."),
        PartialDate(name="to", source="ended", about="A year or month means its last day; empty: still a member."),
        Text(name="basis", about="How this is known."),
    ),
    key=("centre_slug", "tier", "from"),
    kind="centre",
    owner=("centre_slug",),
)

SUCCESSIONS = Table(
    name="successions",
    about="One row is how a centre ended, and who carries its work on.",
    model=Succession,
    columns=(
        centre_column("The centre that ended.", name="predecessor", source="predecessor.slug"),
        centre_column("Who carries on; empty: nobody.", name="successor", source="successor.slug", required=False),
        Choice(name="kind", required=True, words=("merged", "closed", "ended", "renamed"), about="How it ended."),
        PartialDate(name="date", required=True, about="When."),
        Text(name="note", about="What else there is to say."),
    ),
    key=("predecessor",),
    kind="centre",
    owner=("predecessor",),
)

FUNDING = Table(
    name="funding",
    about="One row is a known award of money to a centre.",
    model=Award,
    columns=(
        centre_column("Who received it."),
        Text(name="funder", required=True, about="Who gave it."),
        Text(name="what", about="What was given, in words."),
        Whole(name="amount_gbp", maximum=10**15, about="Whole pounds, where a figure is known."),
        PartialDate(name="from", source="started", about="When it begins."),
        PartialDate(name="to", source="ended", about="When it ends."),
        Text(name="source", about="Pages where this was seen, with ; between them."),
    ),
    key=("centre_slug", "funder", "what", "amount_gbp", "from", "to"),
    kind="centre",
    owner=("centre_slug",),
)
