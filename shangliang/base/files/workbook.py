"""What a workbook (XLSX) must pass before a row of it is read. Stands alone, knows no Django.

    python -m shangliang.base.files.workbook MOST_ROWS MOST_COLUMNS IN

Runs in a child process with little memory: what a reader makes of a hostile file ends the child and nothing
else. A workbook is a ZIP of XML. Each part is unpacked within one budget and looked through first: macros,
links to elsewhere, entities, formulas, cells far out (a reader lays down all the empty ones before them).
Prints one line of JSON: {"said": "ok", "rows": [[text, …], …]} or {"said": why not, "where": a cell}.
"""

import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineWorkbook

MEMORY = 600 << 20  # of address space
SECONDS = 15  # of CPU; thirty thousand rows need about two
UNPACKED = 64 << 20  # of all parts together
PARTS = 120
BOOK = "xl/workbook.xml"
OTHERS = ("content.xml", "mimetype", "xl/workbook.bin", "EncryptedPackage")  # workbooks of other kinds
ACTIVE = re.compile(
    r"vbaproject|/macrosheets/|/externallinks/|/activex/|/embeddings/|/ctrlprops/|/connections\.xml|/querytables/",
    re.IGNORECASE,
)
DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)(\d+)""")


class RefusedError(Exception):
    """`said`: why, in a word; `where`: a cell."""

    def __init__(self, said: str, where: str = "") -> None:
        super().__init__(said)
        self.said, self.where = said, where


def read(path: str, most_rows: int, most_columns: int) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as packed:
            _look_through(packed, most_rows, most_columns)
        rows = _rows(path, most_rows)
    except RefusedError as why:
        return {"said": why.said, "where": why.where}
    except (zipfile.BadZipFile, zipfile.LargeZipFile):
        return {"said": "kind"}
    except MemoryError:
        return {"said": "large"}
    except Exception:  # a reader may raise anything; to the person it is one thing
        return {"said": "broken"}
    return {"said": "ok", "rows": rows}


def _look_through(packed: zipfile.ZipFile, most_rows: int, most_columns: int) -> None:
    parts = packed.infolist()
    names = [part.filename for part in parts]
    if BOOK not in names or set(names) & set(OTHERS):
        raise RefusedError("kind")
    if len(parts) > PARTS or len({name.lower() for name in names}) != len(names):
        raise RefusedError("large" if len(parts) > PARTS else "broken")
    if any(ACTIVE.search(f"/{name}") for name in names):
        raise RefusedError("macro")
    left = UNPACKED
    for part in parts:
        if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusedError("kind")
        with packed.open(part) as content:
            said = content.read(left + 1)
        left -= len(said)
        if left < 0:
            raise RefusedError("large")
        if part.filename.lower().endswith((".xml", ".rels")):
            _look_at(part.filename, said, most_rows, most_columns)


def _look_at(name: str, said: bytes, most_rows: int, most_columns: int) -> None:
    """UTF-8 only, so that nothing is hidden from the looking in another encoding."""
    encoding = ENCODING.search(said[:200])
    if b"\0" in said or (encoding and encoding[1].lower() not in (b"utf-8", b"utf8")):
        raise RefusedError("broken")
    if DECLARED.search(said):
        raise RefusedError("entities")
    if b'TargetMode="External"' in said or b"TargetMode='External'" in said:
        raise RefusedError("macro")
    if not name.startswith("xl/worksheets/") or name.endswith(".rels"):
        return
    if found := FORMULA.search(said):
        before = PLACE.findall(said, 0, found.start())
        raise RefusedError("formula", b"".join(before[-1]).decode() if before else "")
    for column, row in PLACE.findall(said):
        if len(row) > 7 or int(row) > most_rows or len(column) > 2 or _number(column) > most_columns:
            raise RefusedError("far", (column + row).decode()[:12])


def _number(column: bytes) -> int:
    """AA is 27."""
    total = 0
    for letter in column.upper():
        total = total * 26 + letter - 64
    return total


def _rows(path: str, most_rows: int) -> list[list[str]]:
    book = CalamineWorkbook.from_path(path)
    try:
        names = book.sheet_names
        if not names:
            raise RefusedError("broken")
        sheet = book.get_sheet_by_name(names[0])
        if sheet.total_height > most_rows:
            raise RefusedError("rows")
        return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    finally:
        book.close()


def _text(cell: Any) -> str:
    """As somebody reads it: 139 and not 139.0, a day without its midnight."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def main() -> None:
    most_rows, most_columns, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    print(json.dumps(read(path, most_rows, most_columns), ensure_ascii=True), flush=True)


if __name__ == "__main__":
    main()
