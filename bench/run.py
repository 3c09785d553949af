"""Measures every page against its budget, with the demonstration loaded into the connected database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.core.handlers.wsgi import WSGIHandler
from django.test.client import Client
from django.test.utils import override_settings

from demo.load import Told

from .measure import Browser, Measured, measure, signed_in
from .pages import Page, pages

BUDGETS = yaml.safe_load((Path(__file__).parent / "budgets.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Row:
    page: Page
    found: Measured
    ratio: float
    over: tuple[str, ...]


def rows(told: Told, *, timed: bool) -> Iterator[Row]:
    """Each page with what it costs; `over` names what is above its budget. Without time, the ratio is 0."""
    with override_settings(ROOT_URLCONF="bench.urls"):
        handler = WSGIHandler()
        visitors: dict[str, Browser] = {}
        bare = measure(Browser(handler), "/bare/", timed=timed).milliseconds
        for page in pages(told):
            if page.who not in visitors:
                visitors[page.who] = Browser(handler, _cookies(told, page.who))
            found = measure(visitors[page.who], page.address, timed=timed)
            ratio = found.milliseconds / bare if timed else 0.0
            yield Row(page, found, ratio, tuple(_over(page, found, ratio)))


def _cookies(told: Told, who: str) -> str:
    client = Client(HTTP_HOST="127.0.0.1")
    if who == "author":
        page = client.get("/track/").content.decode()
        key = page.split('name="key" value="')[1].split('"')[0]
        answer = client.post("/track/", {"code": told.tracking["lamps_lane"], "key": key})
        assert answer.status_code in (302, 303), answer.status_code
    elif who:
        client.force_login(told.people[who])
    return signed_in(client)


def _over(page: Page, found: Measured, ratio: float) -> Iterator[str]:
    budget = {**BUDGETS["kinds"][page.kind], **BUDGETS.get("pages", {}).get(page.name, {})}
    if found.status != 200:
        yield f"status {found.status}"
    for name, value in {"queries": found.queries, "kb": found.kb, "wire": found.wire, "ratio": ratio}.items():
        if value > budget[name]:
            yield f"{name} {value:.1f} > {budget[name]}"
