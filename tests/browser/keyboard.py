"""A page walked with Tab as people walk it, and every stop looked at: in order, in sight, and seen to have the focus."""

import io

import numpy
from PIL import Image

FOCUSED = 3.0  # to 1: what a focus adds has to differ so much from the same place without it (1.4.11)
AROUND = 8  # CSS pixels about an element that belong to its focus


class Walker:
    """Walks `page` by keyboard; `measured` keeps the kinds of elements whose focus was seen already."""

    def __init__(self, page, probes, measured=None):
        self.page, self.probes = page, probes
        self.measured = {} if measured is None else measured

    def stop(self):
        """What has the focus now, as probes.js says, or None where nothing of the page has."""
        if not self.page.evaluate("'probes' in window"):
            self.page.evaluate(self.probes)
        return self.page.evaluate("probes.focus()")

    def tab(self):
        """Press Tab, and look at the stop."""
        self.page.keyboard.press("Tab")
        found = self.stop()
        if found:
            assert found["inOrder"], f"{self.page.url}: focus goes back to {found['html']}"
            assert found["seen"], f"{self.page.url}: {found['html']} is hidden by {found['covered'] or 'the window'}"
            self.look_at(found)
        return found

    def look_at(self, found):
        """Hold a picture of the focused element against one without the focus; once for each kind of element."""
        kind = (found["kind"], self.page.viewport_size["width"])
        if kind in self.measured:
            return
        clip = self._around(found["box"])
        focused = self._picture(clip)
        element = self.page.evaluate_handle("document.activeElement")
        element.evaluate("element => element.blur()")
        plain = self._picture(clip)
        element.evaluate("element => element.focus()")
        changed = (contrast(focused, plain) >= FOCUSED).sum()
        self.measured[kind] = changed / max(1.0, min(found["box"]["width"], clip["width"]))
        assert self.measured[kind] >= 2, f"{self.page.url}: the focus on {found['html']} is hardly seen"

    def to(self, name, *, most=250):
        """Tab on until what has the focus is called so, or begins so."""
        passed = []
        for _press in range(most):
            found = self.tab()
            if found and found["name"].startswith(name):
                return found
            passed.append(found["name"] if found else None)
        raise AssertionError(f"{self.page.url}: {name!r} is not reached by keyboard, but {passed}")

    def press(self, name, key="Enter"):
        """Go to what is called so, press a key, and wait for the page that it leads to."""
        self.to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def around(self, *, most=400):
        """Tab from the top of the page until the focus leaves it at the end; the number of stops."""
        self.page.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges()")
        for count in range(most):
            if self.tab() is None:
                return count
        raise AssertionError(f"{self.page.url}: the keyboard does not come out again")

    def _around(self, box):
        view = self.page.viewport_size
        x, y = max(0, box["x"] - AROUND), max(0, box["y"] - AROUND)
        width = min(view["width"], box["x"] + box["width"] + AROUND) - x
        height = min(view["height"], box["y"] + box["height"] + AROUND) - y
        return {"x": x, "y": y, "width": max(1, width), "height": max(1, height)}

    def _picture(self, clip):
        # Hiding the caret would leave a style on every field, which the policy refuses when a list is put in its place.
        picture = self.page.screenshot(clip=clip, caret="initial")
        return numpy.asarray(Image.open(io.BytesIO(picture)).convert("RGB")) / 255


def luminance(picture):
    """Relative luminance of each pixel of an RGB array of 0 to 1 (WCAG 2.2, definition)."""
    linear = numpy.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4)
    return linear @ numpy.array([0.2126, 0.7152, 0.0722])


def contrast(one, other):
    """The contrast of each pixel of a picture against the same of another: 1 to 21."""
    one, other = luminance(one), luminance(other)
    return (numpy.maximum(one, other) + 0.05) / (numpy.minimum(one, other) + 0.05)
