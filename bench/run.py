"""Measures every page against its budget, with the demonstration loaded into the connected database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler
from django.test.client import Client
from django.test.utils import override_settings

from demo.told import Told
from shangliang.base import yamls
from shangliang.base.interpreter import roomy, settle
from shangliang.base.people.models import Person
from stories.demonstrated import kept_connections

from .measure import Browser, Measured, measure, signed_in
from .pages import Page, pages

BUDGETS = yamls.read((Path(__file__).parent / "budgets.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Row:
    page: Page
    found: Measured
    over: tuple[str, ...]


def rows(told: Told, *, timed: bool) -> Iterator[Row]:
    """Each page with what it costs; `over` names what is above its budget. Without time, the ratio is 0."""
    with override_settings(ROOT_URLCONF="bench.urls"):
        handler, found = roomy(WSGIHandler()), pages(told)
        visitors = {who: Browser(handler, _cookies(told, who)) for who in {page.who for page in found}}
        settle()
        with kept_connections():
            for page in found:
                cost = measure(visitors[page.who], page.address, beside="/bare/", part=page.part, timed=timed)
                yield Row(page, cost, tuple(_over(page, cost)))


def _cookies(told: Told, who: str) -> str:
    client = Client(HTTP_HOST="127.0.0.1")
    if who == "author":
        answer = client.post("/track/", {"code": told.tracking["lamps_lane"]})
        assert answer.status_code in (302, 303), answer.status_code
    elif who:
        client.force_login(Person.objects.get(username=who))
    return signed_in(client)


def _over(page: Page, found: Measured) -> Iterator[str]:
    budget = {**BUDGETS["kinds"][page.kind], **BUDGETS.get("pages", {}).get(page.name, {})}
    if found.status != 200:
        yield f"status {found.status}"
    for name in ("queries", "kb", "wire", "ratio", "anew"):
        if (value := getattr(found, name)) > budget[name]:
            yield f"{name} {value:.1f} > {budget[name]}"
