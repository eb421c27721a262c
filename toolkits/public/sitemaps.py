"""For machines that look for pages: robots.txt, and a sitemap of what is live."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from toolkits import published
from toolkits.public.answers import conditional, public

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ADDRESSES = 50_000  # the protocol's limit for one file; beyond it the sitemap becomes a list of files
FIXED = (
    "home",
    "interventions",
    "toolkits",
    "families",
    "centres",
    "reports",
    "syntheses",
    "methods",
    "corrections",
    "about",
    "api",
    "accessibility",
    "privacy",
)
PRIVATE = ("/admin/", "/editorial/")


def _xml(root, item, entries):
    """A sitemap file: `entries` are (whole address, when it last changed or None)."""
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement(root, {"xmlns": NAMESPACE})
    for address, changed in entries:
        xml.startElement(item, {})
        xml.addQuickElement("loc", address)
        if changed is not None:
            xml.addQuickElement("lastmod", changed.isoformat(timespec="seconds"))
        xml.endElement(item)
    xml.endElement(root)
    xml.endDocument()
    return response


def _respond(request):
    found = [(reverse(f"public:{name}"), None) for name in FIXED] + published.addresses()
    files = [found[start : start + MOST_ADDRESSES] for start in range(0, len(found), MOST_ADDRESSES)]
    wanted = request.GET.get("file", "")
    if not wanted and len(files) > 1:
        here = request.build_absolute_uri(request.path)
        return _xml("sitemapindex", "sitemap", [(f"{here}?file={n}", None) for n in range(1, len(files) + 1)])
    names = {"": 0} | {str(n): n - 1 for n in range(1, len(files) + 1)}
    if wanted not in names:
        raise Http404("sitemap file")
    entries = ((request.build_absolute_uri(path), changed) for path, changed in files[names[wanted]])
    return _xml("urlset", "url", entries)


@public
def sitemap(request):
    """/sitemap.xml"""
    return conditional(request, [published.publication_number()], lambda: _respond(request))


@public
def robots(request):
    """/robots.txt"""
    sitemap_address = request.build_absolute_uri(reverse("public:sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), "", f"Sitemap: {sitemap_address}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
