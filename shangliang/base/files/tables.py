"""Tables that people bring, as workbook (XLSX) or CSV."""

import csv
import io
import json
import re
import subprocess
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from .. import apart

MOST_BYTES = 6 * 1024 * 1024
MOST_ROWS = 30_001  # with the head
MOST_COLUMNS = 20
LONGEST = 300  # characters of a cell
PATIENCE = 60  # seconds; the child's own limits on CPU and memory come first
ZIP = b"PK\x03\x04"
HAN = "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
SPREAD = re.compile(rf"{HAN}(?: +{HAN})+")  # 王 明, 登 录 名: written wide to stand level with longer ones


def rows(upload: UploadedFile) -> list[list[str]]:
    """The rows of the table's first sheet, each cell a text without blanks around it, blanks of every width
    as ordinary ones; empty rows too, so that a row's number is the one that its writer sees.

    ValidationError with one sentence: too large, too long, another kind of file, macros, links, entities,
    formulas, cells far out. Takes a second or two for a large one: call it before the transaction."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("表格不能大过 6 MB，分几次传。"))
    upload.seek(0)
    raw: bytes = upload.read()
    read = _workbook(raw) if raw.startswith(ZIP) else _csv(raw)
    found = [[_plain(cell) for cell in row] for row in read]
    for number, row in enumerate(found, start=1):
        for cell in row:
            if len(cell) > LONGEST or not (cell.isprintable() or not cell):
                raise ValidationError(
                    _("第 %(line)s 行有一格读不成字，或者长过 %(most)s 个字。")
                    % {"line": number, "most": LONGEST}
                )
    return found


def together(cell: str) -> str:
    """A name or a head without the blanks between its characters, if it is single Chinese characters and
    blanks throughout (王 明 is 王明); another text as it is."""
    return cell.replace(" ", "") if SPREAD.fullmatch(cell) else cell


def _plain(cell: str) -> str:
    """Full-width blanks, and those that do not break a line, are typed without a thought here."""
    if cell.isascii():
        return cell
    return "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in cell).strip()


def _csv(raw: bytes) -> list[list[str]]:
    """Spreadsheets here write UTF-8 with a mark, or GB 18030."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    if "\0" in text or "�" in text:
        raise ValidationError(_("这个文件读不成表格。请另存为 XLSX 或 CSV 再传。"))
    reader, found = csv.reader(io.StringIO(text, newline="")), list[list[str]]()
    try:
        for row in reader:
            if len(found) >= MOST_ROWS:
                raise ValidationError(_said("rows"))
            if len(row) > MOST_COLUMNS:
                raise ValidationError(_said("far", str(reader.line_num)))
            found.append([cell.strip() for cell in row])
    except csv.Error as fault:
        words = _("第 %(line)s 行读不下去，看看引号成不成对。")
        raise ValidationError(words % {"line": reader.line_num}) from fault
    return found


def _workbook(raw: bytes) -> list[list[str]]:
    with TemporaryDirectory(prefix="sheet-") as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(raw)
        answer = _child(path)
    if answer["said"] != "ok":
        raise ValidationError(_said(answer["said"], answer.get("where", "")))
    return [[cell.strip() for cell in row] for row in answer["rows"]]


def _child(path: Path) -> dict[str, Any]:
    limits = str(MOST_ROWS), str(MOST_COLUMNS)
    try:
        ended = apart.run(f"{__package__}.workbook", *limits, str(path), patience=PATIENCE)
        answer: dict[str, Any] = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, ValueError):  # it ended before it could say anything
        return {"said": "large"}
    return answer


def _said(why: str, where: str = "") -> str:
    where = _("第 %(line)s 行") % {"line": where} if where.isdigit() else where
    words = {
        "kind": _("这不是 XLSX 表格，或者加了密码。请另存为 XLSX 或 CSV 再传。"),
        "broken": _("这个表格打不开。请另存一份再传。"),
        "large": _("这个表格展开以后太大了。只留要导入的那一张表，再传。"),
        "rows": _("一次最多 %(most)s 行，分几次传。") % {"most": MOST_ROWS - 1},
        "macro": _("表格里带着宏、外部链接或嵌着别的文件。请另存一份干净的，再传。"),
        "entities": _("表格里有不该有的定义。请用表格软件另存一份，再传。"),
        "formula": _("%(where)s 这一格是公式。请选中全表，粘贴成值，再传。") % {"where": where or "?"},
        "far": _("%(where)s在表格外面很远的地方。删掉空行空列，只留名单，再传。") % {"where": where or "?"},
    }
    return words.get(why, words["broken"])
