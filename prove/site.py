"""The server's way in for races: as it is or, by PROVE_WITHOUT, without one of the guards that are proved."""

import io
import os
import queue
import secrets
import threading
from importlib import import_module
from typing import Any

from django.core.wsgi import get_wsgi_application

application: Any = get_wsgi_application()

if "key" in os.environ.get("PROVE_WITHOUT", ""):
    from shangliang.base.charts import once

    once._whose = lambda request: secrets.token_hex(16)  # nobody's key is ever met again

if "version" in os.environ.get("PROVE_WITHOUT", ""):
    from shangliang.base.charts.chart import Chart

    checked = Chart.check

    def unguarded(self: Chart, name: str, thing: Any, *, by: Any, seen: int | None) -> Any:
        return checked(self, name, thing, by=by, seen=None)

    Chart.check = unguarded  # type: ignore[method-assign]

if "places" in os.environ.get("PROVE_WITHOUT", ""):
    from shangliang.flow.activities import queries

    queries.full = lambda of: False

if "numbers" in os.environ.get("PROVE_WITHOUT", ""):
    reviewing: Any = import_module("shangliang.flow.proposals.actions.reviewing")
    drawn = reviewing.draw

    def twice(*whose: Any) -> int:
        drawn(*whose)
        return int(drawn(*whose))

    reviewing.draw = twice

if "commit" in os.environ.get("PROVE_WITHOUT", ""):
    waiting: "queue.Queue[dict[str, Any]]" = queue.Queue()
    whole = application

    def worked_off() -> None:
        while True:
            list(whole(waiting.get(), lambda *said: None))

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        """Says thank you first, and does it afterwards, from a queue in memory."""
        if environ["REQUEST_METHOD"] != "POST":
            return whole(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        waiting.put({**environ, "wsgi.input": io.BytesIO(body)})
        start_response("303 See Other", [("Location", "/receipt/")])
        return [b""]

    threading.Thread(target=worked_off, daemon=True).start()
