"""Files of studies as nobody should send them: each strategy gives (name, bytes) of one form, more or less spoilt."""

import datetime
import io
import zipfile

from hypothesis import strategies as st

from tests.factories.spreadsheets import as_csv, as_xlsx, repacked
from toolkits.study_files import columns

NAMES = [field.name for field in columns.FIELDS]
HEADINGS = [heading for field in columns.FIELDS for heading in (field.name, *field.aliases)]
NUMBERS = ["0.2", "0.04", "12", "50", "0", "-1", "1e300", "1e-300", "1e-31", "NaN", "Infinity", "-inf", "1,5", "½", "٣"]
WORDS = ["yes", "no", "SMD", "logOR", "COR-z", "Low", "Some concerns", "rob2", "robins-i", "England", "several", "RCT"]
SPOILT = [
    "=1+1",
    '=HYPERLINK("x")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "'=1",
    "''",
    "a\tb",
    "a\nb",
    "a\r\nb",
    "\0",
    "\x07",
    "\x85",
]
DATES = ["2019", "1066", "2019.0", "2019-03-05", "05/03/2019", "43529", "0000", "99999"]
HUGE = ["x" * 161, "x" * 33_000, "9" * 400, "0." + "1" * 5_000, "é" * 20_000]
LABELS = [
    "Smith 2019",
    "Lee 2020",
    "Smith 2019 ",
    "smith 2019",
    "Ødegård (2001) [a]",
    "10.1000/x",
    "👍🏽",
    "\u202eevil",
]

cells = st.one_of(
    st.sampled_from(["", *NUMBERS, *WORDS, *DATES]),
    st.sampled_from([*SPOILT, *HUGE, *LABELS]),
    st.floats().map(repr),
    st.text(max_size=12),
)


KNOWN = {
    "given": ["study", "year", "effect", "variance", "n_1", "n_2", "rob_overall", "subgroup", "included", "reason"],
    "counts": ["study", "title", "doi", "events_1", "n_1", "events_2", "n_2"],
    "means": ["study", "mean_1", "sd_1", "n_1", "mean_2", "sd_2", "n_2", "higher_is_better", "outcome"],
    "range": ["study", "effect", "ci_lower", "ci_upper", "follow_up", "n_1", "n_2"],
    "test": ["study", "t", "f", "p", "r", "n_total", "n_1", "n_2", "intervention_higher"],
}
RIGHT = {
    "year": ["2001", "1999", ""],
    "title": ["A trial of tutoring", "", "Tutoring, a trial"],
    "doi": ["10.1000/a", "https://doi.org/10.1000/A", "", ""],
    "rob_overall": ["Low", "some concerns", ""],
    "included": ["yes", "no", ""],
    "reason": ["No comparison group", ""],
    "subgroup": ["Pupils", ""],
    "outcome": ["Reading", ""],
    "follow_up": ["12 months", ""],
    "higher_is_better": ["yes", "no", ""],
    "intervention_higher": ["yes", "no"],
    "effect": ["0.2", "-1.5", "0", "2", "1e-3"],
    "lower": ["0.1", "-2"],
    "ci_lower": ["0.1", "-2"],
    "ci_upper": ["0.4", "3"],
    "p": ["0.04", "0.5", ""],
    "r": ["0.3", "-0.9"],
}
COUNTS = ["12", "50", "7", "31.5", "0", "1"]


@st.composite
def tables(draw, of=cells):
    """Rows that are mostly right, under headings that mostly are; then some cells, headings or lengths are not."""
    shape = draw(st.sampled_from([*KNOWN, "given", "any", "strange"]))
    if shape in KNOWN:
        header = [*KNOWN[shape], *draw(st.lists(st.sampled_from(NAMES), max_size=2))]
    elif shape == "any":
        header = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=14))
    else:
        header = draw(st.lists(st.one_of(st.sampled_from(HEADINGS), st.text(max_size=8)), min_size=1, max_size=8))
    rows = []
    for number in range(draw(st.sampled_from([0, 1, 1, 2, 3]))):
        names = {"study": [f"Study {number}"], "variance": ["0.04", "1", "2.5e-05"]} | RIGHT
        numbers = COUNTS if shape in KNOWN else ["", *COUNTS]
        strangers = [""] if shape in KNOWN else numbers
        rows.append(
            [
                draw(st.sampled_from(names.get(name) or (numbers if name in KNOWN.get(shape, ()) else strangers)))
                for name in header
            ]
        )
    for _cell in range(draw(st.sampled_from([0, 0, 0, 1, 1, 3, 12])) if rows else 0):
        row = draw(st.sampled_from(rows))
        row[draw(st.integers(0, len(header) - 1))] = draw(of)
    if rows and not draw(st.integers(0, 7)):
        rows[-1] = (rows[-1] * 2)[: draw(st.integers(0, len(header) + 3))]
    return [header, *rows]


