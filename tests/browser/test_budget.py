"""What a first visit costs: bytes on the wire, requests, third parties, cookies, layout shift."""

from urllib.parse import urlsplit

import pytest

from tests.browser.pages import MAIN

KILOBYTE = 1024


def weigh(chromium, site, path):
    """(requests by address, bytes on the wire of each, cookies, layout shift) of a first visit."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    addresses, sizes = {}, {}
    protocol.on(
        "Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]})
    )
    protocol.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => { if (!entry.hadRecentInput) window.shift += entry.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(site.url(path), wait_until="networkidle")
    shift = page.evaluate("window.shift")
    cookies = context.cookies()
    context.close()
    return {addresses[key]: sizes.get(key, 0) for key in addresses}, cookies, shift


@pytest.mark.parametrize("name", MAIN)
def test_first_visit_is_light(chromium, site, name):
    sizes, cookies, shift = weigh(chromium, site, MAIN[name])
    hosts = {urlsplit(address).netloc for address in sizes if not address.startswith("data:")}
    assert hosts == {urlsplit(site.address).netloc}
    assert cookies == []
    assert len(sizes) <= 10, sorted(sizes)
    assert sum(sizes.values()) <= 100 * KILOBYTE, sizes
    assert sum(size for address, size in sizes.items() if address.split("?")[0].endswith(".js")) <= 30 * KILOBYTE
    assert shift < 0.05
