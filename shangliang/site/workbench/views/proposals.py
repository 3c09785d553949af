"""A member's proposals: the list with what waits for them, a new one, one of them, signing and rating."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.charts.errors import Unseen
from shangliang.base.clock.words import nearing
from shangliang.base.journal.pages import drawn_until_an_act
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import paging
from shangliang.base.ui.forms import blaming, typed
from shangliang.base.ui.views import refuse
from shangliang.flow.proposals import actions, measure, queries, reasons, rules, telling
from shangliang.flow.proposals.forms import Begin, Invite, Mend, Rate, Seal, Write, soonest
from shangliang.flow.proposals.states import CHART, SIGNING_CHART
from shangliang.flow.reports import changes
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.papers import of as papers_of
from shangliang.flow.voices.queries import tied

from .. import alike, waiting


@require_GET
@login_required
def proposals(request: Request) -> HttpResponse:
    """What waits for a signature or a rating; one's own and those that one signed, the last to move first."""
    actor = request.actor
    waiting.let_in(actor)
    rows, after = paging.listed(queries.own_lines, actor, after=request.GET.get("after", ""))
    asked = queries.first_asked(actor, clock.today())
    context = {
        "asked": [(row, nearing(row.sign_by)) for row in queries.ready(asked)],
        "to_rate": queries.ready(queries.first_to_rate(actor)),
        "rows": [(row, telling.TONES[row.state], telling.beside(row)) for row in queries.ready(rows)],
        "more": f"?after={after}" if after else "",
    }
    return render(request, "workbench/proposals.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def write(request: Request) -> HttpResponse:
    """A new one; `voice`: from this voice, of which no word is taken over: a filed proposal stays."""
    actor = request.actor
    waiting.let_in(actor)
    found = queries.committees(actor)
    code = typed(request, "voice") or request.GET.get("voice", "")[:12]
    voice = voices.get(code, actor) if code else None
    form = Begin(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with blaming(form):
            to = places.committee(form.cleaned_data["committee"])
            made = actions.draft(to, by=actor, said=form.said(), voice=code)
            if once.quiet(request):
                return once.kept(reverse("workbench:proposal", args=[made.code]), made.version)
            messages.success(request, _("存好了，只有您看得到。看一遍再交，或者请人联名。"))
            return redirect("workbench:proposal", made.code)
    status = 422 if request.method == "POST" else 200
    return render(request, "workbench/proposal_write.html", {"form": form, "voice": voice}, status=status)


def _own(request: Request, code: str) -> Any:
    """One that this member leads, signed or is asked to sign. Unseen for what is theirs at another door."""
    waiting.let_in(request.actor)
    found = queries.proposal(code, request.actor)
    if not rules.concerned(request.actor, found):
        raise Unseen(code)
    return found


@require_GET
@login_required
def proposal(request: Request, code: str) -> HttpResponse:
    """One of them. `part`: one of `PARTS` drawn too; `version`: what changed in it from the one before. For
    htmx that part alone."""
    found, part = _own(request, code), request.GET.get("part", "")
    if "HX-Request" not in request.headers or not part:
        return _page(request, found)
    drawn = _part(request, found, part)
    if drawn is None:
        raise Http404(part)
    return HttpResponse(drawn)


def _alike(request: Request, found: Any) -> str | None:
    """While one may go on with it."""
    actor = request.actor
    if not CHART.may("redraft", actor, found):
        return None
    return alike.drawn("proposal", found, actor, lambda: queries.outcomes_alike(found, actor))


def _versions(request: Request, found: Any) -> str | None:
    """Once it was put up for signing, or sent: to whoever leads, and to whoever was asked to sign it."""
    if rules.alone(found):
        return None
    actor, asked = request.actor, request.GET.get("version", "")

    def draw() -> str:
        rows = changes.versions(queries.versions(found), asked)
        return render_to_string("workbench/proposal_versions.html", {"proposal": found, "versions": rows})

    return drawn_until_an_act("work proposal", VERSIONS, actor.key, actor.posts, found.code, asked, draw=draw)


VERSIONS = "versions"
PARTS: dict[str, Callable[[Request, Any], str | None]] = {alike.PART: _alike, VERSIONS: _versions}


def _part(request: Request, found: Any, name: str) -> str | None:
    """A part that costs as much as the rest of the page. None if there is none of it."""
    return PARTS[name](request, found) if name in PARTS else None


def _page(request: Request, found: Any, move: str = "", form: Any = None, status: int = 200) -> HttpResponse:
    actor, mine = request.actor, queries.own_signature(request.actor, found)
    opened = {row.name for row in CHART.open_to(actor, found)}
    signing = {row.name for row in SIGNING_CHART.open_to(actor, mine)} if found.state == "signing" else set()
    queries.ready([found])
    answers = queries.sent_answers(found)
    rating = queries.rating_of(actor, found)
    rates = found.state == "answered" and rating is None and SIGNING_CHART.may("rate", actor, mine)
    names = people.names({one.person for one in found.signatures.all()})
    part = request.GET.get("part", VERSIONS if "version" in request.GET else "")
    context = {
        "proposal": found,
        "voice": tied.behind(found.voice_id, actor),
        "tone": telling.TONES[found.state],
        "beside": telling.beside(found),
        "texts": found.said.texts[1:],
        "mine": mine,
        "leads": rules.leads(actor, found),
        "opened": opened,
        "signing": signing,
        "form": (form if move == "redraft" and form else _text(actor, found))
        if "redraft" in opened
        else None,
        "settled": "readdress" in opened and not rules.alone(found),
        "invite": _form("invite", found, move, form) if "invite" in opened and _joint(found) else None,
        "seal": _form("seal", found, move, form) if "seal" in opened and found.collective else None,
        "sealed": papers_of([found.seal])[found.seal],
        "rate": _form("rate", found, move, form) if rates else None,
        "wrong": form if status != 200 else None,
        "move": move,
        "signers": [(one, names.get(one.person, "")) for one in queries.signers_to(actor, found)],
        "notes": queries.notes(found),
        "report": queries.report_of(found, actor),
        "letter": queries.letter_of(found) if found.state == "not_filed" else None,
        "reason": reasons.words(found.reason, found.sent_on) if found.reason else "",
        "held": queries.standing(found),
        "contacts": queries.contacts(found),
        "answers": answers,
        "rating": rating,
        "reviews": [(one, measure.band(one.total)) for one in queries.reviews(found)] if rating else [],
        "kept": not rules.alone(found),
        # What came back the office reads as it stands, and whoever is asked to sign: saved only when pressed.
        "autosaved": found.state == "draft",
        "apart": {part: _part(request, found, part)},
    }
    return render(request, "workbench/proposal.html", context, status=status)


def _joint(found: Any) -> bool:
    return str(found.kind) == "joint"


def _form(name: str, found: Any, move: str, form: Any) -> Any:
    if name == move and form is not None:
        return form
    if name == "seal":
        return Seal(auto_id="seal_%s")
    if name == "invite":
        return Invite(found, initial=soonest(), auto_id="invite_%s")
    return Rate(auto_id="rate_%s")


def _text(actor: Actor, found: Any, sent: QueryDict | None = None) -> Any:
    """What one goes on with; of a draft that nobody else was asked to sign also to which committee."""
    parts = dict(zip(("title", "situation", "analysis", "advice"), found.texts, strict=True))
    more = {"kind": found.kind, "body": found.body, "may_publish": found.may_publish}
    about: dict[str, Any] = {"initial": parts | more, "auto_id": "redraft_%s"}
    if CHART.may("readdress", actor, found) and rules.alone(found):
        return Mend(queries.committees(actor), found.committee, sent, **about)
    return Write(sent, **about)


OF_TEXT = ("redraft", "send")
PLAIN = ("withdraw", "take_back")
OF_SIGNATURE = ("sign", "decline", "call_off")
MOVES = (*OF_TEXT, *PLAIN, *OF_SIGNATURE, "invite", "seal", "rate")


@require_POST
@login_required
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Keep, send, ask for signatures, sign, rate. Who handled it does not rate it: that it was tried is
    written down, outside the form's transaction, which is undone."""
    if move == "rate" and actions.refuse_rating(code, by=request.actor):
        words = _(
            "您这个账号也替承办单位办事，不能评它的答复。没有评，记下了。请用别的账号，或者请机关帮忙。"
        )
        return refuse(request, 403, words)
    return _moved(request, code, move)


def _signer(request: Request, found: Any) -> bool:
    return queries.signature_of(request.actor, found) is not None


@once.once
def _moved(request: Request, code: str, move: str) -> HttpResponse:
    found, seen = queries.proposal(code, request.actor), once.seen(request)
    if move not in MOVES or (move in ("rate", *OF_SIGNATURE[:2]) and not _signer(request, found)):
        raise Http404(move)
    if move in OF_SIGNATURE:
        return _of_signature(request, found, move, seen)
    if move == "rate":
        return _rate(request, found, seen)
    CHART.check(move, found, by=request.actor, seen=seen)
    if move in PLAIN:
        getattr(actions, move)(code, by=request.actor, seen=seen)
        messages.success(request, _said(move))
        return redirect("workbench:proposal", code)
    if move == "invite":
        return _invite(request, found, seen)
    if move == "seal":
        return _seal(request, found, seen)
    return _written(request, found, move, seen)


def _said(move: str) -> str:
    return {
        "withdraw": _("收回来了，不再往下办。"),
        "take_back": _("收回来了，可以改。签过的要重新签。"),
        "sign": _("签了名。交上去以后走到哪一步，这里都看得到。"),
        "decline": _("您没有签，领衔的委员看得到。"),
        "call_off": _("收回邀请了。"),
    }[move]


def _written(request: Request, found: Any, move: str, seen: int | None) -> HttpResponse:
    """Keep the draft, or send it with what stands in the form; while it is signed there is no form."""
    code, by = found.code, request.actor
    if move == "send" and found.state == "signing":
        actions.send(code, by=by, seen=seen)
        messages.success(request, _("交上去了。审查、立案、办理，每走一步这里都看得到。"))
        return redirect("workbench:proposal", code)
    form = _text(by, found, request.POST)
    if form.is_valid():
        with blaming(form):
            kept = actions.redraft(code, by=by, seen=seen, said=form.said())
            if to := form.cleaned_data.get("committee"):
                kept = actions.readdress(code, by=by, seen=kept.version, to=places.committee(to))
            if once.quiet(request):
                return once.kept(reverse("workbench:proposal", args=[code]), kept.version)
            if move == "send":
                actions.send(code, by=by, seen=kept.version)
                messages.success(request, _("交上去了。审查、立案、办理，每走一步这里都看得到。"))
            elif found.state == "returned":
                messages.success(request, _("存好了。再交以前，提案委和请来联名的委员也看得到。"))
            else:
                messages.success(request, _("存好了，只有您看得到。"))
            return redirect("workbench:proposal", code)
    return _page(request, found, "redraft", form, status=422)


def _invite(request: Request, found: Any, seen: int | None) -> HttpResponse:
    form = Invite(found, request.POST, auto_id="invite_%s")
    if form.is_valid():
        with blaming(form):
            actions.invite(found.code, by=request.actor, seen=seen, **form.cleaned_data)
            messages.success(request, _("请了。他们签没签，这里看得到。"))
            return redirect("workbench:proposal", found.code)
    return _page(request, found, "invite", form, status=422)


def _seal(request: Request, found: Any, seen: int | None) -> HttpResponse:
    form = Seal(request.POST, request.FILES, auto_id="seal_%s")
    if form.is_valid():
        with blaming(form, files="scan"):
            actions.seal(found.code, by=request.actor, seen=seen, **form.cleaned_data)
            messages.success(request, _("盖章件附上了。"))
            return redirect("workbench:proposal", found.code)
    return _page(request, found, "seal", form, status=422)


def _of_signature(request: Request, found: Any, move: str, seen: int | None) -> HttpResponse:
    """One's own, or, to call it off, the one that the form names."""
    named = request.POST.get("signature", "")[:12].replace("\0", "")
    mine = queries.own_signature(request.actor, found)
    code = named if move == "call_off" else mine.code
    getattr(actions, move)(code, by=request.actor, seen=seen)
    messages.success(request, _said(move))
    return redirect("workbench:proposals" if move == "decline" else "workbench:proposal", *(
        [] if move == "decline" else [found.code]
    ))  # fmt: skip


def _rate(request: Request, found: Any, seen: int | None) -> HttpResponse:
    mine = queries.own_signature(request.actor, found)
    SIGNING_CHART.check("rate", mine, by=request.actor, seen=seen)
    form = Rate(request.POST, auto_id="rate_%s")
    if form.is_valid():
        with blaming(form):
            actions.rate(mine.code, by=request.actor, seen=seen, said=form.said())
            messages.success(request, _("评价记下了。"))
            return redirect("workbench:proposal", found.code)
    return _page(request, found, "rate", form, status=422)
