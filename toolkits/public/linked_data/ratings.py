"""Ratings in schema.org. Each names its scale; a number only where the scale is an order from worse to better.

A level off the scale (mixed, too little evidence) is never a number, and neither is a cost: more pounds are not a
better rating. Nothing here is an AggregateRating, which is an average of many people's votes.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits.public.citations.facts import NETWORK
from toolkits.public.plans import facet_titles

FROM_WORSE_TO_BETTER = {"impact", "strength"}


def _figure(rating):
    """The figure that the centre gives with its rating, with its range where there is one."""
    if not rating.value:
        return ""
    figure = f"{rating.value} {rating.unit}".strip()
    known = rating.range_low and rating.range_high
    spread = f"{rating.range_low} to {rating.range_high}" if known else _("range not recorded here")
    return f"{figure} ({spread})"


def rating_thing(rating, absolute):
    """A published rating (payloads.Rating) as a schema.org Rating."""
    scale = f"{rating.scheme.name} ({rating.version})" if rating.version else rating.scheme.name
    found = {
        "@type": "Rating",
        "name": scale,
        "url": absolute(reverse("public:record", args=[rating.scheme.record])),
        "reviewAspect": facet_titles().get(rating.axis, rating.axis),
        "alternateName": rating.label,
        "description": _figure(rating),
        "ratingExplanation": rating.meaning,
        "ratingValue": rating.label,
    }
    if rating.rank is not None and not rating.off_scale and rating.axis in FROM_WORSE_TO_BETTER:
        found |= {"ratingValue": rating.rank, "bestRating": rating.steps, "worstRating": 1}
    return found


def reviews(document, rated, absolute):
    """A Review for each rating of an intervention's document; `rated` is the @id of what they are of."""
    centre = {"@type": "Organization", "name": document.centre.name}
    return [
        {
            "@type": "Review",
            "itemReviewed": {"@id": rated},
            "author": {"@type": "Organization", "name": NETWORK} if rating.by_network else centre,
            "reviewAspect": rating.outcome,
            "reviewBody": rating.reason,
            "datePublished": rating.rated_on.isoformat() if rating.rated_on else "",
            "reviewRating": rating_thing(rating, absolute),
        }
        for rating in document.ratings
    ]
