"""The toolkit page without a mouse, with and without script."""


def focused(page):
    return page.evaluate("(document.activeElement.innerText || document.activeElement.id || '').trim()")


def test_skip_link_comes_first_and_leads_to_the_content(visit):
    page = visit("/toolkits/crime-reduction/")
    page.keyboard.press("Tab")
    assert "Skip to main content" in focused(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def walk_to(page, wanted, most=80):
    """Press Tab until the focused element satisfies `wanted` (JavaScript on `e`)."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(e => {wanted})(document.activeElement)"):
            return
    raise AssertionError(f"not reached by keyboard: {wanted}")


def test_focus_is_visible_everywhere(visit):
    page = visit("/toolkits/crime-reduction/")
    for _ in range(40):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(e => { const s = getComputedStyle(e); const l = e.labels && e.labels[0] ? "
            "getComputedStyle(e.labels[0], '::before') : s; return [s.outlineStyle, s.boxShadow, l.boxShadow, "
            "s.backgroundColor] })(document.activeElement)"
        )
        assert style[0] != "none" or style[1] != "none" or style[2] != "none", page.evaluate(
            "document.activeElement.outerHTML.slice(0, 200)"
        )


def test_a_facet_is_ticked_and_the_list_follows_in_place(visit):
    page = visit("/toolkits/crime-reduction/")
    before = page.locator("#results").inner_text()
    walk_to(page, "e.name === 'outcome' && e.value === 'reoffending'")
    page.keyboard.press("Space")
    page.wait_for_url("**outcome=reoffending**")
    assert page.locator("#results").inner_text() != before
    page.go_back()
    page.wait_for_function("!location.search.includes('outcome')")
    assert page.locator("#results h2, #results h3").count() > 0


def test_the_same_without_script(visit):
    page = visit("/toolkits/crime-reduction/", java_script_enabled=False)
    page.locator("input[name=outcome][value=reoffending]").check(force=True)
    page.locator("form.filters button[type=submit]").first.click()
    assert "outcome=reoffending" in page.url
    assert page.locator("input[name=outcome][value=reoffending]").is_checked()


def test_a_marker_of_the_chart_is_reached_and_followed(visit):
    page = visit("/toolkits/teaching-and-learning/?view=chart", width=320)
    walk_to(page, "e.classList.contains('chart__marker')", most=120)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("1: ")
    dot = "getComputedStyle(document.activeElement.querySelector('circle')).strokeWidth"
    assert page.evaluate(dot) == "3px"
    address = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    assert page.locator("h1").count() == 1
