"""Tables handed out as CSV: read right by a spreadsheet, and no cell taken for a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable

from django.http import HttpResponse

# What makes a formula of a text, and what spreadsheets skip before it. Signs are looked at as NFKC folds
# them, which takes the full-width ones too (OWASP, "CSV Injection").
SIGNS = frozenset("=+-@|%")
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


def handed_out(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """These rows as the file `name`.csv, in UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([cell(said) for said in row] for row in rows)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
