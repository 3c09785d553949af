"""Activities at the desk: the list, a new plan, one of them with what can be done next."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.ui import paging
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.activities import actions, pictured, queries, rules, said
from shangliang.flow.activities.kinds import chosen
from shangliang.flow.activities.states import CHART
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.papers import of as papers_of
from shangliang.flow.voices.queries import tied

from ..forms import activities as forms
from ..forms import activity_records as records
from ..rail import STAFF, let_in, rail

READERS = (*STAFF, "auditor", "leader")


def tab_names() -> dict[str, str]:
    return {
        "": _("等着记的"), "planned": _("计划中"), "announced": _("已通知"), "held": _("办过了"),
        "published": _("已公开"), "rest": _("归档、取消"),
    }  # fmt: skip


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """What waits to be recorded; `tab`: those in some state, the latest first."""
    let_in(request.actor, *READERS)
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else ""
    found = queries.at_desk(request.actor, tab) if tab else queries.to_record(request.actor)
    rows, after = paging.page(found, request.GET.get("after", ""))
    here = reverse("desk:activities")
    numbers = queries.standings(rows)
    context = {
        "rail": rail(request.actor, "activities"),
        "rows": [(row, said.TONES[row.state], counted(numbers[row.pk])) for row in rows],
        "tabs": [
            (f"{here}?tab={name}" if name else here, label, None, name == tab)
            for name, label in tab_names().items()
        ],
        "more": f"{here}?{urlencode({'tab': tab, 'after': after})}" if after else "",
        "staff": request.actor.holds(*STAFF),
        "officer": request.actor.holds("officer"),
    }
    return render(request, "desk/activities.html", context)


def counted(numbers: dict[str, int]) -> str:
    """报名 5　候补 1　请假 1　到 4"""
    names = {
        "signed": _("报名"), "waiting": _("候补"), "leave": _("请假"), "came": _("到"), "absent": _("没有到"),
    }  # fmt: skip
    return "　".join(f"{label} {numbers[name]}" for name, label in names.items() if numbers.get(name))


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def plan(request: Request) -> HttpResponse:
    """A new one; `voice`: because of this voice."""
    actor = request.actor
    let_in(actor, *STAFF)
    code = typed(request, "voice") or request.GET.get("voice", "")[:12]
    voice = voices.get(code, actor) if code else None
    hosts = queries.hosts_of(actor)
    form = forms.NewPlan(actor, hosts, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with blaming(form):
            made = actions.plan(form.chosen_host, by=actor, said=form.plan(), voice=code)
            messages.success(request, _("计划好了。看一遍，再发通知。"))
            return redirect("desk:activity", made.code)
    context = {"rail": rail(actor, "activities"), "form": form, "hosts": hosts, "voice": voice}
    return render(request, "desk/activity_plan.html", context, status=422 if form.is_bound else 200)


@require_GET
@login_required
def activity(request: Request, code: str) -> HttpResponse:
    """One activity, with what can be done next."""
    let_in(request.actor, *READERS)
    return page(request, inside(request, code))


def inside(request: Request, code: str) -> Any:
    """One of this desk; what is public elsewhere is read on its public page. Unseen."""
    return queries.of_desk(code, request.actor)


def labels() -> dict[str, tuple[str, str, int]]:
    """Each move with a form: its fold's words, its button's, its tone."""
    return {
        "record": (_("记录"), _("记下"), 1),
        "mend": (_("改记录"), _("改好"), 2),
        "draft": (_("公开稿"), _("存下公开稿"), 2),
        "publish": (_("公开"), _("公开"), 1),
        "change": (_("改计划"), _("改好"), 2),
        "cancel": (_("取消活动"), _("取消活动"), 4),
    }


def corrected() -> dict[str, tuple[str, str, int]]:
    """The same of what puts right who was there."""
    return {
        "strike": (_("划掉没有到的"), _("划掉"), 4),
        "add": (_("补上到了的"), _("补上"), 2),
    }


def correction(move: str, found: Any, parts: list[Any], *given: Any) -> Any:
    came = {part.person for part in parts if part.state == "came"}
    if move == "strike":
        return forms.Strike(sorted(people.names(came).items(), key=lambda pair: pair[1]), *given)
    if found.recorded_on is None:
        struck = people.names(part.person for part in parts if part.state == "struck")
        return forms.Again(sorted(struck.items(), key=lambda pair: pair[1]), *given)
    names = people.names(part.person for part in parts) | dict(queries.team(found.studio))
    rest = sorted((pair for pair in names.items() if pair[0] not in came), key=lambda pair: pair[1])
    return forms.Add(rest, *given)


def corrections(found: Any, parts: list[Any]) -> list[tuple[Any, ...]]:
    """To whoever organises it, once somebody came. Before there is a record who was struck comes back."""
    back = found.state == "announced" and any(part.state == "struck" for part in parts)
    can = {
        "strike": any(part.state == "came" for part in parts),
        "add": found.recorded_on is not None or back,
    }
    return [
        (move, correction(move, found, parts), *said_) for move, said_ in corrected().items() if can[move]
    ]


PLAIN = ("announce", "take_down", "close")


def listed(found: Any, parts: list[Any]) -> list[tuple[str, str]]:
    """Whom a list holds: who is on it, and the studio's own people. Who was struck is added with a reason."""
    names = dict(queries.team(found.studio)) | people.names(part.person for part in parts)
    for part in parts:
        if part.state == "struck":
            names.pop(part.person, None)
    for part in parts:
        if part.late and part.state not in ("came", "struck"):
            names[part.person] = _("%(name)s（扫码交得晚，勾上才算到）") % {"name": names[part.person]}
    return sorted(names.items(), key=lambda pair: pair[1])


