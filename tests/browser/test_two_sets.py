"""Two sets of studies from spreadsheets to published forest plots; `make drill` walks all ten."""

from tests.browser.sets_of_studies import walk
from tests.factories.syntheses import SETS


def test_from_spreadsheets_to_published_forest_plots(visit, site):
    walk(visit, site, *list(SETS)[:2])
