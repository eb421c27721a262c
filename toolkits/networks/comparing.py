"""What a folder says of a record that the database says otherwise, in words for the public."""

from dataclasses import dataclass

from toolkits.networks.problems import listed
from toolkits.networks.tables import TABLES

# What one row of a table with several rows a record is called.
ROW_NAMES = {
    "network": lambda cells: cells["key"].replace("_", " "),
    "outcomes": lambda cells: cells["name"],
    "settings": lambda cells: cells["name"],
    "age_bands": lambda cells: cells["name"],
    "memberships": lambda cells: "membership",
    "successions": lambda cells: "succession",
    "funding": lambda cells: "funding",
    "rating_levels": lambda cells: f"level {cells['level']}",
    "study_results": lambda cells: cells["label"],
    "appraisals": lambda cells: f"appraisal of study {cells['study_id']}",
    "rating_rules": lambda cells: f"rule of {cells['level']}",
    "toolkit_axes": lambda cells: f"meaning of a missing {cells['axis']} rating",
    "ratings": lambda cells: f"{cells['axis']} rating",
    "costs": lambda cells: f"cost {cells['label']}",
    "synonyms": lambda cells: cells["term"],
    "assessed": lambda cells: cells["name"],
    "families": lambda cells: f"member {cells['toolkit']}/{cells['intervention']}",
}


@dataclass(frozen=True)
class Differences:
    """The names of what differs: what the public sees, and what only editors see."""

    public: tuple = ()
    private: tuple = ()

    def __bool__(self):
        return bool(self.public or self.private)

    def __str__(self):
        return listed((*self.public, *self.private), 6)


def compare(folder, theirs, ours):
    """The Differences between a record in a folder and in the database, in the columns that the folder has."""
    public, private = [], []
    for table in TABLES:
        if table.name not in folder.sheets:
            continue
        columns = [column for column in table.columns if column.name in folder.sheets[table.name].header]
        if table.name not in theirs.rows and table.name not in ours.rows:
            continue
        if table.name in ROW_NAMES:
            public += _rows_that_differ(table, columns, theirs.cells(table.name), ours.cells(table.name))
        else:
            (new,), (old,) = theirs.cells(table.name), ours.cells(table.name)
            for column in columns:
                if column.alike(new[column.name]) != column.alike(old[column.name]):
                    words = column.name.removesuffix("_slug").replace("_", " ")
                    (private if column.private else public).append(words)
    return Differences(tuple(dict.fromkeys(public)), tuple(private))


def _rows_that_differ(table, columns, new, old):
    """Names of the rows that only one side has; or that their order differs."""
    name = ROW_NAMES[table.name]
    theirs = [tuple(column.alike(cells[column.name]) for column in columns) for cells in new]
    ours = [tuple(column.alike(cells[column.name]) for column in columns) for cells in old]
    only = [name(cells) for cells, row in zip(new, theirs, strict=True) if row not in ours]
    only += [name(cells) for cells, row in zip(old, ours, strict=True) if row not in theirs]
    if not only and theirs != ours:
        return [f"order of {table.name.replace('_', ' ')}"]
    return list(dict.fromkeys(only))