def _form(name: str, found: Any, parts: list[Any], actor: Any, *given: Any) -> Any:
    options: dict[str, Any] = {"auto_id": f"{name}_%s"}
    if name == "change":
        initial = {} if given else {"initial": forms.start_of(found)}
        return forms.Planned(queries.desk_paths(actor), chosen(found.committee), *given, **options, **initial)
    if name in ("record", "mend"):
        fixed = name == "mend"
        came = [part.person for part in parts if part.state == "came"]
        if not given:
            measured = queries.measures([found])[found.pk]
            start = {one: getattr(found, one) for one in ("helpers", "minutes", "outcome", "consent")}
            did = records.lines_of(people.names(came), said.doings(parts))
            options["initial"] = {**measured, **start, "came": came, "did": did}
        return records.Recorded(
            found.sort,
            [] if fixed else listed(found, parts),
            *given,
            there=came,
            fixed=fixed,
            did=said.doings(parts),
            **options,
        )
    if name in ("draft", "publish") and not given:
        options["initial"] = {"text": found.publicity or drafted(found, parts)}
    if name == "publish":
        return forms.Publish(pictured.bare(found), *given, **options)
    made: dict[str, Any] = {"draft": forms.Draft, "cancel": forms.Cancel}
    return made.get(name, forms.Plain)(*given, **options)


def drafted(found: Any, parts: list[Any]) -> str:
    """The text that the record gives."""
    came = [part for part in parts if part.state == "came"]
    names, did = people.names(part.person for part in came), said.doings(came)
    lead = sorted(names.get(part.person, "") for part in came if part.lead)
    told = [(names.get(part.person, ""), did[part.person]) for part in came if part.person in did]
    return said.text(found, queries.measures([found])[found.pk], lead, len(came), told)


