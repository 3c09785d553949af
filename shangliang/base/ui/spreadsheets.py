"""Tables to take along, as CSV or workbook: read right by a spreadsheet, and no cell taken for a formula."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.http import HttpResponse

# What makes a formula of a text, and what spreadsheets skip before it. Signs are looked at as NFKC folds
# them, which takes the full-width ones too (OWASP, "CSV Injection").
SIGNS = frozenset("=+-@|%")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
SKIPPED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def cell(said: object) -> str:
    """A value as the text of a cell. One that a spreadsheet might reckon gets an apostrophe before it, which
    shows it as it was said; numbers of ours stay numbers."""
    if isinstance(said, int):
        return str(said)
    words = str(said)
    first = next((c for c in words if unicodedata.category(c) not in SKIPPED), "")
    begins = unicodedata.normalize("NFKC", first)[:1]
    turned = words[:1] in {"\t", "\r", "\n"}
    return f"'{words}" if turned or begins in SIGNS else words


def as_csv(table: Iterable[Iterable[object]]) -> bytes:
    """In UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([cell(said) for said in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(table: Iterable[Iterable[object]], name: str = "Sheet1") -> bytes:
    """The smallest workbook: one sheet, every cell a text, never a formula. Signs that XML does not allow are
    left out: with one of them the whole workbook would not open."""
    lines = "".join(
        f'<row r="{n}">{"".join(_cell(n, at, cell) for at, cell in enumerate(row))}</row>'
        for n, row in enumerate(table, start=1)
    )
    office, packages = "http://schemas.openxmlformats.org", "application/vnd.openxmlformats"
    related = f"{office}/officeDocument/2006/relationships"
    main, head = (
        f"{office}/spreadsheetml/2006/main",
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{packages}-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        f'ContentType="{packages}-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{packages}-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{related}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{related}"><sheets>'
        f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{related}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, said in parts.items():
            packed.writestr(part, head + said)
    return out.getvalue()


def _cell(row: int, column: int, said: object) -> str:
    place = f"{chr(65 + column)}{row}"
    words = escape(NOT_XML.sub("", str(said)))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def handed_out(name: str, table: Iterable[Iterable[object]]) -> HttpResponse:
    """The table as the file `name`.csv."""
    response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