@st.composite
def damaged(draw, data):
    """Bytes that lost their end, or some in the middle, or had some put in."""
    data = draw(data)
    way = draw(st.sampled_from(["whole"] * 5 + ["cut", "changed", "doubled", "put in"]))
    # A share of the whole: how long a workbook is depends on the time of day that is written into it.
    at = draw(st.integers(0, 1 << 16)) * len(data) >> 16
    if way == "cut":
        return data[:at]
    if way == "changed" and data:
        return data[:at] + bytes([draw(st.integers(0, 255))]) + data[at + 1 :]
    if way == "doubled":
        return data + data
    if way == "put in":
        return (
            data[:at]
            + draw(st.one_of(st.binary(max_size=6), st.sampled_from([b'"', b"\0", b"\xff", b"{", b"\r"])))
            + data[at:]
        )
    return data


ENCODINGS = [*["utf-8"] * 12, "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252"]


@st.composite
def csv_bytes(draw):
    """Tables as CSV: in any encoding, with other marks, and with quotes where none belong."""
    text = as_csv(*draw(tables()), encoding="utf-8-sig" if draw(st.booleans()) else "utf-8").decode(
        "utf-8", "surrogatepass"
    )
    change = draw(st.sampled_from(["none"] * 8 + ["semicolons", "tabs", "quotes", "returns", "unclosed", "web page"]))
    text = {
        "semicolons": text.replace(",", ";"),
        "tabs": text.replace(",", "\t"),
        "quotes": text.replace(",", '","'),
        "returns": text.replace("\r\n", "\r"),
        "unclosed": text + '"never closed',
        "web page": f"<html>{text}",
    }.get(change, text)
    return text.encode(draw(st.sampled_from(ENCODINGS)), "replace")


csv_files = st.tuples(
    st.just("a.csv"), damaged(st.one_of(csv_bytes(), csv_bytes(), csv_bytes(), st.binary(max_size=400)))
)

values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([text[:32_000] for text in (*NUMBERS, *WORDS, *DATES, *SPOILT, *LABELS)]),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(9999, 1, 1)),
)
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = "</sheetData></worksheet>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
kinds = st.sampled_from(["n", "s", "str", "b", "e", "d", "inlineStr", "zz"])
places = st.sampled_from(["A1", "B1", "A2", "B2", "A9999999", "XFD1", "ZZZZ1", "1A", "", "A0", "a2", "A-1", "$A$2"])
said = st.sampled_from(["study", "0.5", "1", "99999", "-1", "nan", "1e999", "2019-13-45", "#DIV/0!", "", "TRUE", "é"])


