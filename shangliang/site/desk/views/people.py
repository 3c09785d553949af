"""People and their accounts: an officer gives a post and the link to come in by, and takes both back."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.people import actions, links, queries, rules
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blaming, typed

from ..forms.people import Home, Invite
from ..rail import let_in, rail

LINK = "link"  # session: the form's key, from which the slip reckons the code once more, and forgets it


@require_GET
@login_required
def people(request: Request) -> HttpResponse:
    """Everybody with a post at the officer's committee, and how far their account is."""
    return _page(request)


@require_GET
@login_required
def person(request: Request, key: str) -> HttpResponse:
    """One of them, with what can be done about the account."""
    return _page(request, key)


def _page(
    request: Request, key: str = "", *, status: int = 200, form: Any = None, home: Any = None
) -> HttpResponse:
    committee = _office(request)
    chosen = queries.account(key, request.actor) if key else None
    posts = queries.of_office(committee.path)
    closed = queries.closed_at(committee.path)
    everybody = {post.holder_id: post.holder for post in posts} | {one.pk: one for one in closed}
    if chosen:
        everybody[chosen.pk] = chosen
    return render(
        request,
        "desk/people.html",
        {
            "rail": rail(request.actor, "people"),
            "committee": committee,
            "everybody": [(one, [p for p in posts if p.holder_id == one.pk]) for one in everybody.values()],
            "links": queries.open_invitations(everybody.values()),
            "in_two_steps": queries.with_second_factor(everybody.values()),
            "now": clock.now(),
            "chosen": chosen,
            "keeps": chosen is not None
            and rules.keeps_account(request.actor, key, queries.posted_at(chosen)),
            "erased": chosen is not None and not chosen.is_active and queries.erased(chosen),
            "granted": rules.GRANTED,
            "home": home or _home(committee, chosen, posts),
            "form": form or Invite(committee),
            "picked": bool(chosen),
            "me": request.actor.key,
        },
        status=status,
    )


def _home(committee: Any, chosen: Any, posts: list[Any]) -> Any:
    """The form for where a member lives: at an office that has counties below it."""
    seat = _seat(chosen, posts) if chosen else None
    if seat is None or committee.level == "county":
        return None
    return Home(committee, initial={"home": seat.lives_in})


def _seat(one: Any, posts: list[Any]) -> Any:
    return next((post for post in posts if post.holder_id == one.pk and post.role == "member"), None)


def _office(request: Request) -> Any:
    let_in(request.actor, "officer")
    return places.at(sorted(request.actor.paths("officer"))[0])


def _address(request: Request) -> Callable[[str], str]:
    return lambda code: whole(request, reverse("account_link", args=[code]))


@require_POST
@login_required
def invite(request: Request) -> HttpResponse:
    """A post for somebody, and the slip with the link if they have no account yet."""
    return _with_link(request, _invite(request))


def _account_words(person: Any) -> str:
    """How the one just appointed comes in where no link was made: others may keep their account too."""
    if person.has_usable_password():
        return _("他有账号，登录就能办事。")
    return _("他的账号由他任职的另一家政协管着，眼下还登不进来，请那边发链接。")


def _with_link(request: Request, response: HttpResponse) -> HttpResponse:
    """On to the slip, a form sent again too: its first answer may never have arrived."""
    if response.status_code == 302 and response["Location"] == reverse("desk:person_slip"):
        request.session[LINK] = once.form_key(request)
    return response


@once.once
def _invite(request: Request) -> HttpResponse:
    committee = _office(request)
    form = Invite(committee, request.POST)
    if form.is_valid():
        with blaming(form):
            post, code = actions.invite(
                committee, by=request.actor, form_key=once.form_key(request), address=_address(request),
                **form.cleaned_data,
            )  # fmt: skip
            if code:
                return redirect("desk:person_slip")
            messages.success(request, _("任命好了。") + _account_words(post.holder))
            return redirect("desk:person", post.holder.key)
    return _page(request, status=422, form=form)


@require_GET
@login_required
@never_cache
def slip(request: Request) -> HttpResponse:
    """The link to hand over, once: the next look at this page has none."""
    _office(request)
    key = request.session.pop(LINK, "")
    code = links.make(key) if key else ""
    link = queries.open_link(code) if code else None
    context: dict[str, Any] = {"rail": rail(request.actor, "people"), "person": None}
    if link:
        one = queries.account(link.person.key, request.actor)
        context |= {"person": one, "link": link, "address": _address(request)(code)}
    return render(request, "desk/people_slip.html", context)


class Deed(NamedTuple):
    do: Callable[..., Any]
    said: Any


DEEDS = {
    "withdraw": Deed(actions.withdraw, gettext_lazy("链接收回了。")),
    "close": Deed(actions.close_account, gettext_lazy("停用了，他在每一处都退出了。")),
    "reopen": Deed(actions.reopen_account, gettext_lazy("恢复了。")),
    "reset": Deed(actions.reset_second_factor, gettext_lazy("重设了。他下次登录时要重新设两步验证。")),
}


@require_POST
@login_required
def move(request: Request, key: str, move: str) -> HttpResponse:
    """Carry out one deed about an account, send a link, or end a post."""
    return _with_link(request, _move(request, key, move))


@once.once
def _move(request: Request, key: str, move: str) -> HttpResponse:
    if move not in {*DEEDS, "link", "end", "home"}:
        raise Http404(move)
    committee = _office(request)
    one = queries.account(key, request.actor)
    if move == "link":
        form_key = once.form_key(request)
        actions.send_link(one, by=request.actor, form_key=form_key, address=_address(request))
        return redirect("desk:person_slip")
    if move == "home":
        return _noted(request, committee, one)
    if move == "end":
        number = typed(request, "post")
        actions.take_back(int(number) if number.isdecimal() and len(number) < 19 else 0, by=request.actor)
        messages.success(request, _("职务结束了，他在每一处都退出了。"))
    else:
        DEEDS[move].do(one, by=request.actor)
        messages.success(request, str(DEEDS[move].said))
    return redirect("desk:people")


def _noted(request: Request, committee: Any, one: Any) -> HttpResponse:
    """Where a member lives: a form with a fault comes back in the pane."""
    seat, form = _seat(one, queries.of_office(committee.path)), Home(committee, request.POST)
    if seat is None:
        raise Http404("home")
    if form.is_valid():
        with blaming(form):
            actions.note_home(seat.pk, by=request.actor, **form.cleaned_data)
            messages.success(request, _("记好了。"))
            return redirect("desk:person", one.key)
    return _page(request, one.key, status=422, home=form)
