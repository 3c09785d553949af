"""While a resident is helped to write on the office's device, nothing else is sent from it: no verdict, no
support, no step of the office. What is tried is refused in words and written down. No page of it is put by on
the device; and a help that was ended elsewhere is over here too."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from shangliang.base.people import assisting
from shangliang.base.people.request import Request
from shangliang.base.ui.views import refuse
from shangliang.flow.voices import actions
from shangliang.flow.voices.queries import helped

WRITES = frozenset({
    "voices:door", "voices:alike", "voices:member_door", "voices:member_alike", "voices:slip", "files:photo",
    "portal:track", "portal:language", "portal:mode", "desk:assist_end", "account_logout",
})  # fmt: skip
OF_A_THREAD = frozenset({"say", "close"})


class WritesOnly:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = assisting.of(request)
        if held is None:
            return self.get_response(request)
        if not helped.runs(held.code):
            assisting.end(request)
            if request.method == "GET":
                messages.info(request, _("「帮他写」在另一个浏览器上结束了。还没交的，请重新开始。"))
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response

    def process_view(
        self, request: Request, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if request.method != "POST" or (held := assisting.of(request)) is None:
            return None
        match = request.resolver_match
        name = match.view_name if match else ""
        move = str(match.kwargs.get("move", "")) if match else ""
        if name in WRITES or (name == "portal:thread_move" and move in OF_A_THREAD):
            return None
        actions.refuse_assisted(held.code, by=request.actor, what=f"{name} {move}".strip())
        return refuse(
            request,
            403,
            _(
                "正在帮他写，这一步不能替他办：评价、附议、撤回这些，要他自己凭查询码来；办公的事，先按「结束」。这一次没有办，记下了。"
            ),
        )