@st.composite
def sheets(draw):
    """The XML of a sheet, with cells where none can be and of kinds that there are not."""
    if not draw(st.integers(0, 9)):
        return LAUGHS
    rows = []
    for _row in range(draw(st.integers(0, 4))):
        inside = "".join(
            f'<c r="{draw(places)}" t="{draw(kinds)}">{draw(st.sampled_from(["", "<f>1+1</f>", "<f/>"]))}<v>{draw(said)}</v></c>'
            for _cell in range(draw(st.integers(0, 3)))
        )
        rows.append(f'<row r="{draw(st.sampled_from(["1", "2", "2", "1048577", "0", "x"]))}">{inside}</row>')
    merged = draw(
        st.sampled_from(
            ["", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', '<mergeCells><mergeCell ref="??"/></mergeCells>']
        )
    )
    return HEAD + "".join(rows) + FOOT.replace("</worksheet>", f"{merged}</worksheet>")


def _spoil(how):
    def spoil(sheet, workbook):
        if how == "formula":
            sheet.write_formula(1, 1, "=1/0", value="#DIV/0!")
        elif how == "merged":
            sheet.merge_range(1, 0, 2, 1, "both")
        elif how == "far":
            sheet.write_string(400_000, 3, "far below")
        elif how == "wide":
            sheet.write_string(0, 300, "far right")
        elif how == "second sheet":
            workbook.add_worksheet("studies").write_row(0, 0, ["study", "effect", "variance"])

    return spoil


@st.composite
def workbooks(draw):
    """Workbooks: of values of every kind, then with parts of them left out, replaced, or grown beyond reason."""
    how = draw(st.sampled_from(["", "", "", "formula", "merged", "far", "wide", "second sheet"]))
    data = as_xlsx(*draw(tables(values)), sheet="any", spoil=_spoil(how))
    change = draw(st.sampled_from(["", "", "", "sheet", "sheet", "bomb", "without", "before", "nested", "macros"]))
    if change == "sheet":
        return repacked(data, **{SHEET.replace("/", "__"): draw(sheets())})
    if change == "bomb":
        return BOMB
    if change == "without":
        name = draw(st.sampled_from(zipfile.ZipFile(io.BytesIO(data)).namelist()))
        return repacked(data, leave_out=(name,))
    if change == "before":
        return repacked(data, before=draw(st.binary(min_size=1, max_size=20)))
    if change == "nested":
        return repacked(data, **{"xl__workbook.xml": data})
    if change == "macros":
        return repacked(data, **{"xl__vbaProject.bin": b"x"})
    return data


def _bomb():
    """A workbook of 200 KB that unpacks to 200 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open(SHEET, "w", force_zip64=True) as part:
            for _piece in range(200):
                part.write(b" " * 1_000_000)
    return out.getvalue()


BOMB = _bomb()
xlsx_files = st.tuples(st.sampled_from(["a.xlsx", "a.xlsx", "a.csv"]), damaged(workbooks()))

TAGS = [
    "TY",
    "AU",
    "A1",
    "TI",
    "T1",
    "JO",
    "JF",
    "PY",
    "Y1",
    "DO",
    "DA",
    "UR",
    "AB",
    "KW",
    "ER",
    "SP",
    "ZZ",
    "U1",
    "ID",
    "M3",
]
texts = st.one_of(
    st.sampled_from([*NUMBERS, *WORDS, *DATES, *SPOILT, *LABELS, *HUGE, "JOUR", "Smith, Ann", ","]),
    st.text(max_size=20),
)


USUAL = [
    "AU  - Smith, Ann",
    "A1  - Lee, Bo",
    "TI  - A trial",
    "T1  - Another",
    "PY  - 2019",
    "Y1  - 2001/03//",
    "DO  - 10.1000/a",
    "JO  - Trials",
]


@st.composite
def ris_bytes(draw):
    """References as RIS: mostly right; or with tags in any order, twice, unknown, without an end or a beginning."""
    lines = []
    for number in range(draw(st.sampled_from([0, 1, 1, 2, 3]))):
        lines.append(draw(st.sampled_from([*["TY  - JOUR"] * 5, "TY - BOOK", "TY  -", "ER  - ", ""])))
        lines += [f"TI  - Study {number}", *draw(st.lists(st.sampled_from(USUAL), max_size=4))]
        for _line in range(draw(st.sampled_from([0, 0, 1, 4]))):
            mark = draw(st.sampled_from(["  - ", "  - ", " - ", "  -", ""]))
            lines.append(f"{draw(st.sampled_from(TAGS))}{mark}{draw(texts)}")
        lines.append(draw(st.sampled_from([*["ER  - "] * 5, "ER  -", "ER", ""])))
    ends = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return ends.join(lines).encode(draw(st.sampled_from(ENCODINGS)), "replace")


ris_files = st.tuples(st.sampled_from(["a.ris", "a.ris", "a.txt"]), damaged(ris_bytes()))

braces = st.recursive(texts, lambda inner: inner.map(lambda text: f"{{{text}}}"), max_leaves=3)
FIELDS = ["author", "title", "year", "journal", "doi", "DOI", "booktitle", "publisher", "note", "Author", "ÿ", ""]
DEEP = ["{" * 20_000, "{" * 20_000 + "}" * 20_000, '"' * 1_001, "a # " * 3_000, "@" * 5_000]


USUAL_FIELDS = [
    "author = {Smith, Ann and Lee, Bo}",
    'year = "2019"',
    "journal = jan # { of trials}",
    "doi = {10.1000/a}",
    "year = 1999",
]


@st.composite
def bibtex_bytes(draw):
    """References as BibTeX: mostly right; or nested, joined, never closed, with keys of others and fields of no name."""
    blocks = []
    for number in range(draw(st.sampled_from([0, 1, 1, 2, 3]))):
        kind = draw(st.sampled_from([*["article"] * 6, "book", "string", "comment", "preamble", "ARTICLE", ""]))
        fields = [
            f"title = {{Study {number}}}",
            *draw(st.lists(st.sampled_from(USUAL_FIELDS), max_size=3, unique=True)),
        ]
        for _field in range(draw(st.sampled_from([0, 0, 0, 1, 3]))):
            value = draw(st.sampled_from(DEEP) if not draw(st.integers(0, 9)) else braces)
            form = draw(st.sampled_from(["{%s}", "{%s}", '"%s"', "%s", "{%s"]))
            fields.append(f"{draw(st.sampled_from(FIELDS))} = {form.replace('%s', value)}")
        key = draw(st.sampled_from([*[f"key{number}"] * 6, "a", "", "a b", "{", "ключ"]))
        opened, closed = draw(st.sampled_from([*["{}"] * 6, "()", "{ ", "{)"]))
        blocks.append(f"@{kind}{opened}{key}, {', '.join(fields)}{closed}")
    blocks.append(draw(st.sampled_from(["", "", "", "}}}", "@", "stray text"])))
    return "\n".join(blocks).encode(draw(st.sampled_from(ENCODINGS)), "replace")


bibtex_files = st.tuples(st.sampled_from(["a.bib", "a.bib", "a.txt"]), damaged(bibtex_bytes()))

well_named = st.one_of(csv_files, xlsx_files, ris_files, bibtex_files)
# Bytes that are one thing and are called another.
misnamed = st.tuples(
    st.sampled_from(["a.csv", "a.xlsx", "a.ris", "a.bib", "", "no suffix"]), well_named.map(lambda file: file[1])
)
FORMS = (csv_files, xlsx_files, ris_files, bibtex_files, misnamed)
