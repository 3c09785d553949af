"""The page of GB/T 9704-2012 as a Word file: a draft to go on with. The record is the PDF.

The lengths are those of typst/gb9704.typ. Word's grid counts lines only (`type="lines"`): with its character
grid LibreOffice gives each character two cells. So a character is drawn together by a quarter of a point, and
28 of them fill 441.0 of the line's 442.2 points, while 29 do not fit.
"""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ..ui.spreadsheets import NOT_XML

CELL, PITCH = Pt(15.79), Pt(28.95)  # 579 twentieths of a point: rounded down, or 22 lines do not fit
SIZE2, SIZE3, SIZE4 = Pt(22), Pt(16), Pt(14)
RED = RGBColor(0xE6, 0x00, 0x12)
# The faces as offices have them; where one is missing Word takes another of the same kind.
FACES = {"fangsong": "仿宋_GB2312", "hei": "黑体", "kai": "楷体_GB2312", "song": "方正小标宋简体"}
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # the file says nothing of when and by whom it was drawn
NUMERAL = "一二三四五六七八九十百"
# What Word wants in this order, and python-docx appends.
P_ORDER = (
    "keepNext",
    "keepLines",
    "pBdr",
    "autoSpaceDE",
    "autoSpaceDN",
    "snapToGrid",
    "spacing",
    "ind",
    "jc",
)


