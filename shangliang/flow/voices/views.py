"""The studio's door, the receipt that is shown once, and the page of a voice that is shown, where others
support it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.charts.once import form_key, once
from shangliang.base.files import vouchers
from shangliang.base.journal.codes import meant
from shangliang.base.journal.pages import kept_until_an_act
from shangliang.base.paper.answers import answer
from shangliang.base.people import assisting, limits
from shangliang.base.people import queries as people
from shangliang.base.people.accounts import address
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import privacy
from shangliang.base.people.request import Request
from shangliang.base.places.presets import numbers
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blaming
from shangliang.base.ui.views import refuse
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios import timetable

from . import actions, marks, papers, queries, sheets, standing, told, tracking
from .forms import Follow, Leave
from .queries import near, shared, tied

RECEIPT = "receipt"  # session: the key of the form, from which the code is reckoned once more
MOST, IN_ALL, SECONDS = 30, 600, 3600  # voices from one address (a village may share one), to one studio
ECHOES = 3
SUPPORTS = 60  # for or back, from one address to one voice in an hour: a whole village may share one
LOOKS, LOOKED_AT = 200, 2000  # similar ones asked for from an address in an hour; characters looked at
SLIPS, WRONG, SLIP_SECONDS = 20, 6000, 600  # slips for one address, wrong codes of all, in ten minutes


@require_http_methods(["GET", "POST"])
@kept_until_an_act
def door(request: Request, code: str, seat: str = "") -> HttpResponse:
    """The form of a studio; a POST leaves the voice and goes on to its receipt. `seat`: the code of the
    member's sheet by which somebody came: the same door, and the voice says through whom."""
    if request.method != "POST":
        stopped = studios.gone(code)
        return _gone(request, stopped) if stopped else _door(request, code, seat, Leave())
    if not limits.allowed("leave", address(request), most=MOST, seconds=SECONDS):
        return _later(
            request,
            code,
            seat,
            _("这个网络一小时里交得太多了，歇一会儿再交。您写的都还在，也可以直接打电话。"),
        )
    if not limits.allowed("leave_in_all", code, most=IN_ALL, seconds=SECONDS):
        return _later(
            request,
            code,
            seat,
            _("这间工作室一小时里收得太多了，歇一会儿再交。您写的都还在，也可以直接打电话。"),
        )
    response = _leave(request, code, seat)
    if response.status_code == 303:  # a form sent again too: its first answer may never have arrived
        request.session[RECEIPT] = form_key(request)
    return response


def _gone(request: Request, studio: Any) -> HttpResponse:
    """The code of a studio that is suspended or closed still hangs on its door: where to go now."""
    context = {"studio": studio, "heir": studios.successor_of(studio), "sample": studio.committee.sample}
    return render(request, "voices/door_gone.html", context)


def _later(request: Request, code: str, seat: str, said: str) -> HttpResponse:
    form = Leave(request.POST)
    form.add_error(None, said)
    return _door(request, code, seat, form, status=429)


@once
def _leave(request: Request, code: str, seat: str) -> HttpResponse:
    form = Leave(request.POST, request.FILES)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("words", "kind", "place", "phone")}
        key, studio = form_key(request), studios.door(code)
        held = assisting.of(request)
        if request.POST.get("assisted", "") != (held.code if held else ""):
            said = _("「帮他写」已经结束了。您写的都还在，重新开始再交。")
            return refuse(request, 409, said, title=_("没有交上去，您写的都还在"))
        with blaming(form, files="photos"):
            photos = [*form.cleaned_data["photos"], *vouchers.take(request, _brought(request))]
            given |= {"public": form.public, "form_key": key, "photos": photos}
            if held:
                actions.record_told(
                    studio, by=request.actor, channel="", consent=True, said_on=clock.today(),
                    assisted=held.code, **given,
                )  # fmt: skip
            else:
                actions.leave(studio, by=request.actor, seat=seat, **given)
            response = HttpResponseRedirect(reverse("voices:receipt"))
            response.status_code = 303
            return response
    return _door(request, code, seat, form, status=422)


