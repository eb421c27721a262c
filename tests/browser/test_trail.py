"""The trail from an intervention to the numbers of one study and back, and the editor's way the other way round."""

import re

from tests.browser.signing_in import sign_in

INTERVENTION = "/toolkits/teaching-and-learning/homework/"
# A synthesis of the centre's own, with a study that was left out, published as people do.
PUBLISHED = """
from centres.models import Person
from evidence.models import Intervention
from tests.factories.publishing import republish
from tests.factories.syntheses import synthesis
about = Intervention.objects.get(entry__slug="homework", entry__toolkit__slug="teaching-and-learning")
made = synthesis("homework-and-attainment", interventions=[about], centre=about.centre, left_out=["It compares no groups."])
republish(made, Person.objects.get(username="editor"), Person.objects.get(username="reviewer"))
"""


def follow(page, name):
    """Click the one link of the main part with this name, as a reader finds it; the first, where there are several."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def test_the_trail_is_walked_both_ways(visit, site):
    site.manage("shell", "-v0", "-c", PUBLISHED)

    visitor = visit(INTERVENTION)
    follow(visitor, "Homework and attainment")
    assert visitor.url == site.url("/syntheses/homework-and-attainment/")
    text = visitor.get_by_role("main").inner_text()
    assert re.search(r"Average effect\s+0\.3\d", text)
    assert "It compares no groups." in text
    visitor.goto(site.url(INTERVENTION))
    follow(visitor, "Every study of these")
    assert visitor.url.startswith(site.url(f"{INTERVENTION}studies/"))
    assert "Study 5" in visitor.get_by_role("main").inner_text()

    follow(visitor, re.compile("^Study 3$"))
    study = visitor.url
    text = visitor.get_by_role("main").inner_text()
    assert re.search(r"\b0\.30\b", text)
    assert re.search(r"People\s+100", text)
    follow(visitor, "Homework and attainment")
    assert visitor.url == site.url("/syntheses/homework-and-attainment/")
    visitor.goto(study)
    follow(visitor, re.compile("^Homework$"))
    assert visitor.url == site.url(INTERVENTION)

    visitor.goto(site.url(f"{INTERVENTION}studies/"))
    follow(visitor, "Left out 1")
    text = visitor.get_by_role("main").inner_text()
    assert "It compares no groups." in text
    assert "Average effect" not in text
    follow(visitor, re.compile("^Homework$"))
    assert visitor.url == site.url(INTERVENTION)

    editor = visit("/accounts/login/")
    sign_in(editor, site, "editor")
    editor.goto(site.url("/admin/evidence/study/?q=Study+3"))
    editor.click("#result_list a:text-is('Study 3')")
    editor.click("#content a:has-text('Homework and attainment')")
    assert re.search(r"/admin/evidence/synthesis/\d+/change/", editor.url)
    editor.go_back()
    editor.click("#content a:text-is('Homework')")
    assert re.search(r"/admin/evidence/intervention/\d+/change/", editor.url)
    assert editor.locator("input[name=name]").input_value() == "Homework"
