"""Everything that is checked of a folder by itself, before the database is asked. Every error is collected."""

from toolkits.networks import rules, study_rules
from toolkits.networks.problems import Problem, Wrong, did_you_mean, listed
from toolkits.networks.tables import LINKS, TABLE, TABLES


def check_folder(folder):
    """The problems of a folder as read; also fills the `values` of its rows with what is right."""
    problems = []
    for table in TABLES:
        for row in folder.rows(table.name):
            problems += check_cells(table, row)
        problems += _check_twice(table, folder.rows(table.name))
    for table in TABLES:
        problems += _check_references(folder, table)
    problems += _check_links(folder)
    for rule in (*rules.RULES, *study_rules.RULES):
        problems += rule(folder)
    return problems


def in_order(problems):
    """`problems` in the order of the files, their rows and columns, each once."""
    places = {table.file: place for place, table in enumerate(TABLES)}
    return sorted(
        dict.fromkeys(problems),
        key=lambda found: (places.get(found.file, -1), found.file, found.row or 0, found.column),
    )


def check_cells(table, row):
    """The cells of a row that do not say what their columns hold; the others are read."""
    for column in table.columns:
        if column.name not in row.cells:
            continue
        cell = row.cells[column.name]
        try:
            column.check(cell)
        except Wrong as wrong:
            yield Problem(
                file=table.file, row=row.number, column=column.name, value=cell, message=wrong.message, hint=wrong.hint
            )
        else:
            row.values[column.name] = column.read(cell)


def _check_twice(table, rows):
    """Rows that say again what an earlier one says: the same key, or the same in a column that is unique."""
    for names in (table.key, *((name,) for name in table.unique)):
        first = {}
        for row in rows:
            if not all(name in row.values for name in names):
                continue
            key = tuple(row.cells[name] for name in names)
            if key in first:
                yield Problem(
                    file=table.file,
                    row=row.number,
                    column=" and ".join(names),
                    value=" / ".join(cell for cell in key if cell),
                    message=f"row {first[key]} is about the same",
                    hint="Keep one of them." if names == table.key else "Give each its own.",
                )
            first.setdefault(key, row.number)


def _known(folder, table, names):
    """What rows of a table are called in the columns `names`; None where that is not wholly known."""
    sheet = folder.sheets.get(table)
    if sheet is None or not sheet.whole or not set(names) <= set(sheet.header):
        return None
    named = [row.cells for row in sheet.rows] + [cells for cells in sheet.torn if set(names) <= set(cells)]
    return {tuple(cells[name] for name in names) for cells in named}


def _thing(table, column):
    """What a row of a table is called by the column that names it."""
    return table.removesuffix("s").replace("_", " ") if column == "slug" else column


def _check_references(folder, table):
    """Names of other rows that no row has."""
    for column in table.columns:
        to = getattr(column, "to", None)
        known = _known(folder, to[0], to[1:]) if to else None
        if known is None:
            continue
        for row in folder.rows(table.name):
            for name in column.names(row.cells[column.name]) if column.name in row.values else ():
                if column.key(name) not in known:
                    yield Problem(
                        file=table.file,
                        row=row.number,
                        column=column.name,
                        value=name,
                        message=f"{TABLE[to[0]].file} has no such {_thing(to[0], to[-1])}",
                        hint=did_you_mean(name, sorted("/".join(key) for key in known)),
                    )


def _check_links(folder):
    """Pairs of names that no row of another file has together, where each is known by itself."""
    for name, columns, to, to_columns in LINKS:
        known = _known(folder, to, to_columns)
        if known is None:
            continue
        to_parent = TABLE[name].column(columns[0]).to
        parents = {parent for (parent,) in _known(folder, to_parent[0], to_parent[1:]) or ()}
        for row in folder.rows(name):
            if not all(column in row.values for column in columns):
                continue
            parent, child = (row.cells[column] for column in columns)
            if parent in parents and (parent, child) not in known:
                elsewhere = sorted(other for other, key in known if key == child)
                hint = did_you_mean(child, sorted(key for other, key in known if other == parent))
                if elsewhere:
                    hint += f" There is one in {listed(elsewhere, 4)}."
                yield Problem(
                    file=TABLE[name].file,
                    row=row.number,
                    column=columns[1],
                    value=child,
                    message=f"{parent} has no such {columns[1]}",
                    hint=hint,
                )
