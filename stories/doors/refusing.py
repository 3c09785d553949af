"""Refusals told shortly: a crawl meets thousands of them, all in the same few frames."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as whole

from shangliang.base.ui import views
from shangliang.base.ui.environment import guide_offered

WHO = (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "guest", "mode", "guide")


@contextmanager
def shortly() -> Iterator[None]:
    """Each reader is drawn the whole page of each kind of refusal that they meet, once: its frame, with what
    is drawn or left out in it. After that comes everything that a refusal says, and no frame around it.
    Status, headers and the way to the refusal stay the house's own."""
    drawn = set[object]()

    def render(request: HttpRequest, template: str, said: dict[str, Any], **more: Any) -> HttpResponse:
        if template != "ui/refusal.html":
            return whole(request, template, said, **more)
        kind = (*_reader(request), *_frame(request, said))
        if kind not in drawn:
            drawn.add(kind)
            return whole(request, template, said, **more)
        words = [said["title"], *said["words"], *map(str, get_messages(request))]
        words += [str(part) for row in (*said["typed"], *said["links"]) for part in row]
        return HttpResponse("\n".join(words), **more)

    with patch.object(views, "render", render):
        yield


def _reader(request: HttpRequest) -> Iterator[object]:
    yield from (request.COOKIES.get(name) for name in WHO)


def _frame(request: HttpRequest, said: dict[str, Any]) -> Iterator[object]:
    """All that the template asks before it draws a part or leaves it out."""
    yield from (request.method, said["status"], said["title"], said["search"], len(said["words"]))
    yield from (len(said["typed"]), tuple(icon for _to, _words, icon in said["links"]))
    yield from (bool(get_messages(request)), guide_offered(request))
