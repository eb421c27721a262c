"""The sections of an intervention's page, and which of them have nothing recorded."""

from django.utils.translation import gettext as _

from toolkits.payloads import MAIN_AXES

HEADLINE_AXES = (*MAIN_AXES, "cost-effectiveness")


def missing_sections(document):
    """The names of the sections of an intervention (payloads.Intervention) with nothing recorded, in page order.

    What stands in place where it is missing, such as dates and the number of studies, is not named again.
    """
    tested = document.for_whom_html or document.ages or document.settings or document.studies_count is not None
    further = any(rating.axis not in HEADLINE_AXES and not rating.by_network for rating in document.ratings)
    recorded = [
        (_("Key messages"), document.key_messages),
        (_("How it works"), document.how_it_works_html),
        (_("How sure we are, and why"), document.how_sure_html or further),
        (_("For whom, and where it was tested"), tested),
        (_("Harms and cautions"), document.cautions),
        (_("Putting it in place"), document.implementation),
        (_("What it costs"), document.costs_html or document.cost_figures),
        (_("Gaps, and trials under way"), document.gaps_html),
    ]
    return [name for name, found in recorded if not found]
