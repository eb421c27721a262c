"""What each kind of page is in schema.org, from its published document alone. Every address is whole and permanent."""

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits.public.citations.facts import NETWORK, PORTAL
from toolkits.public.linked_data.ratings import reviews
from toolkits.public.open_data import describing, making

MOST_STUDIES = 200  # named in one page; a larger synthesis names its first
MOST_PARTS = 100


def network_thing():
    """The network, as an organisation."""
    return {"@type": "Organization", "name": NETWORK}


def _organisation(centre, absolute):
    if centre is None:
        return network_thing()
    address = absolute(reverse("public:record", args=[centre.record]))
    return {"@type": "Organization", "@id": address, "name": centre.name, "url": address}


def _common(page, absolute):
    """What every published record says: its permanent address, its version and its dates."""
    return {
        "@id": absolute(reverse("public:record", args=[page.record])),
        "url": absolute(page.path),
        "identifier": absolute(reverse("public:record_version", args=[page.record, page.version])),
        "version": str(page.version),
        "datePublished": page.first_published_at.date().isoformat(),
        "dateModified": page.published_at.date().isoformat(),
        "inLanguage": page.language,
        "license": absolute(f"{reverse('public:about')}#licence"),
        "publisher": {"@type": "Organization", "name": PORTAL, "url": absolute("/")},
    }


def intervention(page, document, absolute):
    """An article about an intervention, the intervention, and a review of it for each rating."""
    common = _common(page, absolute)
    about = f"{common['@id']}#intervention"
    centre = _organisation(document.centre, absolute)
    toolkit = absolute(reverse("public:record", args=[document.toolkit.record]))
    article = {
        "@type": "ScholarlyArticle",
        **common,
        "headline": document.name,
        "name": document.name,
        "abstract": document.summary,
        "about": {"@id": about},
        # Without people the portal compiled the page from what the centre published: no words for the centre to own.
        "author": [{"@type": "Person", "name": name} for name in document.authors],
        "sourceOrganization": centre,
        "isPartOf": {"@type": "Dataset", "@id": toolkit, "name": document.toolkit.name},
        "keywords": [term.name for term in document.outcomes],
        "citation": [source.url for source in (document.source, *document.other_sources) if source.url],
    }
    thing = {"@type": "Thing", "@id": about, "name": document.name, "description": document.summary}
    return [article, thing, *reviews(document, about, absolute)]


