"""No cell that was handed out is reckoned: opened in a spreadsheet, words stay words.

Planted: the same words without the apostrophe, which a reader that looks as spreadsheets do finds."""

import csv
import io
import unicodedata
import zipfile
from xml.parsers import expat

import pytest

from shangliang.base.ui import spreadsheets

FORMULAS = [
    "=1+1", "+8613800001111", "-2+3", "@SUM(A1:A9)", "|calc", "%0A=1", "=HYPERLINK(\"http://x\",\"领钱\")",
    "＝1+1", "＋1", "－1", "＠SUM(1)", "﹦1", "﹢1", "﹣1", "﹫SUM(1)", "|cmd' /C calc'!A0",
    " =1", "\u3000=1", "\t=1", "\r=1", "\n=1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u2028=1", " \u3000\t＝1",
]  # fmt: skip
HARMLESS = ["路灯不亮", "3 盏灯", "清溪县=好", "", "5%", "“=1”", "王-李", "0"]


def reckoned(text):
    """Whether a spreadsheet may reckon this cell: blanks and unseen marks skipped, width folded."""
    bare = "".join(c for c in text if not unicodedata.category(c).startswith(("Z", "C")))
    return (text[:1] in "\t\r\n" and bool(text)) or unicodedata.normalize("NFKC", bare)[:1] in tuple("=+-@|%")


def read(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("said", FORMULAS)
def test_no_cell_is_taken_for_a_formula(said):
    assert reckoned(said)  # as it was said it would be
    assert spreadsheets.cell(said) == f"'{said}"
    [[kept, beside]] = read(spreadsheets.handed_out("t", [[said, f'",{said}']]))
    assert kept[1:] == said
    assert not reckoned(kept)
    assert beside == f'",{said}'  # a quote in the words opens no cell of its own


@pytest.mark.parametrize("said", HARMLESS)
def test_plain_words_stay_as_they_are(said):
    assert spreadsheets.cell(said) == said


def test_numbers_of_ours_stay_numbers():
    assert spreadsheets.cell(-3) == "-3"


def test_it_is_a_file_that_excel_reads_as_chinese():
    answer = spreadsheets.handed_out("990101-voices", [["留言"]])
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"] == 'attachment; filename="990101-voices.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_signs_that_xml_does_not_allow_do_not_keep_a_workbook_from_opening():
    book = spreadsheets.as_workbook([["路灯\x00\x0b\x1f\ufffe\ud800坏了\t𠮷"]])
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    words: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = words.append
    parser.Parse(sheet, True)
    assert "".join(words) == "路灯坏了\t𠮷"
