"""All ten sets of studies by an editor and a reviewer in a browser."""

from tests.browser.sets_of_studies import walk
from tests.factories.syntheses import SETS


def test_ten_sets_of_studies_from_spreadsheets_to_published_forest_plots(visit, site, record_property):
    walk(visit, site, *SETS)
    record_property("said", f"{len(SETS)} forest plots with the average that metafor gives")