def page(
    request: Request, found: Any, move: str = "", form: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    actor = request.actor
    opened = [
        row for row in CHART.open_to(actor, found) if not (found.private and row.name in ("draft", "publish"))
    ]
    parts = queries.parts(found)
    begun = found.starts_at <= clock.now()
    opened = [row for row in opened if row.name != "record" or begun]
    order = list(labels())
    offers = [
        (
            row.name,
            form if row.name == move and form else _form(row.name, found, parts, actor),
            *labels()[row.name],
        )
        for row in sorted((row for row in opened if row.name in order), key=lambda row: order.index(row.name))
    ]
    organises = rules.organises(actor, found)
    ahead = found.state in ("planned", "announced") and organises
    papers = papers_of([found.subject])[found.subject]
    today = clock.today() >= clock.local_day(found.starts_at)
    context: dict[str, Any] = {
        "rail": rail(actor, "activities"),
        "activity": found,
        "voice": tied.behind(found.voice_id, actor),
        "tone": said.TONES[found.state],
        "taking_part": parts,
        "names": people.names(part.person for part in parts),
        "did": said.doings(parts),
        "counted": counted(queries.standings([found])[found.pk]),
        "measures": said.numbers(found, queries.measures([found])[found.pk], closed=False),
        "photos": papers.photos,
        "papers": papers.papers,
        "to_cover": pictured.by_photo(found) if pictured.may_cover(actor, found) else [],
        "plain": [(row.name, row.label) for row in opened if row.name in PLAIN],
        "offers": offers,
        "invite": forms.Invite(found, auto_id="invite_%s") if ahead else None,
        "tick": _tick(found, parts) if organises and found.state in ("announced", "held") and today else None,
        "corrections": corrections(found, parts) if organises else [],
        "organises": organises,
        "to_print": organises and queries.open_to_all(found),
        "move": move,
        "wrong": status != 200,
    }
    return render(request, "desk/activity.html", {**context, **more}, status=status)


def _tick(found: Any, parts: list[Any]) -> Any:
    came = [part.person for part in parts if part.state == "came"]
    return forms.Tick(listed(found, parts), auto_id="tick_%s", initial={"came": came})


Deed = Callable[[Request, str, Any, int | None], object]
DEEDS: dict[str, tuple[Deed, Any]] = {
    "change": (
        lambda request, code, form, seen: actions.change(code, by=request.actor, seen=seen, said=form.plan()),
        lambda: _("改好了。"),
    ),
    "announce": (
        lambda request, code, form, seen: actions.announce(code, by=request.actor, seen=seen),
        lambda: _("通知发出去了，委员能报名，群众看得到。"),
    ),
    "cancel": (
        lambda request, code, form, seen: actions.cancel(
            code, by=request.actor, seen=seen, words=form.cleaned_data["words"]
        ),
        lambda: _("取消了，报了名的看得到为什么。"),
    ),
    "record": (
        lambda request, code, form, seen: actions.record_held(
            code, by=request.actor, seen=seen, said=form.said()
        ),
        lambda: _("记下了，到了的委员记了积分。"),
    ),
    "mend": (
        lambda request, code, form, seen: actions.mend(code, by=request.actor, seen=seen, said=form.said()),
        lambda: _("改好了，数跟着改。"),
    ),
    "draft": (
        lambda request, code, form, seen: actions.draft(
            code, by=request.actor, seen=seen, text=form.cleaned_data["text"]
        ),
        lambda: _("存下了，机关看过再公开。"),
    ),
    "publish": (
        lambda request, code, form, seen: actions.publish(
            code, by=request.actor, seen=seen, **form.cleaned_data
        ),
        lambda: _("公开了。"),
    ),
    "take_down": (
        lambda request, code, form, seen: actions.take_down(code, by=request.actor, seen=seen),
        lambda: _("收回来了，改好再公开。"),
    ),
    "close": (
        lambda request, code, form, seen: actions.close(code, by=request.actor, seen=seen),
        lambda: _("归档了。"),
    ),
}


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Change, announce, cancel, record, mend, write for the public, publish, take down, file."""
    found, seen = queries.activity(code, request.actor), once.seen(request)
    if move not in DEEDS:
        raise Http404(move)
    CHART.check(move, found, by=request.actor, seen=seen)
    do, told = DEEDS[move]
    form = _form(move, found, queries.parts(found), request.actor, request.POST, request.FILES)
    if form.is_valid():
        with blaming(form, files="photos"):
            do(request, code, form, seen)
            messages.success(request, told())
            return redirect("desk:activity", code)
    return page(request, found, move, form, status=422)
