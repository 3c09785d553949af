"""The list of somebody with an account, what they want sent, and what went out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts.errors import NotYours, Unseen
from shangliang.base.charts.once import once
from shangliang.base.people.doors import others
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.base.ui.views import refuse

from .. import actions, bell, queries
from ..forms import Choices
from ..table import KINDS
from . import see

PAGE = 50


@require_GET
@login_required
def listed(request: Request) -> HttpResponse:
    """What one's seats were told in the last thirty days, newest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    before = _act(request.GET.get("before", "")) or 0
    lines, more = queries.page(request.actor, kind=kind, before=before)
    here = reverse("notices:list")
    context = {
        "rail": _rail(request, "list"),
        "lines": lines,
        "upto": max((line.act_id for line in lines), default=0) if not before and not kind else 0,
        "new": sum(line.new for line in lines),
        "tabs": [(f"{here}?kind={name}", label, None, name == kind) for name, label in KINDS.items()],
        "all": not kind,
        "next": f"{here}?{f'kind={kind}&' if kind else ''}before={more}" if more else "",
        "days": queries.DAYS,
    }
    return render(request, "notices/list.html", context)


@require_POST
@login_required
@once
def read(request: Request) -> HttpResponse:
    """Everything that stood on the page is read."""
    upto = _act(request.POST.get("upto", ""))
    if upto is None:
        return refuse(request, 422)
    actions.mark_read(request.actor, upto)
    messages.success(request, _("好，都看过了。"))
    return see(reverse("notices:list"))


def _act(said: str) -> int | None:
    """The number of an act as an address or a form says it; None for what is none."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 18 else None


@require_http_methods(["GET", "POST"])
@login_required
def settings(request: Request) -> HttpResponse:
    """What is sent beside the page."""
    return _choose(request) if request.method == "POST" else _settings(request, None)


@once
def _choose(request: Request) -> HttpResponse:
    form = Choices(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.choose(request.actor, how=form.how, wechat=form.cleaned_data["wechat"])
            messages.success(request, _("记下了。"))
            return see(reverse("notices:settings"))
    return _settings(request, form, status=422)


def _settings(request: Request, form: Choices | None, status: int = 200) -> HttpResponse:
    wish = queries.wish(request.actor)
    context = {
        "rail": _rail(request, "settings"),
        "form": form or Choices(how=wish.how, initial={"wechat": wish.wechat}),
        "email": queries.address_of(request.actor),
    }
    return render(request, "notices/settings.html", context, status=status)


@require_GET
@login_required
def outbox(request: Request) -> HttpResponse:
    """What went out, and what did not arrive: masked."""
    bad = request.GET.get("all") is None
    try:
        letters = queries.letters(request.actor, bad=bad)
    except Unseen:
        raise NotYours(_("没送到的信，由本级政协干部和运维看。")) from None
    context = {
        "rail": _rail(request, "outbox"),
        "letters": letters[:PAGE],
        "recorded": queries.recorded(request.actor)[:PAGE],
        "bad": bad,
        "operator": queries.operates(request.actor),
    }
    return render(request, "notices/outbox.html", context)


def _rail(request: Request, here: str) -> list[tuple[str | None, str, str, str | None, bool]]:
    rows: list[tuple[str | None, str, str, str | None, bool]] = [bell.row(request.actor, here=here == "list")]
    rows.append((reverse("notices:settings"), _("通知设置"), "pen", None, here == "settings"))
    if queries.reads_outbox(request.actor):
        rows.append((reverse("notices:outbox"), _("没送到的"), "warn", None, here == "outbox"))
    elsewhere = others(request.actor, "notices")
    return [*rows, *([(None, _("办事的地方"), "", None, False), *elsewhere] if elsewhere else [])]
