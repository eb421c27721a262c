"""The main pages with less than they were made for: a slow line, a slow phone, no script, no style sheet."""

import pytest

from tests.browser.pages import ALL, MAIN

KILOBYTE = 1024
SKIP = {False: "Skip to main content", True: "Neidio i'r prif gynnwys"}
# Chromium's own "slow 3G", and a phone that takes six times as long as this machine.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER = 6
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
# What is read when nothing is drawn: the text and the names of what can be used, in the order of the source.
UNSTYLED = "for (const sheet of document.styleSheets) sheet.disabled = true"
LARGE_PICTURES = (
    "[...document.querySelectorAll('svg, img')].map(e => e.getBoundingClientRect())"
    ".filter(box => box.width > 700 && box.height > 300).length"
)


def test_slow_line_and_slow_phone(chromium, site, record_property):
    """A first visit by slow 3G on a phone six times slower: when its words are there, and how much came"""
    said = []
    for name, path in MAIN.items():
        context = chromium.new_context(viewport={"width": 360, "height": 740})
        page = context.new_page()
        protocol = context.new_cdp_session(page)
        protocol.send("Network.enable")
        protocol.send("Network.emulateNetworkConditions", SLOW_3G)
        protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        sizes = []
        protocol.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
        page.goto(site.url(path), wait_until="networkidle", timeout=60_000)
        painted = page.evaluate(PAINTED)
        assert painted, f"{name}: nothing was painted"
        assert sum(sizes) <= 100 * KILOBYTE, name
        said.append(f"{name} {painted / 1000:.1f} s, {sum(sizes) / KILOBYTE:.0f} KB")
        context.close()
    record_property("said", "; ".join(said))


@pytest.fixture
def bare(chromium):
    """A page that runs no script of its own."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_neither_script_nor_style(bare, chromium, site, probes):
    """Without script nothing is lost; without style too, headings lead through the page and no picture fills it"""
    found = {}
    scripted = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    for name, (path, _answers) in ALL.items():
        scripted.goto(site.url(path))
        bare.goto(site.url(path))
        texts = [" ".join(page.locator("main").inner_text().split()) for page in (scripted, bare)]
        wrong = [] if texts[0] == texts[1] else ["other words without script"]
        scripted.evaluate(probes)
        scripted.evaluate(UNSTYLED)
        wrong += scripted.evaluate("probes.headings()")
        wrong += ["a picture fills the page"] if scripted.evaluate(LARGE_PICTURES) else []
        first = scripted.locator("a").first.inner_text()
        wrong += [] if first == SKIP[path.startswith("/cy/")] else [f"begins with {first}"]
        if wrong:
            found[name] = wrong
    scripted.context.close()
    assert found == {}
