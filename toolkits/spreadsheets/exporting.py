"""A centre's own rows out into a file that the import reads back as no change; and the empty file to fill in."""

from centres import audit, permissions
from toolkits.spreadsheets import columns
from toolkits.spreadsheets.files import cells_of, csv_file, xlsx_file
from toolkits.spreadsheets.plans import rows_in_words
from toolkits.spreadsheets.work import KINDS


@audit.by_whom
def export(*, table, centre, form, by):
    """The bytes of all working rows of `table` that are the centre's; `form` is csv or xlsx. Raises TooLong."""
    permissions.check_can_edit(by, centre)
    rows = [list(cells_of(table, row)) for row in KINDS[table.name].rows_of(centre, by=by)]
    notes = columns.notes(table, centre, by=by)
    data = csv_file(table, rows) if form == "csv" else xlsx_file(table, rows, notes=notes)
    with audit.kept_words():
        note = rows_in_words(len(rows))
    audit.record(action="exported", by=by, kind=table.model._meta.db_table, centre=centre, note=note)
    return data


def template(*, table, centre, form, by):
    """The bytes of a file to fill in: in CSV with an example row, in a workbook with the example on its second sheet."""
    example = columns.example(table, centre, by=by)
    if form == "csv":
        return csv_file(table, [example])
    return xlsx_file(table, [], example=[example], notes=columns.notes(table, centre, by=by))
