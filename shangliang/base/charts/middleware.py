"""Turns the three refusals into their pages; what the person typed stands on them."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from ..ui.views import refuse
from .errors import NotNow, NotYours


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, NotYours):
            return refuse(request, 403, fault.words)
        if isinstance(fault, NotNow):
            return refuse(request, 409, fault.words)
        if isinstance(fault, ValidationError):
            return refuse(request, 422, " ".join(fault.messages))
        return None
