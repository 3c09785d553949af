"""What is public of proposals: the list, and one with its answers; the letters on paper."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.pages import kept_until_an_act
from shangliang.base.paper.answers import CHINESE, answer, word
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import paging

from . import queries, sheets


@require_GET
@kept_until_an_act
def listing(request: Request) -> HttpResponse:
    """Answered proposals that everybody may read, the last answer first. `in`: one committee and below."""
    under = places.committee(request.GET["in"]) if request.GET.get("in") else None
    found = queries.public_in(under.path if under else "")
    rows, after = paging.page(found, request.GET.get("after", ""))
    more = {"in": under.code if under else "", "after": after}
    context = {
        "rows": queries.ready(rows),
        "under": under,
        "more": "?" + urlencode({name: said for name, said in more.items() if said}) if after else "",
    }
    return render(request, "proposals/list.html", context)


@require_GET
@kept_until_an_act
def proposal(request: Request, code: str) -> HttpResponse:
    """One with its answers, as everybody reads it."""
    found = queries.public_one(code)
    queries.ready([found])
    context = {
        "proposal": found,
        "texts": found.said.texts[1:],
        "filers": sheets.filers(found, _names(found)),
        "answers": [one for one in queries.sent_answers(found) if one.public],
        "kept_back": [one for one in queries.sent_answers(found) if not one.public],
        "rechecks": [note for note in queries.notes(found) if note.about == "rechecked"],
    }
    return render(request, "proposals/proposal.html", context)


@require_GET
def letter(request: Request, code: str, pk: int) -> HttpResponse:
    """An answer's letter, as it goes to the filers: for them, the office, the departments, and everybody
    where it is public."""
    data, name = _letter(request, code, pk)
    return answer(request, sheets.REPLY, data, name=name)


@require_GET
def letter_in_word(request: Request, code: str, pk: int) -> HttpResponse:
    """The same as a Word file, to go on with; the record is the PDF."""
    data, name = _letter(request, code, pk)
    with override(CHINESE):
        draft = sheets.reply_in_word(data)
    return word(draft, name=name)


@require_GET
def passed(request: Request, code: str) -> HttpResponse:
    """The letter that a proposal became which was not filed: for who reads the proposal whole, and for the
    department that replies to it."""
    found = queries.letter_read(code, request.actor)
    with override(CHINESE):
        data = sheets.passed(found, _names(found.proposal))
    return answer(request, sheets.PASSED, data, name=data["number"])


def _letter(request: Request, code: str, pk: int) -> tuple[dict[str, Any], str]:
    """What the letter says, and what its file is called. Unseen for whom it is not."""
    found, whole = queries.readable(code, request.actor)
    said = queries.letter(pk, found)
    if not whole and not said.public:
        raise Unseen(code)
    queries.ready([found])
    with override(CHINESE):
        data = sheets.reply(found.head, found, said, _names(found))
    return data, f"{_('提案复函')} {said.letter_number}"


def _names(found: Any) -> dict[str, str]:
    return people.names({one.person for one in found.signatures.all()})
