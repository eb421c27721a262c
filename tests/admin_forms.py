"""What a browser would send of a form that was not touched: read from the page itself."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, form):
        super().__init__()
        self.form, self.inside, self.found = form, False, {}
        self.area, self.text, self.select = None, "", None

    def add(self, name, value):
        if name:
            self.found.setdefault(name, []).append(value or "")

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "form":
            self.inside = said.get("id") == self.form
        if not self.inside:
            return
        if tag == "input" and said.get("type") not in {"submit", "button", "file"}:
            if said.get("type") not in {"checkbox", "radio"} or "checked" in said:
                self.add(said.get("name"), said.get("value", "on" if said.get("type") == "checkbox" else ""))
        elif tag == "textarea":
            self.area, self.text = said.get("name"), ""
        elif tag == "select":
            self.select = said.get("name")
        elif tag == "option" and self.select and "selected" in said:
            self.add(self.select, said.get("value"))

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.add(self.area, self.text.removeprefix("\n"))
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False

    def handle_data(self, data):
        if self.area:
            self.text += data


def form_of(response, form="intervention_form"):
    """{name: value or list of values} of the form with that id in a page of the admin."""
    fields = _Fields(form)
    fields.feed(response.content.decode())
    assert fields.found, f"no form {form!r} in the page ({response.status_code})"
    return {name: values[0] if len(values) == 1 else values for name, values in fields.found.items()}
