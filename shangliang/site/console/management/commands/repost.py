"""`manage.py repost`: throw a ledger away and post it again from the journal."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from shangliang.base.search import kinds
from shangliang.base.search.actions import rebuild
from shangliang.ledgers.figures import actions as figures
from shangliang.ledgers.notices import actions as notices
from shangliang.ledgers.points import actions as points


def _search() -> int:
    return sum(rebuild(kind.name) for kind in kinds.registered())


LEDGERS: dict[str, tuple[Callable[[], int], str]] = {
    "points": (points.repost, "entries posted"),
    "figures": (figures.repost, "sealed acts counted; reported totals stay as they are"),
    "notices": (notices.repost, "notices booked; nothing is sent by it"),
    "search": (_search, "things indexed"),
}


class Command(BaseCommand):
    help = (
        "Rebuild a ledger: points, figures and notices from the journal, search from the things themselves."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ledger", choices=LEDGERS)

    def handle(self, *args: Any, **options: Any) -> None:
        post, words = LEDGERS[options["ledger"]]
        self.stdout.write(f"{options['ledger']}: {post():,} {words}")