@never_cache
@require_POST
def alike(request: Request, code: str, seat: str = "") -> HttpResponse:
    """Public voices of this place that may say the same as what is being written: a part for the script, the
    whole door, with everything typed, for a browser without. Nothing is kept of the words, nothing is sent
    by it, and whoever asks too often is shown none."""
    words, found = request.POST.get("words", "").replace("\0", "")[:LOOKED_AT], []
    if limits.allowed("alike", address(request), most=LOOKS, seconds=SECONDS):
        found = [
            (match.item, standing.public_words(match.item)[0], match.telling[:4])
            for match in near.similar_shown(words, studios.door(code).committee.path)
        ]
    if "X-Part" in request.headers:
        return render(request, "voices/alike.html", {"alike": found})
    form = Leave(initial={name: request.POST.get(name, "") for name in Leave.base_fields})
    return _door(request, code, seat, form, alike=found)


def _brought(request: Request) -> list[str]:
    """The vouchers of photos that went up before the form."""
    return request.POST.getlist("voucher")


def _door(
    request: Request, code: str, seat: str, form: Leave, status: int = 200, alike: Sequence[Any] = ()
) -> HttpResponse:
    studio = studios.door(code)
    sitter = studios.seat_of_code(studio, seat)
    way = ("member_", code, seat) if sitter else ("", code)
    if assisting.of(request):  # the device is the office's: it must not learn anybody's number either
        form.fields["phone"].widget.attrs["autocomplete"] = "off"
    slots = list(studio.timetable.all())
    duty = studios.on_duty(studio, slots)
    coming = [turn for turn in timetable.turns(slots, most=4) if turn.day > clock.today()]
    echoes = list(queries.shown(studio=studio.code)[:ECHOES])
    about = studio.committee
    context: dict[str, Any] = {
        "studio": studio,
        "form": form,
        "sitter": sitter.holder.name if sitter else "",
        "here": reverse(f"voices:{way[0]}door", args=way[1:]),
        "alike_at": reverse(f"voices:{way[0]}alike", args=way[1:]),
        "alike": alike,
        "brought": [] if "photos" in form.errors else _brought(request),
        "duty": duty,
        "names": people.names(key for watch in duty for key in watch.keys),
        "coming": next(iter(coming), None),
        "echoes": [(voice, *standing.public_words(voice)) for voice in echoes],
        "told": told.timelines(echoes),
        "answers": queries.last_answers(echoes),
        "danger": numbers(about.set("numbers_danger")),
        "accusation": numbers(about.set("numbers_accusation")),
        "court": numbers(about.set("numbers_court")),
        "consent": privacy.consent("leave"),
        "sample": about.sample,
    }
    return render(request, "voices/door.html", context, status=status)


@never_cache
@require_GET
def receipt(request: Request) -> HttpResponse:
    """The tracking code, once: a second look says that it was shown."""
    key = request.session.pop(RECEIPT, "")
    code = tracking.make(key) if key else ""
    voice = queries.by_tracking_code(code) if code else None
    if voice is None:
        return render(request, "voices/receipt_gone.html", {"sample": False})
    slots = list(voice.studio.timetable.all())
    duty = studios.on_duty(voice.studio, slots)
    return render(
        request,
        "voices/receipt.html",
        {
            "voice": voice,
            "code": code,
            "accept_days": voice.committee.set("accept_days"),
            "answer_days": voice.committee.set("answer_days"),
            "duty": next(iter(people.names(key for watch in duty for key in watch.keys).values()), ""),
            "track": whole(request, reverse("portal:track")),
            "sample": voice.committee.sample,
        },
    )


