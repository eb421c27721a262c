"""An editor changes a page, a second person reviews and publishes it, a visitor reads it."""

from tests.browser.signing_in import sign_in

INTERVENTION = "/toolkits/teaching-and-learning/peer-tutoring/"
NEW_WORDS = "Pupils teach pupils in pairs or small groups, taking turns to explain."


def test_from_a_draft_to_the_public(visit, site):
    visitor = visit(INTERVENTION)
    assert NEW_WORDS not in visitor.content()

    editor = visit("/admin/")
    sign_in(editor, site, "editor")
    editor.click("text=Interventions")
    editor.fill("input[name=q]", "peer tutoring")
    editor.keyboard.press("Enter")
    editor.click("#result_list a:has-text('Peer tutoring')")
    editor.fill("textarea[name=summary]", NEW_WORDS)
    editor.click("input[name=_continue] >> nth=0")
    editor.click("text=Preview, compare and submit")
    assert NEW_WORDS in editor.content()
    editor.fill("textarea[name=note]", "Says who teaches whom.")
    editor.select_option("select[name=change]", "wording")
    editor.click("button:has-text('Submit for review')")
    assert "Another reviewer has to decide" in editor.content()

    visitor.reload()
    assert NEW_WORDS not in visitor.content()

    reviewer = visit("/admin/")
    sign_in(reviewer, site, "reviewer")
    reviewer.click("text=Review and publish")
    reviewer.click("a:has-text('Peer tutoring')")
    assert NEW_WORDS in reviewer.content()
    reviewer.check("input[value=approved]")
    reviewer.click("button:has-text('Record the decision')")
    reviewer.click("button:has-text('Publish now')")
    assert "Published as version 2" in reviewer.content()

    visitor.reload()
    assert NEW_WORDS in visitor.content()
    visitor.goto(site.url(f"{INTERVENTION}history/"))
    assert "Says who teaches whom." in visitor.content()


def test_another_centres_editor_sees_none_of_it(visit, site):
    page = visit("/admin/")
    sign_in(page, site, "police-editor")
    page.click("text=Interventions")
    assert "Peer tutoring" not in page.content()
    response = page.goto(site.url("/admin/evidence/intervention/1012/change/"))
    assert response.status == 404
