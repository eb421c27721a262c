"""Which records a record's page shows something of: those change its page when they change."""

from toolkits.networks.tables import TABLE


def shown_by(records):
    """{(kind, key): set of (kind, key)} of the records of a folder: what each one's page takes from."""
    found = {name: named_by(record) for name, record in records.items()}
    schemes = [name for name in found if name[0] == "method"]
    for name, shown in list(found.items()):
        kind, key = name
        if kind == "intervention":
            # A toolkit shows the schemes that its interventions are rated by.
            toolkit = ("toolkit", key.split("/")[0])
            found[toolkit] |= {name} | {other for other in shown if other[0] == "method"}
        elif kind == "toolkit":
            shown |= {scheme for scheme in schemes if found[scheme] & shown}
        elif kind == "centre":
            for other in {other for other in shown if other[0] == "centre"}:
                found[other].add(name)
    for name, shown in found.items():
        if name[0] == "toolkit":
            shown |= {centre for scheme in shown & set(schemes) for centre in found[scheme]}
    found["vocabulary", "network"] |= {name for name in found if name[0] == "centre"}
    return {name: shown - {name} for name, shown in found.items()}


def named_by(record):
    """{(kind, key)} of the records that a record's own rows name."""
    found = set()
    for table, rows in record.rows.items():
        for column in TABLE[table].columns:
            to = getattr(column, "to", None)
            if to is None:
                continue
            target = TABLE[to[0]]
            for row in rows:
                found |= {
                    target.owner_of(dict(zip(to[1:], column.key(name), strict=True)))
                    for name in column.names(row.cells.get(column.name, ""))
                }
    return found
