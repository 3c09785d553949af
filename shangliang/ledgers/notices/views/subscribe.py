"""To be told of public things without an account: asked for here, begun and ended from the mail."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.base.charts.errors import Unseen
from shangliang.base.charts.once import once
from shangliang.base.people import limits
from shangliang.base.people.accounts import address
from shangliang.base.people.personal import privacy
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming, typed
from shangliang.base.ui.views import refuse

from .. import actions, queries, tokens
from ..forms import Often, Subscribe
from . import see

# Asked by one address of the net, by all together, in an hour; mails to one mailbox in a day.
MOST, IN_ALL, HOUR = 20, 600, 3600
TO_ONE, DAY = 5, 86_400
NAMES = ("word", "place", "studio", "thread")


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """The form for what the address names; a POST answers the same whether the mailbox is known or not."""
    said = request.POST if request.method == "POST" else request.GET
    kind = next((name for name in NAMES[1:] if said.get(name)), "word")
    wanted = queries.asked(kind, said[kind].replace("\0", "")) if kind != "word" else None
    if request.method == "GET":
        form = Subscribe(worded=wanted is None, initial={"word": request.GET.get("word", "")[:20]})
        return _page(request, wanted, form)
    if not (
        limits.allowed("subscribe", address(request), most=MOST, seconds=HOUR)
        and limits.allowed("subscribe", "all", most=IN_ALL, seconds=HOUR)
    ):
        return refuse(request, 429, retry_after=HOUR)
    form = Subscribe(request.POST, worded=wanted is None)
    if not form.is_valid():
        return _page(request, wanted, form, status=422)
    return _ask(request, wanted, form, _often_enough(form.cleaned_data["email"]))


def _often_enough(email: str) -> bool:
    """Not told to whoever asks: nobody's mailbox is filled through us."""
    return limits.allowed("subscribe_to", queries.blind(email), most=TO_ONE, seconds=DAY)


@once
def _ask(request: Request, wanted: Any, form: Subscribe, mailed: bool) -> HttpResponse:
    given = form.cleaned_data
    kind, what = (wanted.kind, wanted.what) if wanted else ("word", given["word"])
    with blaming(form):
        actions.ask_subscription(email=given["email"], kind=kind, what=what, how=given["how"], wanted=mailed)
        return see(reverse("notices:sent"))
    return _page(request, wanted, form, status=422)


def _page(request: Request, wanted: Any, form: Subscribe, status: int = 200) -> HttpResponse:
    context = {"wanted": wanted, "form": form, "consent": privacy.consent("subscribe")}
    return render(request, "notices/subscribe.html", context, status=status)


@require_GET
def sent(request: Request) -> HttpResponse:
    """Look into your mailbox: said to everybody alike."""
    return render(request, "notices/sent.html", {"hours": tokens.HOURS})


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: Request, token: str) -> HttpResponse:
    """The mail's link: a look changes nothing, the button begins it. Mail scanners open links, too."""
    try:
        words, row = queries.pending(token)
    except Unseen:
        return render(request, "notices/spent.html", {"hours": tokens.HOURS}, status=404)
    if request.method == "POST":
        return _confirm(request, token)
    return render(request, "notices/confirm.html", {"words": words, "done": row.confirmed_at, "token": token})


@once
def _confirm(request: Request, token: str) -> HttpResponse:
    words = actions.confirm(token)
    messages.success(request, _("好了。从现在起，有了新的就发信告诉您：%(what)s。") % {"what": words})
    return see(reverse("notices:confirm", args=[token]))


@never_cache
@require_http_methods(["GET", "POST"])
def mine(request: Request, token: str) -> HttpResponse:
    """All that goes to one mailbox, opened by a link from its mails."""
    if request.method == "POST":
        return _mine(request, token)
    one = queries.subscriber(token)
    context = {
        "rows": queries.subscriptions(one), "token": token, "form": Often(initial={"how": one.how}),
    }  # fmt: skip
    return render(request, "notices/mine.html", context)


@once
def _mine(request: Request, token: str) -> HttpResponse:
    if "how" in request.POST:
        actions.set_how(token, request.POST["how"])
        messages.success(request, _("记下了。"))
    elif "all" in request.POST:
        queries.subscriber(token)
        actions.stop(token)
        messages.success(request, _("都退了，您的邮箱也删掉了。"))
        return see(reverse("notices:off", args=[token]))
    else:
        actions.drop_subscription(token, typed(request, "code")[:12])
        messages.success(request, _("退了。"))
        if not queries.still_there(token):
            return see(reverse("notices:off", args=[token]))
    return see(reverse("notices:mine", args=[token]))


@csrf_exempt  # a mailbox's own program presses it (RFC 8058), without a page and so without its token
@never_cache
@require_http_methods(["GET", "POST"])
def off(request: Request, token: str) -> HttpResponse:
    """No more mails: a look changes nothing, one step ends it. Pressed again it says the same."""
    if not tokens.owned(token):
        raise Unseen("off")
    if request.method == "POST":
        actions.stop(token)
    done = request.method == "POST" or not queries.still_sent(token)
    return render(request, "notices/off.html", {"done": done, "token": token})
