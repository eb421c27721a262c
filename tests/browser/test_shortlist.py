"""From a search to a committee's pack by keyboard, without script: the shortlist is carried by addresses alone."""

import openpyxl


def press(page, name):
    """Go to the first link of the main part with this name, and press Enter, as a keyboard does."""
    link = page.get_by_role("main").get_by_role("link", name=name).first
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_two_are_picked_compared_and_taken_away_without_script(chromium, site, tmp_path):
    context = chromium.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(site.url("/search/?q=mentoring"))
    press(page, "Add to shortlist")
    press(page, "Add to shortlist")
    assert page.url.count("i=") == 2
    press(page, "look")
    assert "/shortlist/?" in page.url
    assert "Shortlist: 2 interventions" in page.get_by_role("heading", level=1).inner_text()
    press(page, "Compare them side by side")
    assert "/compare/?" in page.url
    assert page.get_by_role("columnheader").count() >= 2
    assert page.get_by_role("region", name="Side by side").is_visible()
    names = page.locator(".comparison__head a[href*='/toolkits/']").all_inner_texts()[:2]
    press(page, "A pack for your committee")
    assert "/pack/?i=" in page.url
    assert page.url.count("v1") >= 2
    with page.expect_download() as started:
        page.locator(".pack__take a[href*='format=xlsx']").click()
    started.value.save_as(tmp_path / "pack.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "pack.xlsx")
    cells = {str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert names
    assert all(any(name in cell for cell in cells) for name in names)
    assert context.cookies() == []
    context.close()


def test_on_a_phone_one_intervention_fills_the_screen_under_a_fixed_label(chromium, site):
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(site.url("/compare/?i=1011&i=1013"))
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    region, label = page.get_by_role("region", name="Side by side"), page.locator(".comparison__label").nth(2)
    head = page.locator(".comparison__head").nth(1)
    before = label.bounding_box()["x"]
    region.evaluate("region => region.scrollTo({ left: 9999, behavior: 'instant' })")
    assert 280 <= head.bounding_box()["width"] <= 300
    assert abs(label.bounding_box()["x"] - before) < 20
    assert head.bounding_box()["x"] < 40
    context.close()
