"""Who was a member of the network on a day. Pure: no Django, no database."""

TIERS = ("centre", "affiliate", "associate")


def members_on(day, spells):
    """The spells of membership that cover `day` (both ends included), in the order given.

    `spells` have `first_day` and `last_day` (None: still a member).
    """
    return [spell for spell in spells if spell.first_day <= day and (spell.last_day is None or day <= spell.last_day)]


def by_tier(spells):
    """`spells` as {tier: spells} for every tier, the highest first."""
    return {tier: [spell for spell in spells if spell.tier == tier] for tier in TIERS}
