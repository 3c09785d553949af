"""One page, measured through the WSGI handler: queries, CPU milliseconds, kB compressed, status."""

import gzip
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.db import connections
from django.test.client import Client
from django.test.utils import CaptureQueriesContext

TIMES = 7
Application = Callable[[Any, Any], Iterable[bytes]]
ASSET = re.compile(rb'(?:href|src)="/static/([^"?]+)')


@dataclass(frozen=True)
class Measured:
    status: int
    queries: int
    milliseconds: float
    ratio: float  # to a bare view that was asked in turn with it; 0 when no time was taken
    anew: float  # the ratio of a page that is not kept: what its first reader after a change pays for
    kb: float  # of the page itself, gzip
    wire: float  # with its styles and scripts, gzip


class Browser:
    """A visitor with a session of their own, who asks the WSGI handler without a network between."""

    def __init__(self, handler: Application, cookies: str = "") -> None:
        self.handler, self.cookies = handler, cookies

    def ask(self, address: str, *, part: bool = False) -> tuple[int, bytes]:
        """Status and body; `part`: as htmx asks for a piece of a page."""
        path, _, query = address.partition("?")
        said: list[str] = []
        headers = {"HTTP_HX_REQUEST": "true"} if part else {}
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": self.cookies,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **headers,
        }

        def start(status: str, headers: Any, fault: Any = None) -> Callable[[bytes], object]:
            said.append(status)
            return lambda _chunk: None

        answer: Iterable[bytes] = self.handler(environ, start)
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        return int(said[0][:3]), body


def signed_in(client: Client) -> str:
    """The Cookie header of a test client."""
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def measure(
    browser: Browser, address: str, *, beside: str, part: bool = False, timed: bool = True
) -> Measured:
    """The least of seven for time, in turn with a stranger's asking for the view `beside`, so that all see
    the same weather; queries (of a page drawn anew) and size from one more asking, as counting costs time."""
    stranger = Browser(browser.handler)

    def page() -> tuple[int, bytes]:
        return browser.ask(address, part=part)

    def drawn() -> tuple[int, bytes]:
        caches["pages"].clear()
        return page()

    drawn()  # templates are compiled
    rounds = range(TIMES if timed else 0)
    times = [(_time(page), _time(drawn), _time(lambda: stranger.ask(beside))) for _ in rounds]
    least, anew, bare = map(min, zip(*times, strict=True)) if timed else (0.0, 0.0, 1.0)
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keyring"]) as keys,
    ):
        status, body = drawn()
    return Measured(
        status,
        len(main) + len(keys),
        least,
        least / bare,
        anew / bare,
        _kb(body),
        _kb(body) + sum(map(_asset_kb, set(ASSET.findall(body)))),
    )


def _time(ask: Callable[[], object], asked: int = 5) -> float:
    """CPU milliseconds of the quickest of a few askings: the others were disturbed."""
    ask()
    return min(_once(ask) for _ in range(asked))


def _once(ask: Callable[[], object]) -> float:
    began = time.process_time()
    ask()
    return (time.process_time() - began) * 1000


def _kb(body: bytes) -> float:
    return len(gzip.compress(body, 6)) / 1000


@cache
def _asset_kb(name: bytes) -> float:
    """Style sheets and scripts by their source; hashed names are not used where we measure."""
    found = finders.find(name.decode())
    if not found:
        return 0.0
    with open(found, "rb") as file:
        return _kb(file.read())
