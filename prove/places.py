"""Killed at a named place (-9), looked at, done again with the same keys, looked at again.

    python -m prove.places [--short]        prints {"killed": …, "wrong": […], "planted": {…}}

Each life is a fork of this process, which has Django and the world ready; it patches one place so that the
n-th pass through it ends the process without a word."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from . import databases

Place = Callable[[Callable[[], None]], Any]


def dying(nth: int) -> Callable[[], None]:
    """Call it at a place: the n-th call is the last thing that this process does."""
    passed = 0

    def pass_by() -> None:
        nonlocal passed
        passed += 1
        if passed == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    return pass_by


def after(where: str, *, when: Callable[..., bool] = lambda *a, **k: True) -> Place:
    """The place right after a function (dotted path) has done its work."""
    return _around(where, when, before=False)


def before(where: str, *, when: Callable[..., bool] = lambda *a, **k: True) -> Place:
    return _around(where, when, before=True)


def _around(where: str, when: Callable[..., bool], *, before: bool) -> Place:
    def patching(die: Callable[[], None]) -> Any:
        owner, name = where.rsplit(".", 1)
        plain = getattr(_found(owner), name)

        def passed(*args: Any, **kwargs: Any) -> Any:
            if before and when(*args, **kwargs):
                die()
            done = plain(*args, **kwargs)
            if not before and when(*args, **kwargs):
                die()
            return done

        return patch(where, passed)

    return patching


def _found(dotted: str) -> Any:
    from importlib import import_module

    from django.utils.module_loading import import_string

    try:
        return import_module(dotted)
    except ImportError:
        return import_string(dotted)


def _ledgers(die: Callable[[], None]) -> Any:
    known = _found("shangliang.base.journal.record._ledgers")

    def with_a_place(paths: Any) -> Any:
        post, *others = known(paths)  # points are the first

        def posting(act: Any) -> None:
            post(act)
            die()

        return (posting, *others)

    return patch("shangliang.base.journal.record._ledgers", with_a_place)


def _of_reply(rows: Any, **values: Any) -> bool:
    return bool(rows.model.__name__ == "Reply" and "status" in values)


PHOTO = "photo written, row not yet"
QUERY_SET = "django.db.models.query.QuerySet"
# name → where it is, and at which of its passes the short form kills.
PLACES: dict[str, tuple[Place, int]] = {
    PHOTO: (after("shangliang.base.files.storage.write"), 2),
    "key drawn": (after("shangliang.base.people.personal.keyring.new"), 1),
    "act written": (after("shangliang.base.charts.chart.record"), 2),
    "points posted": (_ledgers, 6),
    "reply kept, not committed": (after(f"{QUERY_SET}.update", when=_of_reply), 1),
    "committed, session not kept": (
        before("django.contrib.sessions.middleware.SessionMiddleware.process_response"),
        1,
    ),
    "committed, not answered": (after("django.core.handlers.base.BaseHandler.get_response"), 5),
    "seals written, not committed": (after("shangliang.base.journal.seal._grow"), 1),
    "sealed": (after("shangliang.chores.seal"), 1),
    "counted, cursor not moved": (
        before("shangliang.ledgers.figures.models.Cursor.save", when=lambda cursor, *a, **k: cursor.upto > 0),
        1,
    ),
    "figures rolled up": (after("shangliang.chores.roll_up"), 1),
    "checkpoint told": (after("shangliang.chores.checkpoint"), 1),
    "an old reply forgotten": (after("shangliang.chores.once.forget_old"), 1),
}
FEW = {"committed, not answered", "seals written, not committed"}  # beside the two of the planted faults
MOST = 60  # passes tried in the long form; the rounds have fewer at each place


# ── Planted faults: the product as it must not be ──
def two_transactions() -> Any:
    """Figures counted and committed, the cursor moved afterwards."""
    from django.db import transaction

    from shangliang.base.journal import queries as journal
    from shangliang.ledgers.figures import actions
    from shangliang.ledgers.figures.models import Cursor

    def roll_up(limit: int = 5000) -> int:
        cursor, _made = Cursor.objects.get_or_create(name=actions.CURSOR)
        rows = journal.sealed(cursor.upto, limit)
        with transaction.atomic():
            actions._add(act for _number, act in rows)
        cursor.upto += len(rows)
        cursor.save()
        return len(rows)

    return patch("shangliang.chores.roll_up", roll_up)


def answers_first(acknowledge: Callable[[], None]) -> Any:
    """The answer goes out while the change is still to be committed."""
    return after(f"{QUERY_SET}.update", when=_of_reply)(acknowledge)


# ── Lives ──
def life(work: Callable[[], int]) -> int:
    """Do it in a fork of this process and say how that ended: an exit code, or minus the signal."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if not child:
        code = 70
        try:
            code = work()
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


