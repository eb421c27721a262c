"""What a page becomes in a frozen copy: relative links, a banner with the day, and words in place of forms."""

import posixpath
import re
from html import escape, unescape
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import override

from toolkits.languages import language_of

LINK = re.compile(r"""(?<=[\s<])(href|src|action|data-suggest)="([^"]*)\"""")
STYLE_LINK = re.compile(r"""url\((['"]?)([^'")]+)\1\)""")
FORM = re.compile(r"<form\b([^>]*)>.*?</form>", re.DOTALL)
SKIP_LINK = re.compile(r'(<a class="govuk-skip-link"[^>]*>.*?</a>)', re.DOTALL)
# What the server says in a header; a static server may say nothing.
POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; "
    "style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; base-uri 'none'\">"
)


def own_address(link, address, site):
    """(address of this site, fragment) that a link on the page at `address` leads to; None for any other site's.

    `site` is this site's scheme and host.
    """
    whole, fragment = urldefrag(urljoin(f"{site}{address}", unescape(link)))
    parts = urlsplit(whole)
    if f"{parts.scheme}://{parts.netloc}" != site:
        return None
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), fragment


def links_in(body, address, site, *, style=False):
    """Every address of this site that a page (or with `style` a style sheet) leads to."""
    found = [link for _quote, link in STYLE_LINK.findall(body)] if style else []
    found += [] if style else [link for name, link in LINK.findall(FORM.sub("", body)) if name in {"href", "src"}]
    owned = (own_address(link, address, site) for link in found)
    return list(dict.fromkeys(own[0] for own in owned if own))


def relative(file, target):
    """The link from one file of the copy to another; a folder's index is named by its folder."""
    path = posixpath.relpath(str(target), str(file.parent))
    if target.name == "index.html":
        path = posixpath.dirname(path)
        path = f"{path}/" if path else "./"
    return quote(path, safe="/.~+")


class Rewriter:
    """Makes pages lead to the files of the copy. `files` is {address: its file}; `not_kept` the file that explains."""

    def __init__(self, files, not_kept, site, day):
        self.files, self.not_kept, self.site, self.day = files, not_kept, site, day
        self.left_out = {}

    def link(self, link, address, file):
        """A link on the page at `address`, which is in `file`, as the copy has it."""
        if not link or link.startswith(("#", "mailto:", "data:")):
            return link
        own = own_address(link, address, self.site)
        if own is None:
            return link
        target, fragment = own
        if target not in self.files:
            self.left_out[target] = self.left_out.get(target, 0) + 1
            return relative(file, self.not_kept)
        if target == address and fragment:
            return f"#{fragment}"
        return relative(file, self.files[target]) + (f"#{fragment}" if fragment else "")

    def style(self, body, address, file):
        """A style sheet."""
        return STYLE_LINK.sub(lambda found: f"url({found[1]}{self.link(found[2], address, file)}{found[1]})", body)

    def page(self, body, address, file):
        """A page: with the banner first, and without forms, in the language of its address."""
        with override(language_of(address)):
            return self._page(body, address, file)

    def _page(self, body, address, file):
        body = FORM.sub(self._instead_of_form, body)

        def relinked(found):
            link = self.link(unescape(found[2]), address, file)
            return f'{found[1]}="{escape(link)}"'

        body = LINK.sub(relinked, body)
        body = body.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n  {POLICY}', 1)
        return SKIP_LINK.sub(lambda found: found[1] + self.banner(), body, count=1)

    def banner(self):
        """What every page says first."""
        what = _("A frozen copy of %(day)s") % {"day": self.day}
        how = _("Nothing here changes any more. Search, filters and forms need the portal itself and were left out.")
        return f'\n<aside class="wrap"><div class="notice"><p class="notice__title">{escape(what)}</p><p>{escape(how)}</p></div></aside>'

    def _instead_of_form(self, form):
        if 'class="filters' not in form[1]:
            return ""
        words = _("This is the whole list. Filters need the portal itself and are not in this copy.")
        return f'<p class="govuk-body">{escape(words)}</p>'


def leading_to(target):
    """A page that leads on to `target` (a relative link), for servers that know no redirect."""
    address, words = escape(target), escape(_("This page has moved"))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{words}</title>'
        f'<meta http-equiv="refresh" content="0; url={address}"></head>'
        f'<body><p><a href="{address}">{words}</a></p></body></html>\n'
    )