@never_cache
@require_POST
def slip(request: Request) -> HttpResponse:
    """The code as a slip in PDF, from the page that shows it: it comes back in the form, for it is kept
    nowhere. It changes nothing."""
    if not limits.allowed("slip", address(request), most=SLIPS, seconds=SLIP_SECONDS):
        return refuse(request, 429, retry_after=SLIP_SECONDS)
    code = meant(request.POST.get("code", "")[:60])
    voice = queries.by_tracking_code(code) if tracking.is_plausible(code) else None
    if voice is None:
        if not limits.allowed("track", "all", most=WRONG, seconds=SLIP_SECONDS):  # as where codes are entered
            return refuse(request, 429, retry_after=SLIP_SECONDS)
        return refuse(request, 422, _("这张纸条只能在显示查询码的那一页上存。"))
    said = sheets.slip(voice, code, whole(request, reverse("portal:track")))
    return answer(
        request, sheets.SLIP, said, name=_("查询码 %(number)s") % {"number": voice.number}, keep=False
    )


@require_GET
def voice(request: Request, code: str) -> HttpResponse:
    """A voice that the review has shown: its public wording, dates, answer, evidence, and how many support
    it. Drawn once for all, but for whoever supports it or is known here by a session."""
    if marks.brought(request):
        response = _voice(request, code)
        patch_vary_headers(response, ["Cookie"])
        return response
    kept_page: HttpResponse = _kept_voice(request, code)
    return kept_page


def _voice(request: Request, code: str) -> HttpResponse:
    shown = queries.get_shown(code)
    answers, reports = queries.answers(shown), queries.reports(shown)
    kept = papers.of([*(one.subject for one in answers), *(one.subject for one in reports)])
    state, tone = standing.public_words(shown)
    supports = tied.supports_by_day(shown)
    own = tied.support_of(shown, marks.digest(code, marks.of(request, code)))
    return render(
        request,
        "voices/voice.html",
        {
            "voice": shown,
            "state": state,
            "tone": tone,
            "answers": answers,
            "reports": reports,
            "papers": kept,
            "photos": papers.shown(shown),
            "facts": standing.facts(shown, mine=False),
            "shared": shared.shared(shown),
            "told": told.timeline(shown, mine=False),
            "verdicts": queries.verdicts(shown),
            "supports": supports,
            "supported": sum(n for _day, n in supports),
            "own_support": own is not None,
            "follow": Follow(auto_id="follow_%s") if own else None,
            "consent": privacy.consent("subscribe"),
            "may_support": own is None and tied.may_support(_supporter(request), shown),
            "sample": shown.committee.sample,
            "section": "studios",
        },
    )


_kept_voice = kept_until_an_act(_voice)


@require_POST
def support(request: Request, code: str, move: str) -> HttpResponse:
    """Support a shown voice, or take it back: once a browser, without an account."""
    if move not in SUPPORTING:
        raise Unseen(move)
    if not limits.allowed("support", f"{code} {address(request)}", most=SUPPORTS, seconds=SECONDS):
        return refuse(request, 429, _("这个网络一小时里附议得太多了，过一会儿再来。"), retry_after=SECONDS)
    mark = marks.of(request, code) or marks.drawn(form_key(request))
    response = _support(request, code, move, mark)
    if response.status_code == 303:  # a form sent again too: its first answer may never have arrived
        if move == "support":
            marks.leave(response, code, mark)
        else:
            marks.remove(response, code)
    return response


@once
def _support(request: Request, code: str, move: str, mark: str) -> HttpResponse:
    act, said = SUPPORTING[move]
    act(code, by=_supporter(request), digest=marks.digest(code, mark))
    messages.success(request, said)
    response = HttpResponseRedirect(f"{reverse('voices:voice', args=[code])}#support")
    response.status_code = 303
    return response


def _supporter(request: Request) -> Actor:
    """Who is signed in acts in office; whoever holds a code is known by it, so that nobody supports their own
    voice."""
    return request.author if request.actor.kind != "person" and request.author else request.actor


SUPPORTING: dict[str, tuple[Callable[..., object], Any]] = {
    "support": (actions.support, gettext_lazy("附议了。办事的人看得到有多少人附议，看不到是谁。")),
    "withdraw_support": (actions.withdraw_support, gettext_lazy("收回了附议。")),
}
