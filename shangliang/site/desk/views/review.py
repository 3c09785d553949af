"""What waits to be shown to the public: voices and posts, looked over one at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts.chart import CHANGED
from shangliang.base.charts.errors import NotNow
from shangliang.base.charts.once import once, seen
from shangliang.base.journal.pages import lengths_until_an_act
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.review import queries as reviews
from shangliang.base.review import rules
from shangliang.base.review.states import CHART
from shangliang.base.ui.counts import said
from shangliang.base.ui.forms import Form, blaming
from shangliang.flow.consultations import actions as consultation_actions
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.voices import actions as voice_actions
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.queries import pictured

from ..forms.review import Dismiss, Keep, Show, Withhold
from ..rail import STAFF, let_in, rail

SIZE = 20
LONGEST = 18  # digits of a place in the list; more are nobody's
# What a line shows of things that are wide, and of what stands beside them: most of the time of a list goes
# into building its query.
SHOWN = {
    "voice": ("code", "words", "person", "left_at", "committee__name", "studio__name"),
    "post": ("code", "words", "public_words", "person", "at", "consultation__title"),
}


@dataclass(frozen=True)
class Kind:
    """How one kind of thing is listed, read and moved by its own package."""

    listed: Callable[..., Any]
    read: Callable[[str, Actor], Any]
    show: Callable[..., Any]
    withhold: Callable[..., Any]
    uphold: Callable[..., Any]
    dismiss: Callable[..., Any]
    keep: Callable[..., Any]


KINDS = {
    "voice": Kind(
        voices.to_look_over,
        voices.get_to_look_over,
        voice_actions.show,
        voice_actions.withhold,
        voice_actions.uphold,
        voice_actions.dismiss,
        voice_actions.keep_shown,
    ),
    "post": Kind(
        consultations.waiting_review,
        lambda code, actor: consultations.post(code, actor=actor),
        consultation_actions.show_post,
        consultation_actions.withhold_post,
        consultation_actions.uphold_post,
        consultation_actions.dismiss_post,
        consultation_actions.keep_post,
    ),
}
# move → what is asked, and what is said once it is done
MOVES: dict[str, tuple[type[Form], Any]] = {
    "show": (Show, gettext_lazy("公开了。")),
    "withhold": (Withhold, gettext_lazy("先不公开，理由告诉本人了。事情照样在办。")),
    "uphold": (Form, gettext_lazy("申诉成立，公开了。")),
    "dismiss": (Dismiss, gettext_lazy("还是先不公开，理由告诉本人了。")),
    "keep": (Keep, gettext_lazy("看过了，照样公开。")),
}
# Without a tab, the first of these that holds anything opens.
SELDOM = ("voices_above", "posts_above")  # no tab while none waits
FIRST = (
    "voices_above",
    "posts_above",
    "voices_appealed",
    "posts_appealed",
    "voices",
    "posts",
    "voices_reported",
    "posts_reported",
)


@require_GET
@login_required
def review(request: Request) -> HttpResponse:
    """What waits, or (`tab`) what is kept back; the oldest first. For htmx the list without its page: a
    page of one of them fetches it so, with the one that is `chosen`."""
    let_in(request.actor, *STAFF)
    listed = _listed(request, request.GET.get("tab", ""))
    if "HX-Request" in request.headers:
        return render(request, "desk/review_list.html", listed)
    return render(request, "desk/review.html", {"rail": rail(request.actor, "review"), **listed})


@require_GET
@login_required
def item(request: Request, kind: str, code: str) -> HttpResponse:
    return _item(request, kind, code)


@require_POST
@login_required
@once
def move(request: Request, kind: str, code: str, move: str) -> HttpResponse:
    """Show, with what is to be covered; withhold for a listed reason; decide an appeal; or leave it shown
    although readers reported it."""
    of, thing = _thing(request, kind, code)
    if move not in MOVES:
        raise Http404(move)
    ask, said = MOVES[move]
    form = ask(request.POST)
    if not form.is_valid():
        if move == "keep":  # its page lost the number
            raise NotNow(CHANGED)
        CHART.check(move, thing, by=request.actor, seen=seen(request))
        return _item(request, kind, code, {move: form})
    with blaming(form):
        getattr(of, move)(code, by=request.actor, seen=seen(request), **form.cleaned_data)
        messages.success(request, str(said))
        return redirect("desk:review")
    return _item(request, kind, code, {move: form})


def _thing(request: Request, kind: str, code: str) -> tuple[Kind, Any]:
    if kind not in KINDS:
        raise Http404(kind)
    return KINDS[kind], KINDS[kind].read(code, request.actor)


def _item(request: Request, kind: str, code: str, typed: dict[str, Form] | None = None) -> HttpResponse:
    _of, thing = _thing(request, kind, code)
    tab = {"waiting": f"{kind}s", "withheld": f"{kind}s_withheld", "appealed": f"{kind}s_appealed"}
    reports = reviews.told(thing, request.actor)
    if rules.above(request.actor, thing):
        tab["appealed"] = f"{kind}s_above"
    if reports and thing.shown:
        tab["shown"] = f"{kind}s_reported"
    context = {
        "kind": kind,
        "thing": thing,
        "above": rules.above(request.actor, thing),
        "reports": reports,
        "forms": {move: ask() for move, (ask, _said) in MOVES.items()} | (typed or {}),
        "open": {m.name for m in CHART.open_to(request.actor, thing)},
        "address": reverse("desk:review_item", args=[kind, code]),
        "chooses": kind == "voice" and pictured.may_choose(request.actor, thing),
        "photos": pictured.by_photo(thing)
        if kind == "voice" and not rules.above(request.actor, thing)
        else [],
        "picked": True,
    }
    status = 422 if typed else 200
    if "HX-Request" in request.headers:
        return render(request, "desk/review_item.html", context, status=status)
    asked = {"tab": tab.get(thing.review, ""), "after": request.GET.get("after", ""), "chosen": code}
    context["list_url"] = f"{reverse('desk:review')}?{urlencode({k: v for k, v in asked.items() if v})}"
    context["rail"] = rail(request.actor, "review")
    return render(request, "desk/review_page.html", context, status=status)


def _after(rows: QuerySet[Any], last: str) -> QuerySet[Any]:
    """Those that came after the last one of the page before; it may have been looked over meanwhile."""
    return rows.filter(pk__gt=int(last)) if last.isdecimal() and len(last) < LONGEST else rows


def _listed(request: Request, tab: str) -> dict[str, Any]:
    actor = request.actor
    lists: dict[str, tuple[str, str, Callable[[], QuerySet[Any]]]] = {
        "voices": ("voice", _("留言"), lambda: voices.to_look_over(actor)),
        "posts": ("post", _("发言"), lambda: consultations.waiting_review(actor)),
        "voices_appealed": ("voice", _("申诉的留言"), lambda: voices.to_look_over(actor, "appealed")),
        "posts_appealed": ("post", _("申诉的发言"), lambda: consultations.waiting_review(actor, "appealed")),
        "voices_above": ("voice", _("下级申诉的留言"), lambda: voices.appealed_from_below(actor)),
        "posts_above": ("post", _("下级申诉的发言"), lambda: consultations.appealed_from_below(actor)),
        "voices_reported": ("voice", _("读者反映的留言"), lambda: voices.reported(actor)),
        "posts_reported": ("post", _("读者反映的发言"), lambda: consultations.reported(actor)),
        "voices_withheld": ("voice", _("先不公开的留言"), lambda: voices.to_look_over(actor, "withheld")),
        "posts_withheld": (
            "post",
            _("先不公开的发言"),
            lambda: consultations.waiting_review(actor, "withheld"),
        ),
    }
    counts = lengths_until_an_act(
        "review",
        actor.key,
        actor.posts,
        lists=lambda: {name: rows() for name, (_kind, _label, rows) in lists.items()},
    )
    here = tab if tab in lists else next((name for name in FIRST if counts[name]), "voices")
    home = reverse("desk:review")
    after = request.GET.get("after", "")
    kind, _label, waiting = lists[here]
    found = list(_after(_narrow(kind, waiting()), after)[: SIZE + 1])
    rows = found[:SIZE]
    return {
        "tabs": [
            (f"{home}?tab={name}", label, said(counts[name]), name == here)
            for name, (_kind, label, _rows) in lists.items()
            if counts[name] or name not in SELDOM
        ],
        "listed": lists[here][0],
        "rows": rows,
        "beside": urlencode({"after": after}) if after else "",
        "more": f"{home}?{urlencode({'tab': here, 'after': rows[-1].pk})}" if len(found) > SIZE else "",
        "chosen": request.GET.get("chosen", ""),
    }


def _narrow(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    beside = {name.partition("__")[0] for name in SHOWN[kind] if "__" in name}
    return rows.select_related(None).select_related(*beside).only(*SHOWN[kind])
