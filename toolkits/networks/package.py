"""The description of a network folder as a Data Package: every file and column, from the declared shape."""

from toolkits.networks.cells import Place, Reference, References
from toolkits.networks.tables import LINKS

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
FILE = "datapackage.json"


def resources(tables, optional=()):
    """The resources of a package of `tables`; `optional` holds the (table, column) of the optional columns in its files."""
    return [
        _resource(table, [c for c in table.columns if not c.optional or (table.name, c.name) in optional])
        for table in tables
    ]


def _resource(table, columns):
    return {
        "$schema": RESOURCE_PROFILE,
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": table.file,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
        "schema": {
            "$schema": SCHEMA_PROFILE,
            "fields": [_field(table, column) for column in columns],
            "missingValues": [""],
            **_keys(table),
            "foreignKeys": _foreign_keys(table, columns),
        },
    }


def _field(table, column):
    field = column.field()
    if (column.name,) == table.key or column.name in table.unique:
        field.setdefault("constraints", {})["unique"] = True
    return field


def _keys(table):
    """The primary key, where no part of it may be empty; otherwise a unique key."""
    required = all(table.column(name).required for name in table.key)
    return {"primaryKey": list(table.key)} if required else {"uniqueKeys": [list(table.key)]}


def _foreign_keys(table, columns):
    keys = [
        _foreign_key((column.name,), column.to[0], column.to[1:])
        for column in columns
        if isinstance(column, Reference) and not isinstance(column, Place | References)
    ]
    return keys + [_foreign_key(columns, to, names) for name, columns, to, names in LINKS if name == table.name]


def _foreign_key(columns, to, names):
    return {"fields": list(columns), "reference": {"resource": to.replace("_", "-"), "fields": list(names)}}


def describe(before, *, title, tables, optional=()):
    """The whole descriptor: `before`, an earlier one, with its resources brought up to date."""
    start = {"$schema": PROFILE, "name": "network", "title": title}
    return start | before | {"resources": resources(tables, optional)}
