"""For machines that look for pages: robots.txt, and a sitemap of what is live."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from toolkits import languages, published
from toolkits.public.answers import conditional, public

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
MOST_ADDRESSES = 50_000  # the protocol's limit for one file; beyond it the sitemap becomes a list of files
# Pages of their own, with the kinds of page that they list: they change when one of these does.
FIXED = {
    "home": (),
    "interventions": ("intervention",),
    "toolkits": ("toolkit",),
    "families": ("family",),
    "centres": ("centre",),
    "reports": ("report",),
    "syntheses": ("synthesis",),
    "methods": ("method",),
    "corrections": (),
    "data": ("intervention", "toolkit", "centre", "report", "family", "synthesis", "method"),
    "codebook": (),
    "shortlist": (),
    "comparison": (),
    "about": (),
    "api": (),
    "accessibility": (),
    "privacy": (),
}
PRIVATE = ("/admin/", "/editorial/", "/follow/", "/cy/follow/")
# A page with a shortlist is the same page again, and every choice of interventions would be another address.
SHORTLISTS = ("/*?i=", "/*&i=")


def _xml(root, item, entries):
    """A sitemap file: `entries` are (whole address, when it last changed or None, {language: whole address})."""
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement(root, {"xmlns": NAMESPACE, "xmlns:xhtml": XHTML})
    for address, changed, alternates in entries:
        xml.startElement(item, {})
        xml.addQuickElement("loc", address)
        if changed is not None:
            xml.addQuickElement("lastmod", changed.isoformat(timespec="seconds"))
        for language, other in alternates.items():
            xml.addQuickElement("xhtml:link", attrs={"rel": "alternate", "hreflang": language, "href": other})
        xml.endElement(item)
    xml.endElement(root)
    xml.endDocument()
    return response


def _entries():
    """(path, when it last changed or None) of every public page that is not a version, a comparison or a form.

    The paths are the English ones.
    """
    pages = published.addresses()
    studies, with_syntheses = published.studies_changed()
    newest = {}
    for page in pages:
        newest[page.kind] = max(page.changed, newest.get(page.kind, page.changed))
    for name, kinds in FIXED.items():
        yield reverse(f"public:{name}"), max((newest[kind] for kind in kinds if kind in newest), default=None)
    for page in pages:
        yield page.path, page.changed
        if page.kind == "intervention" and page.record in with_syntheses:
            yield f"{page.path}studies/", max(page.changed, with_syntheses[page.record])
    for study, changed in sorted(studies.items()):
        yield reverse("public:study", args=[study]), changed


def _in_each_language(entries):
    """(path, when it last changed or None, {language: path}), once in each language that a page has."""
    for path, changed in entries:
        found = {code: languages.in_language(path, name) for name, code in languages.IN_MARKUP.items()}
        if path == reverse("public:api"):
            yield path, changed, {}
            continue
        for own in found.values():
            yield own, changed, found


def _respond(request):
    found = list(_in_each_language(_entries()))
    files = [found[start : start + MOST_ADDRESSES] for start in range(0, len(found), MOST_ADDRESSES)]
    wanted = request.GET.get("file", "")
    if not wanted and len(files) > 1:
        here = request.build_absolute_uri(request.path)
        newest = [max((changed for _path, changed, _others in file if changed), default=None) for file in files]
        return _xml("sitemapindex", "sitemap", [(f"{here}?file={n}", at, {}) for n, at in enumerate(newest, start=1)])
    names = {"": 0} | {str(n): n - 1 for n in range(1, len(files) + 1)}
    if wanted not in names:
        raise Http404("sitemap file")
    whole = request.build_absolute_uri
    entries = (
        (whole(path), changed, {code: whole(other) for code, other in others.items()})
        for path, changed, others in files[names[wanted]]
    )
    return _xml("urlset", "url", entries)


@public
def sitemap(request):
    """/sitemap.xml"""
    return conditional(request, [published.publication_number()], lambda: _respond(request))


@public
def robots(request):
    """/robots.txt"""
    sitemap_address = request.build_absolute_uri(reverse("public:sitemap"))
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in PRIVATE + SHORTLISTS),
        "",
        f"Sitemap: {sitemap_address}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