class Lives:
    """The world's rounds: one is killed at a place, looked at, and done again."""

    def __init__(self, world: SimpleNamespace, folder: Path) -> None:
        self.world, self.folder, self.rounds = world, folder, 0

    def killed_at(
        self, place: Place, nth: int, *, photos: int = 0, early: bool = False, fault: Any = None
    ) -> list[str] | None:
        """What was wrong after a kill at this place's n-th pass; None when it was not passed so often."""
        from .round import Book, Round

        self.rounds += 1
        one = Round(self.world, f"zq{self.rounds:04d}", photos=photos)
        book = Book(self.folder / f"acknowledged-{self.rounds}")

        def lived() -> int:
            nobody_tried_yet()
            step = ""
            planted = answers_first(lambda: book.acknowledge(step)) if early else patch.dict({})
            with planted, fault() if fault else patch.dict({}), place(dying(nth)):
                for now in one.steps():
                    step = now.name
                    answer = now.send()
                    if answer is not None and answer.status_code not in (302, 303):
                        raise RuntimeError(f"{step} was answered {answer.status_code}: {answer.text[:300]}")
                    book.acknowledge(step)
            return 0

        ended = life(lived)
        if ended == 0:
            return None
        if ended != -signal.SIGKILL:
            return [f"the life ended with {ended}, not at the place"]
        said = self.folder / "said.json"
        if life(lambda: self._looked(one, book, said)):
            return ["the look after the kill failed"]
        return list(json.loads(said.read_text()))

    def _looked(self, one: Any, book: Any, said: Path) -> int:
        from . import books

        nobody_tried_yet()
        wrong, acknowledged = [], set(book.acknowledged())
        for step in one.steps():
            landed = step.landed()
            if landed > 1 or (step.name in acknowledged and landed != 1):
                wrong.append(f"{step.name}: {landed} effects after the kill")
        for step in one.steps():  # all once more, with the same keys
            answer = step.send()
            if answer is not None and answer.status_code not in (302, 303):
                wrong.append(f"{step.name} sent again: {answer.status_code}")
            if step.name == "voice" and "data-code" not in answer.client.get(answer["Location"]).text:
                wrong.append("the tracking code was not told")
            if (landed := step.landed()) != 1:
                wrong.append(f"{step.name}: {landed} effects after it was sent again")
        wrong += books.wrong()
        if left := books.strays():
            wrong.append(f"{left} files without a row were left by the sweep")
        said.write_text(json.dumps(wrong))
        return 0


def nobody_tried_yet() -> None:
    """The rounds are those of many people: how often one of them may try is another proof's."""
    from shangliang.base.people.models import Try

    Try.objects.all().delete()


def heal() -> int:
    from shangliang.ledgers.figures import actions

    actions.repost()
    return 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--few", action="store_true", help="only where the two databases differ")
    said = parser.parse_args()
    short = said.short
    databases.begin()
    from stories import world_topics
    from stories.world import build

    from .round import Round

    world = build()
    world.topic = world_topics.opened(world)
    lives = Lives(world, Path(os.environ["SHANGLIANG_VAR"]))
    for step in Round(world, "zq0000", photos=0).steps():
        step.send()  # unharmed, in this process: what is loaded now need not be loaded in each life
    killed, unreached, wrong = 0, [], []
    for name, (place, short_at) in PLACES.items():
        if said.few and name not in FEW:
            continue
        for nth in (short_at,) if short else range(1, MOST):
            found = lives.killed_at(place, nth, photos=int(name == PHOTO or not short))
            if found is None:
                unreached += [name] if short or nth == 1 else []
                break
            killed += 1
            wrong += [f"{name}:{nth}: {line}" for line in found]
    place = PLACES["counted, cursor not moved"][0]
    twice = lives.killed_at(place, 1, fault=two_transactions)
    life(heal)
    lost = lives.killed_at(PLACES["reply kept, not committed"][0], 1, early=True)
    planted = {"two transactions": bool(twice), "answers first": bool(lost)}
    for line in wrong:
        print(line, file=sys.stderr)
    print(json.dumps({"killed": killed, "unreached": unreached, "wrong": wrong, "planted": planted}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
