"""A research report on paper, for whichever door let its reader in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from shangliang.base.paper.answers import CHINESE, answer, word
from shangliang.base.people import queries as people

from . import queries, sheets


def pdf(request: HttpRequest, of: Any) -> HttpResponse:
    """The report (of `queries.followed`) as it stands. A draft lies in no cache."""
    return answer(request, sheets.REPORT, _said(of), name=sheets.name(of), keep=of.sent_on is not None)


def docx(of: Any) -> HttpResponse:
    """The same as a Word file, to go on with; the record is the PDF."""
    with override(CHINESE):
        return word(sheets.in_word(_said(of)), name=sheets.name(of))


def _said(of: Any) -> dict[str, Any]:
    names = people.names(sheets.people(of))
    with override(CHINESE):
        return sheets.report(of, queries.ready(of), queries.visits(of), names)
