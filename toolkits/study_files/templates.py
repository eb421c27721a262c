"""Files to fill in: the headings, one example row and, in a workbook, what every column holds."""

from toolkits.networks.cells import Text
from toolkits.spreadsheets import files
from toolkits.study_files import columns
from toolkits.study_files.reading import Source


def template(form):
    """The bytes of a template, `form` being csv or xlsx."""
    source = Source(columns=tuple(Text(name=field.name, about=field.about) for field in columns.FIELDS))
    rows = [[field.example for field in columns.FIELDS]]
    if form == "csv":
        return files.csv_file(source, rows)
    notes = [("Column", "What it holds", "Other headings that are known")]
    notes += [(field.name, field.about, ", ".join(field.aliases)) for field in columns.FIELDS]
    return files.xlsx_file(source, rows, notes=notes)
