"""Proposals that were not filed and came to a department as a letter: one of them, and the reply."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts import once
from shangliang.base.clock.words import nearing
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.flow.proposals import actions, queries, rules, sheets

from ..proposal_forms import Reply
from ..rail import let_in, rail


@require_GET
@login_required
def letter(request: Request, code: str) -> HttpResponse:
    """What was proposed, and what is asked of the department."""
    let_in(request.actor)
    return _page(request, queries.letter_to(code, request.actor))


def _page(request: Request, found: Any, form: Any = None, status: int = 200) -> HttpResponse:
    of = found.proposal
    mine = not found.reply and rules.replies(request.actor, of)
    context = {
        "rail": rail(request.actor, here="proposals"),
        "letter": found,
        "title": of.heading,
        "texts": of.said.texts[1:],
        "filers": sheets.filers(of, people.names({one.person for one in of.signatures.all()})),
        "due": None if found.reply else nearing(found.due),
        "urgings": [] if found.reply else queries.urgings(of),
        "form": (form or Reply()) if mine else None,
        "wrong": status != 200,
    }
    return render(request, "departments/letter.html", context, status=status)


@require_POST
@login_required
@once.once
def reply(request: Request, code: str) -> HttpResponse:
    """The department's own reply, once."""
    let_in(request.actor)
    found, seen = queries.letter_to(code, request.actor), once.seen(request)
    form = Reply(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.reply_letter(code, by=request.actor, seen=seen, words=form.cleaned_data["words"])
            messages.success(request, _("回复了，提案人和政协机关看得到。"))
            return redirect("departments:letter_in", code)
    return _page(request, found, form, status=422)