def _download(absolute, path, media_type):
    return {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": absolute(path)}


def toolkit(page, document, absolute):
    """A toolkit is a data set of rated interventions."""
    return [
        {
            "@type": "Dataset",
            **_common(page, absolute),
            "name": document.name,
            "description": page.summary
            or _("The interventions of a toolkit, each with the ratings of its centre on its own scales."),
            "creator": _organisation(document.centre, absolute),
            "variableMeasured": [method.name for method in document.methods],
            "isAccessibleForFree": True,
            "distribution": [_download(absolute, f"{page.path}?format=csv", "text/csv")],
        }
    ]


def study(study, absolute):
    """A study (payloads.StudyFacts) is an article, wherever it was published."""
    return {
        "@type": "ScholarlyArticle",
        "@id": absolute(reverse("public:study", args=[study.record])),
        "name": study.title or study.label,
        "datePublished": str(study.year) if study.year else "",
        "creditText": study.citation,
        "sameAs": f"https://doi.org/{study.doi}" if study.doi else "",
    }


def synthesis(page, document, absolute):
    """A synthesis is an article, and a data set of its studies with the pooled result and its range."""
    pooled = document.pooled
    value = pooled.shown if pooled else None
    return [
        {
            "@type": ["Dataset", "ScholarlyArticle"],
            **_common(page, absolute),
            "name": document.name,
            "description": document.question,
            "creator": _organisation(document.centre, absolute),
            "isBasedOn": [study(row.study, absolute) for row in document.included[:MOST_STUDIES]],
            "measurementTechnique": document.method,
            "variableMeasured": {
                "@type": "PropertyValue",
                "name": document.outcome_measured,
                "unitText": document.unit or document.metric,
                "value": value.value if value else "",
                "minValue": value.low if value else "",
                "maxValue": value.high if value else "",
            },
            "creativeWorkStatus": _("An illustrative synthesis, not a centre's own.") if document.illustrative else "",
        }
    ]


def report(page, document, absolute):
    """A report of a centre; its authors as they are named, who may be bodies."""
    source = document.source.url if document.source else ""
    return [
        {
            "@type": "ScholarlyArticle",
            **_common(page, absolute),
            "headline": document.title,
            "name": document.title,
            "abstract": document.finding,
            "creditText": "; ".join(document.authors),
            "sourceOrganization": _organisation(document.centre, absolute),
            "datePublished": str(document.year) if document.year else "",
            "about": document.topic,
            "genre": document.type,
            "sameAs": source,
        }
    ]


def centre(page, document, absolute):
    """A centre is an organisation, which was or is a member of the network."""
    return [
        {
            "@type": "Organization",
            "@id": absolute(reverse("public:record", args=[page.record])),
            "name": document.name,
            "alternateName": document.short_name if document.short_name != document.name else "",
            "description": document.policy_area,
            "url": document.website,
            "mainEntityOfPage": absolute(page.path),
            "foundingDate": document.founded,
            "dissolutionDate": document.closed,
            "memberOf": [
                {
                    "@type": "OrganizationRole",
                    "memberOf": network_thing(),
                    "roleName": spell.tier,
                    "startDate": spell.started,
                    "endDate": spell.ended,
                }
                for spell in document.memberships
            ],
        }
    ]


def method(page, document, absolute):
    """A rating scale is a set of defined terms: its levels, in their order."""
    common = _common(page, absolute)
    return [
        {
            "@type": "DefinedTermSet",
            **common,
            "name": document.name,
            "creator": _organisation(document.centre, absolute),
            "hasDefinedTerm": [
                {
                    "@type": "DefinedTerm",
                    "name": level.label,
                    "termCode": level.key,
                    "description": level.meaning,
                    "inDefinedTermSet": {"@id": common["@id"]},
                }
                for level in document.levels
            ],
        }
    ]


def family(page, document, absolute):
    """A family is a collection of the pages of its members."""
    return [
        {
            "@type": "CollectionPage",
            **_common(page, absolute),
            "name": document.name,
            "hasPart": [
                {"@id": absolute(reverse("public:record", args=[member.record]))}
                for member in document.members[:MOST_PARTS]
            ],
        }
    ]


def listing(path, *, name, description, absolute):
    """A list of the network, whole, as a data set."""
    return {
        "@type": "Dataset",
        "@id": absolute(path),
        "name": name,
        "description": description,
        "url": absolute(path),
        "creator": network_thing(),
        "license": absolute(f"{reverse('public:about')}#licence"),
        "isAccessibleForFree": True,
        "distribution": [_download(absolute, f"{path}?format=csv", "text/csv")],
    }


def open_data(made, absolute):
    """All that is published, as a data set; `made` is what its files are (open_data.making.Made)."""
    address = absolute(reverse("public:data"))
    return {
        "@type": "Dataset",
        "@id": address,
        "name": describing.title(),
        "description": describing.about(),
        "url": address,
        "version": str(made.number),
        "dateModified": made.changed,
        "creator": network_thing(),
        "license": describing.licence_address(absolute("/")),
        "isAccessibleForFree": True,
        "distribution": [
            {
                **_download(absolute, reverse("public:data_file", args=[name]), media_type),
                "contentSize": f"{made.files[name].size} B",
                "sha256": made.files[name].sha256,
            }
            for name, media_type in making.OFFERED.items()
        ],
    }


def site(absolute):
    """The portal and the network it belongs to, with how it is searched."""
    return [
        {"@id": absolute("/#network"), **network_thing(), "url": absolute("/")},
        {
            "@type": "WebSite",
            "@id": absolute("/#site"),
            "name": PORTAL,
            "url": absolute("/"),
            "publisher": {"@id": absolute("/#network")},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": absolute(reverse("public:search")) + "?q={search_term_string}",
                },
                "query-input": "required name=search_term_string",
            },
        },
    ]


KINDS = {
    "intervention": intervention,
    "toolkit": toolkit,
    "synthesis": synthesis,
    "report": report,
    "centre": centre,
    "method": method,
    "family": family,
}


def things_of(page, absolute):
    """What a published page is in schema.org, as a list; `absolute(path)` makes an address whole."""
    return KINDS[page.kind](page, page.document, absolute)
