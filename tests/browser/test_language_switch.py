"""The switch between the languages: the same record, and the same question of it, there and back."""


def test_the_switch_leads_to_the_same_record_and_back(visit, site):
    asked = "/toolkits/youth-violence/prison-awareness-programmes/studies/?uk=no"
    page = visit(asked)
    title = page.locator("h1").inner_text()

    page.get_by_role("link", name="Cymraeg").click()
    page.wait_for_url(f"{site.address}/cy{asked}")
    assert page.locator("html").get_attribute("lang") == "cy"
    assert page.locator("h1").inner_text() != title
    assert page.locator("select[name=uk]").input_value() == "no"

    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"{site.address}{asked}")
    assert page.locator("h1").inner_text() == title
