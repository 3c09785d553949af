"""While a resident is helped to write on the office's device, nothing else is sent from it: no verdict, no
support, no step of the office. What is tried is refused in words and written down."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shangliang.base.people import assisting
from shangliang.base.people.request import Request
from shangliang.base.ui.views import refuse
from shangliang.flow.voices import actions

WRITES = frozenset({
    "voices:door", "voices:alike", "voices:slip", "files:photo", "portal:track", "portal:language",
    "portal:mode", "desk:assist_end", "account_logout",
})  # fmt: skip
OF_A_THREAD = frozenset({"say", "close"})


class WritesOnly:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

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