class Sheet:
    """A document, from its head to its foot."""

    def __init__(self, title: str, issuer: str = "") -> None:
        self.document = docx.Document()
        about = self.document.core_properties
        about.title, about.author, about.comments = _plain(title).replace("\n", " ")[:255], issuer, ""
        about.created = about.modified = LONG_AGO
        self.document.settings.odd_and_even_pages_header_footer = True  # folios on the outer side
        _page(self.document.sections[0])
        _normal(self.document.styles["Normal"])

    def corner(self, words: str) -> None:
        """紧急程度 and the like, top left."""
        self.line(words, "hei", indent=False)

    def masthead(self, name: str, number: str, signer: str = "") -> None:
        """The red name, the number under it (with who signed), and the red line."""
        size = min(48.0, 442 / max(1, len(name)))
        self.line("", indent=False).paragraph_format.space_before = Mm(20)
        self.line(name, "song", centre=True, size=Pt(size), colour=RED, exact=Pt(size * 1.3))
        self.blank()
        if signer:
            _run(self.between(number, _("签发人：")), signer, "kai", SIZE3)
        else:
            self.line(number, centre=True)
        _ruled(self.line("", indent=False, exact=Pt(6)), "bottom", 12, "E60012")

    def letterhead(self, name: str) -> None:
        """The red name of a letter over its red line; there is no number under it."""
        size = min(40.0, 442 / max(1, len(name)))
        self.line(name, "song", centre=True, size=Pt(size), colour=RED, exact=Pt(size * 1.3))
        _ruled(self.line("", indent=False, exact=Pt(6)), "bottom", 16, "E60012")

    def between(self, left: str, right: str) -> Paragraph:
        """One line with words at both its ends."""
        row = self.line(f"{left}\t{right}", indent=False)
        row.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
        return row

    def headline(self, words: str) -> None:
        self.blank(2)
        for part in words.split("\n"):
            self.line(part, "song", centre=True, size=SIZE2)

    def blank(self, lines: int = 1) -> None:
        for _line in range(lines):
            self.line("", indent=False)

    def passage(self, text: str) -> None:
        """Paragraphs; a heading is known by its own number, as on the PDF."""
        for line in filter(None, map(str.strip, text.split("\n"))):
            if line[0] in NUMERAL and "、" in line[:4]:
                self.line(line, "hei")
            elif line[0] == "（" and line[1:2] and line[1] in NUMERAL:
                head, stop, rest = line.partition("。")
                _run(self.line(head + stop, "kai"), rest, "fangsong", SIZE3)
            else:
                self.line(line)

    def signature(self, name: str, date: str) -> None:
        self.blank()
        long, wide = len(name) * CELL, len(date) * CELL * 3 // 4
        for words, own in ((name, max(0, 4 * CELL - (long - wide) // 2)), (date, 4 * CELL)):
            row = self.line(words, indent=False)
            row.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            row.paragraph_format.right_indent = own

    def colophon(self, rows: Iterable[str]) -> None:
        """版记: ruled rows. Word keeps them where the text ends."""
        self.blank()
        said = list(rows)
        for n, words in enumerate(said):
            row = self.line(words, size=SIZE4, indent=False)
            row.paragraph_format.left_indent = SIZE4
            row.paragraph_format.keep_together = True
            row.paragraph_format.tab_stops.add_tab_stop(Mm(156) - SIZE4, WD_TAB_ALIGNMENT.RIGHT)
            _ruled(row, "top", 8 if n == 0 else 6)
            if n == len(said) - 1:
                _ruled(row, "bottom", 8)

    def line(
        self, words: str, face: str = "fangsong", *, centre: bool = False, indent: bool = True,
        size: Pt = SIZE3, colour: RGBColor | None = None, exact: Pt | None = None,
    ) -> Paragraph:  # fmt: skip
        """One paragraph on the grid; of another height where `exact` says so."""
        row = self.document.add_paragraph()
        shape = row.paragraph_format
        if centre:
            row.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif indent:
            shape.first_line_indent = 2 * CELL
        if exact or size > SIZE3:  # a title of 22 points would take two lines of the grid
            _off_grid(row)
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, exact or PITCH
        _run(row, words, face, size, colour)
        return row

    def file(self) -> bytes:
        for row in self.document.element.body.iter(qn("w:pPr")):
            _sorted(row)
        for section in self.document.sections:
            for foot in (section.footer, section.even_page_footer):
                for row in foot._element.iter(qn("w:pPr")):
                    _sorted(row)
        held = io.BytesIO()
        self.document.save(held)
        return held.getvalue()


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(35 - 7 - 5)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    section.different_first_page_header_footer = False
    _folio(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    section.footer.is_linked_to_previous = False
    even = section.even_page_footer
    even.is_linked_to_previous = False
    _folio(even, WD_ALIGN_PARAGRAPH.LEFT)


def _folio(foot: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, one character in from the outer edge."""
    row = foot.paragraphs[0]
    row.alignment = side
    edge = "right_indent" if side == WD_ALIGN_PARAGRAPH.RIGHT else "left_indent"
    setattr(row.paragraph_format, edge, SIZE4)
    _run(row, "— ", "song", SIZE4)
    for kind in ("begin", None, "end"):  # in runs of their own, or LibreOffice drops the size
        run = _run(row, "", "song", SIZE4)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = "PAGE"
        run._r.append(mark)
    _run(row, " —", "song", SIZE4)


def _normal(style: Any) -> None:
    style.font.name, style.font.size = FACES["fangsong"], SIZE3
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACES["fangsong"])
    tight = OxmlElement("w:spacing")
    tight.set(qn("w:val"), "-5")
    style.element.rPr.insert(1, tight)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = 1
    shape.widow_control = False
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        style.element.get_or_add_pPr().append(off)
    _sorted(style.element.pPr)


def _plain(words: str) -> str:
    """Without what XML does not allow, which python-docx refuses; vertical tabs and form feeds are breaks."""
    return NOT_XML.sub("", words.replace("\x0b", "\n").replace("\x0c", "\n"))


def _run(row: Paragraph, words: str, face: str, size: Pt, colour: RGBColor | None = None) -> Run:
    run = row.add_run(_plain(words))
    run.font.name, run.font.size = FACES[face], size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACES[face])
    if colour is not None:
        run.font.color.rgb = colour
    return run


def _off_grid(row: Paragraph) -> None:
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    row._p.get_or_add_pPr().append(off)


def _ruled(row: Paragraph, side: str, eighths: int, colour: str = "000000") -> None:
    """A rule over or under a paragraph, in eighths of a point."""
    own = row._p.get_or_add_pPr()
    borders = own.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        own.append(borders)
    rule = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "0"), ("color", colour)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)


def _sorted(own: Any) -> None:
    """Its children in the schema's order: ours by `P_ORDER`, what goes before and after as it stood."""
    rank = {qn(f"w:{name}"): n for n, name in enumerate(P_ORDER, start=1)}
    last = {qn("w:rPr"), qn("w:sectPr"), qn("w:pPrChange")}
    own[:] = sorted(own, key=lambda child: len(P_ORDER) + 1 if child.tag in last else rank.get(child.tag, 0))
