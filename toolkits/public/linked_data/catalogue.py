"""The catalogue of the network's data: DCAT 3 in JSON-LD, with its words explained in the file itself.

https://www.w3.org/TR/vocab-dcat-3/ and what the UK's exchange model between departments asks for: title, description,
publisher, licence, dates, theme, access rights, and where it is about.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits.public.citations.facts import NETWORK, PORTAL
from toolkits.public.open_data import describing, making

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG"
UNITED_KINGDOM = {
    "@id": "http://statistics.data.gov.uk/id/statistical-geography/K02000001",
    "@type": "dct:Location",
    "skos:prefLabel": "United Kingdom",
}
FORMS = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
    "pdf": ("PDF", "application/pdf"),
    "atom": ("Atom", "application/atom+xml"),
}


def _time(moment):
    return {"@value": moment.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}


class Catalogue:
    """Puts a catalogue together; `absolute(path)` makes an address of the portal whole."""

    def __init__(self, absolute):
        self.absolute = absolute
        self.license = {"@id": absolute(f"{reverse('public:about')}#licence")}
        self.publisher = {"@id": absolute("/#network"), "@type": "foaf:Organization", "foaf:name": NETWORK}

    def distribution(self, path, form, modified):
        """A file of a data set, made when it is asked for."""
        name, media_type = FORMS[form]
        address = self.absolute(f"{path}{'&' if '?' in path else '?'}format={form}")
        return self._download(address, name, path, media_type, modified)

    def theme(self, name):
        """A policy area, as a concept of the portal's own."""
        return {"@type": "skos:Concept", "skos:prefLabel": name}

    def dataset(self, *, record, path, title, description, dates, forms, creator=None, theme="", keywords=()):
        """A data set at `path`, whose permanent address is that of `record` (None: the path itself).

        `dates` are (when it first came, when it last changed); `forms` the formats it can be had in.
        """
        issued, modified = dates
        identifier = self.absolute(reverse("public:record", args=[record]) if record else path)
        found = {
            "@id": identifier,
            "@type": "dcat:Dataset",
            "dct:identifier": identifier,
            "dct:title": title,
            "dct:description": description,
            "dcat:landingPage": {"@id": self.absolute(path)},
            "dct:publisher": self.publisher,
            "dct:license": self.license,
            "dct:accessRights": {"@id": PUBLIC},
            "dct:language": {"@id": ENGLISH},
            "dct:spatial": UNITED_KINGDOM,
            "dct:issued": _time(issued),
            "dct:modified": _time(modified),
            "dcat:keyword": list(keywords),
            "dcat:distribution": [self.distribution(path, form, modified) for form in forms],
        }
        if creator:
            address = self.absolute(reverse("public:record", args=[creator.record]))
            found["dct:creator"] = {"@id": address, "@type": "foaf:Organization", "foaf:name": creator.name}
        if theme:
            found["dcat:theme"] = [self.theme(theme)]
        return {name: value for name, value in found.items() if value != []}

    def everything(self, dates):
        """The open data: all tables in one archive, each by itself, and their description."""
        found = self.dataset(
            record=None,
            path=reverse("public:data"),
            title=describing.title(),
            description=describing.about(),
            dates=dates,
            forms=(),
        )
        path = reverse("public:data")
        files = [
            self._download(self.absolute(f"{path}{name}"), name, path, media_type, dates[1])
            for name, media_type in making.OFFERED.items()
        ]
        return found | {"dcat:distribution": files}

    def _download(self, address, name, path, media_type, modified):
        return {
            "@id": address,
            "@type": "dcat:Distribution",
            "dct:title": name,
            "dcat:accessURL": {"@id": self.absolute(path)},
            "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
            "dct:license": self.license,
            "dct:modified": _time(modified),
        }

    def whole(self, datasets, *, number, dates):
        """The catalogue of `datasets` at a publication number, as a JSON-LD document."""
        issued, modified = dates
        return {
            "@context": CONTEXT,
            "@id": self.absolute(reverse("public:catalogue")),
            "@type": "dcat:Catalog",
            "dct:title": _("%(portal)s: the network's data") % {"portal": PORTAL},
            "dct:description": _(
                "What the centres of the network have rated and reported, each list as a file made when it is asked for."
            ),
            "dct:publisher": self.publisher,
            "dct:license": self.license,
            "dct:language": {"@id": ENGLISH},
            "dct:spatial": UNITED_KINGDOM,
            "dct:issued": _time(issued),
            "dct:modified": _time(modified),
            "dcat:version": str(number),
            "foaf:homepage": {"@id": self.absolute("/")},
            "dcat:dataset": datasets,
        }
