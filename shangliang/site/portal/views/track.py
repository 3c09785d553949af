"""A resident follows their word: the tracking code opens the thread until it lies unused for thirty minutes;
then it is asked for again, and nothing typed is lost."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts.errors import NotNow, Unseen
from shangliang.base.charts.once import once, seen
from shangliang.base.files import vouchers
from shangliang.base.journal import queries as journal
from shangliang.base.journal import receipts
from shangliang.base.journal.codes import meant
from shangliang.base.people import limits
from shangliang.base.people.accounts import address
from shangliang.base.people.actor import Actor
from shangliang.base.people.middleware import KEPT, close_thread, open_thread, use_thread
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.base.ui.views import refuse
from shangliang.flow.voices import actions, queries, tracking
from shangliang.ledgers.notices import actions as notices

from .. import thread as pages

MOST, IN_ALL, SECONDS = 20, 6000, 600  # tries of one address, wrong ones of all, in ten minutes
LONGEST = 2100
LOOKED = "looked"  # session: the newest that had happened when they looked last


@never_cache
@require_http_methods(["GET", "POST"])
def track(request: Request) -> HttpResponse:
    """Ask for the code; a POST with the right one opens its thread. The code never stands in an address."""
    if request.method != "POST":
        return _ask(request)
    typed = request.POST.get("code", "")[:60]
    code = meant(typed)
    if not tracking.is_plausible(code):  # a slip of the pen, told without asking the database
        return _ask(request, typed=typed, fault=_slip(code), status=422)
    if not limits.allowed("track", address(request), most=MOST, seconds=SECONDS):
        return refuse(request, 429, retry_after=SECONDS)
    voice = queries.by_tracking_code(code)
    if voice is None:
        # Only wrong codes count in all: a crowd of guessers locks nobody out who holds their slip.
        if not limits.allowed("track", "all", most=IN_ALL, seconds=SECONDS):
            return refuse(request, 429, retry_after=SECONDS)
        fault = _("没有这个码，或者它已经不能用了。对着纸条再看一遍；找不着了，就到工作室说一声。")
        return _ask(request, typed=typed, fault=fault, status=422)
    request.session.cycle_key()
    open_thread(request, queries.author_of(voice))
    _remember(request, queries.author_of(voice))
    if kept := _typed(request):
        request.session[KEPT] = kept
    return _to_thread()


@never_cache
@require_GET
def thread(request: Request) -> HttpResponse:
    """Whose turn it is, the four facts, the verdict, what was said, what happened."""
    if not request.author:
        return redirect("portal:track")
    use_thread(request, request.author)
    return _thread(request, pages.forms_for(request.session.pop(KEPT, {})))


@never_cache
@require_GET
def act(request: Request) -> HttpResponse:
    """What the journal says of the voice's coming in, to the letter: its holder can reckon the leaf alone."""
    if not request.author:
        return redirect("portal:track")
    use_thread(request, request.author)
    if (found := receipts.of(request.author.thread)) is None:
        raise Unseen("act")
    answer = HttpResponse(found.text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="act-{found.number}.json"'
    return answer


@never_cache
@require_POST
def move(request: Request, move: str) -> HttpResponse:
    """Say a word, give or change the verdict, mend the public wording or appeal, withdraw, agree to be
    merged; or close the page on this phone."""
    if move == "close":
        close_thread(request)
        return _see(reverse("portal:track"))
    if move not in MOVES:
        raise Unseen(move)
    if not request.author or request.POST.get("voice", _code(request.author)) != _code(request.author):
        # After half an hour, or when another code was entered meanwhile: what was written for one voice
        # never goes into another's thread.
        fault = _("隔了半小时，再输一次查询码。您写的都还在，接着就能交。")
        return _ask(request, fault=fault, status=403)
    use_thread(request, request.author)
    return _move(request, move)


@once
def _move(request: Request, move: str) -> HttpResponse:
    assert request.author
    form = pages.bound(move, request)
    if form.is_valid():
        with blaming(form, files="photos"):
            given = form.cleaned_data
            if "photos" in given:
                given["photos"] += vouchers.take(request, request.POST.getlist("voucher"))
            try:
                said = MOVES[move](request.author, seen(request), given)
            except NotNow as why:
                raise pages.told_meanwhile(why, request.author, move, seen(request)) from why
            messages.success(request, said)
            return _to_thread()
    return _thread(request, {move: form}, status=422)


def _say(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    actions.say(_code(author), by=author, seen=None, words=given["words"], photos=given["photos"])
    return _("发出去了，办事的人看得到。")


def _judge(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    code = _code(author)
    marks = {
        "attitude": given["attitude"],
        "result": given["result"],
        "by": author,
        "seen": seen,
    }
    if given.get("again"):
        actions.reopen(code, verdict=given["verdict"], missing=given["missing"], **marks)
        return _("退回工作室再办一次了。")
    if given["verdict"] == "solved":
        actions.confirm(code, **marks)
        return _("记下了：您说解决了。")
    judge = actions.judge_partly if given["verdict"] == "partly" else actions.judge_not
    judge(code, missing=given["missing"], **marks)
    return _("记下了，谢谢您说这一句。")


def _mend(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    actions.mend(_code(author), by=author, seen=seen, words=given["words"])
    return _("改好了，等人看一眼。")


def _appeal(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    actions.appeal(_code(author), by=author, seen=seen, words=given["words"])
    return _("收到了。换一个人再看一遍，5 个工作日内答复您。")


def _change(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    said = {name: given[name] for name in ("verdict", "attitude", "result", "missing")}
    if given.get("again"):
        actions.reopen_after_all(_code(author), by=author, seen=seen, **said)
        return _("退回工作室再办一次了。")
    actions.change_verdict(_code(author), by=author, seen=seen, **said)
    return _("改好了，按您现在说的算。")


def _later(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    actions.follow_up(_code(author), by=author, seen=seen, said=given["said"])
    return _("退回工作室重新办了。") if given["said"] == "not" else _("记下了，谢谢您说这一句。")


def _ask_later(wanted: bool) -> Callable[[Actor, int | None, dict[str, Any]], str]:
    def said(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
        actions.set_follow_up(_code(author), by=author, wanted=wanted)
        return _("好，四周后问您一句。") if wanted else _("好，四周后不问您。")

    return said


def _private(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    actions.make_private(_code(author), by=author, seen=seen)
    return _("别人看不到您的话了，事情照样办。")


def _withdraw(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    actions.withdraw(_code(author), by=author, seen=seen)
    return _("撤回了，不再往下办。")


def _agree_merge(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    actions.agree_merge(_code(author), by=author, seen=seen)
    return _("好，和那一件一起办。那边的答复，这里也看得到。")


def _decline_merge(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    actions.decline_merge(_code(author), by=author, seen=seen)
    return _("好，还是单独办。")


def _unmerge(author: Actor, seen: int | None, given: dict[str, Any]) -> str:
    actions.unmerge(_code(author), by=author, seen=seen)
    return _("拆开了，接着单独办，日子还是原来的日子。")


MOVES = {
    "say": _say, "judge": _judge, "mend": _mend, "appeal": _appeal, "change": _change, "later": _later,
    "ask_later": _ask_later(True), "never_later": _ask_later(False), "private": _private,
    "withdraw": _withdraw, "agree_merge": _agree_merge, "decline_merge": _decline_merge,
    "unmerge": _unmerge,
}  # fmt: skip


def _code(author: Actor) -> str:
    return author.subject.removeprefix("voice:")


def _remember(request: Request, author: Actor) -> None:
    """What happened since they last opened it is marked as new while this thread stands open."""
    before = notices.looked(author, [author.thread, *journal.into(author.thread)])
    request.session[LOOKED] = before.isoformat() if before else ""


def _thread(request: Request, forms: dict[str, Any], status: int = 200) -> HttpResponse:
    assert request.author
    said = forms.get("say")
    lost = said is None or "photos" in said.errors
    since = request.session.get(LOOKED)
    before = datetime.fromisoformat(since) if since else None
    context = pages.of(request.author, forms, before) | {
        "brought": [] if lost else request.POST.getlist("voucher")
    }
    return render(request, "portal/thread.html", context, status=status)


def _ask(request: Request, *, typed: str = "", fault: str = "", status: int = 200) -> HttpResponse:
    context = {
        "typed": typed,
        "fault": fault,
        "kept": _typed(request),
        "open": bool(request.author) and request.method == "GET",
    }
    return render(request, "portal/track.html", context, status=status)


def _slip(code: str) -> str:
    """What is wrong with what was typed, as far as one can tell without looking it up."""
    if not code:
        return _("把查询码写在这里，一共 12 位。")
    if len(code) != tracking.LENGTH:
        return _("查询码是 12 位，您写了 %(n)s 位。对着纸条数一数。") % {"n": len(code)}
    return _("有一位抄错了。对着纸条再看一遍，空格和大小写都不要紧。")


def _typed(request: Request) -> dict[str, str]:
    """What was written into a form of the thread: hidden inputs `kept-…`, or that form itself."""
    if request.method != "POST":
        return {}
    found = {}
    for name in ("words", "missing", "verdict", "attitude", "result", "said"):
        value = request.POST.get(f"kept-{name}", "") or request.POST.get(name, "")
        if value.strip():
            found[name] = value[:LONGEST]
    here = request.resolver_match.kwargs.get("move", "") if request.resolver_match else ""
    move = request.POST.get("kept-move", "") or here
    return found | {"move": move[:20]} if found and move in MOVES else found


def _to_thread() -> HttpResponse:
    return _see(reverse("portal:thread"))


def _see(where: str) -> HttpResponse:
    response = HttpResponseRedirect(where)
    response.status_code = 303
    return response
