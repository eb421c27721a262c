"""The tables described for programs: a Data Package 2.0, CSVW beside each table, and the codebook as rows.

https://datapackage.org/standard/data-package/ and https://www.w3.org/TR/tabular-metadata/
"""

from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits.public.citations.facts import NETWORK, PORTAL
from toolkits.public.open_data.tables import BY_NAME, TABLES
from toolkits.public.terms import licence

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
# A moment is written in one way, which both standards know.
CSVW_TYPES = {
    "string": "string",
    "uri": "anyURI",
    "integer": "integer",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "datetime": "dateTime",
}
CODEBOOK_COLUMNS = ("table", "column", "type", "always_there", "key", "links_to", "meaning")


def title():
    """What the data are called."""
    return _("%(portal)s: all that is published") % {"portal": PORTAL}


def about():
    """What the data are, in a sentence."""
    return _(
        "What the centres of the network have published here: interventions, ratings on the centres' own scales, "
        "reports, syntheses and their studies, as tables with permanent record numbers."
    )


def licence_address(base):
    """Where the terms of reuse stand."""
    return urljoin(base, f"{reverse('public:about')}#licence")


def _field(column):
    kind = {"type": "string", "format": "uri"} if column.type == "uri" else {"type": column.type}
    found = {"name": column.name, **kind, "description": str(column.about)}
    return found | {"constraints": {"required": True}} if column.required else found


def _schema(table):
    keys = [
        {
            "fields": [column.name],
            # Within a table the standard writes nothing for its own name.
            "reference": {"resource": "" if column.to == table.name else column.to, "fields": list(target(column))},
        }
        for column in table.columns
        if column.to
    ]
    found = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    return found | {"foreignKeys": keys} if keys else found


def target(column):
    """The key of the table that a column links to."""
    return BY_NAME[column.to].key


def package(made, base):
    """The datapackage.json of the files `made` (making.Made); `base` is the address of the portal."""
    found = {
        "$schema": PROFILE,
        "name": "whatworks",
        "id": urljoin(base, reverse("public:data")),
        "title": title(),
        "description": about(),
        "version": str(made.number),
        "homepage": urljoin(base, reverse("public:data")),
        "licenses": [{"path": licence_address(base), "title": licence()}],
        "contributors": [{"title": NETWORK, "roles": ["publisher"]}],
        "keywords": ["evidence", "what works", "evaluation", "ratings"],
        "resources": [
            {
                "name": table.name,
                "type": "table",
                "path": table.file,
                "title": str(table.title),
                "description": str(table.about),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": made.files[table.file].size,
                "hash": f"sha256:{made.files[table.file].sha256}",
                "schema": _schema(table),
            }
            for table in TABLES
        ],
    }
    return found | {"created": made.changed} if made.changed else found


def csvw(table, base):
    """The CSV on the Web metadata of a table."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": table.file,
        "dc:title": str(table.title),
        "dc:description": str(table.about),
        "dc:publisher": NETWORK,
        "dc:license": {"@id": licence_address(base)},
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": column.name,
                    "dc:description": str(column.about),
                    "datatype": CSVW_TYPES[column.type],
                    "required": column.required,
                }
                for column in table.columns
            ],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "columnReference": column.name,
                    "reference": {"resource": f"{column.to}.csv", "columnReference": target(column)[0]},
                }
                for column in table.columns
                if column.to
            ],
        },
    }


def codebook():
    """The codebook as rows of CODEBOOK_COLUMNS: every column of every table, in words."""
    for table in TABLES:
        for column in table.columns:
            yield [
                table.name,
                column.name,
                column.type,
                _("yes") if column.required else _("no"),
                _("yes") if column.name in table.key else _("no"),
                f"{column.to}.{target(column)[0]}" if column.to else "",
                str(column.about),
            ]
