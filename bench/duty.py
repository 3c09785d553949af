"""What points cost among many acts: a member's statement, posting an act with its books, posting all anew.

    python -m bench.duty [N] [MEMBERS]

Two databases are filled, one with ten thousand acts and one with N (a million), by as many members as the
second number says (30,000), in proportion, beside the demonstration's own. The acts are laid down as rows
(`bench.acts`): nearly half are of activities, with sign-ups, attendance, leave and absence; the ledger itself
posts their entries. Posted is what one did alone, and a meeting's record of twelve. A statement is kept until
the next act (`statement`) and drawn anew after it. Prints for each: CPU milliseconds, the ratio that is asked
for, the bar, and what it costs among N over what it costs among ten thousand: both in bare views asked in
turn with it, as the second run may meet a machine of another speed. Exits with 1 when a figure is over its
bar."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ["SHANGLIANG_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")

FEW, MANY, MEMBERS = 10_000, 1_000_000, 30_000
ROUNDS, POSTED, REPEATED = 9, 40, 2
VIEWS = 5  # bare ones in a row: one alone would be asked cold
RISE = 1.3
# name → (how often what it is measured by, in words, the most times)
BARS = {
    "statement": ("bare views", 20),
    "drawn anew": ("bare views", 60),
    "posting an act": ("bare inserts", 4),
    "a record": ("bare inserts", 4),
    "posting anew": ("reading the acts", 5),
}


def main() -> int:
    if sys.argv[1:2] == ["--fill"]:
        print(json.dumps(dict(measured(int(sys.argv[2]), int(sys.argv[3])))))
        return 0
    many = int(sys.argv[1]) if sys.argv[1:] else MANY
    members = int(sys.argv[2]) if sys.argv[2:] else max(MEMBERS * many // MANY, 1)
    few, much = among(FEW, max(members * FEW // many, 1)), among(many, members)
    print(f"{many:,} acts of {members:,} members")
    print(f"{'':<16}{'ms':>10}{'times':>8}  {'of what':<18}{'bar':>5}{f'of {FEW:,}':>10}")
    over = 0
    for name, (what, most) in BARS.items():
        (took, bare, times), (took_few, bare_few, _times) = much[name], few[name]
        # all is posted anew: by the act
        rise = (took / bare) / (took_few / bare_few) * (FEW / many if name == "posting anew" else 1)
        over += (wrong := times > most or rise > RISE)
        verdict = "over" if wrong else "ok"
        print(f"{name:<16}{took:>10.2f}{times:>8.1f}  {what:<18}{most:>5}{rise:>10.2f}  {verdict}")
    return 1 if over else 0


def among(acts: int, members: int) -> dict[str, tuple[float, float, float]]:
    """The costs among so many acts, in a process and a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        own = os.environ | {"SHANGLIANG_VAR": folder}
        command = [sys.executable, "-m", "bench.duty", "--fill", str(acts), str(members)]
        done = subprocess.run(command, env=own, stdout=subprocess.PIPE, text=True, check=True)
        return dict(json.loads(done.stdout.splitlines()[-1]))


def measured(acts: int, members: int) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """name → (milliseconds, those of a bare view meanwhile, how often what it is measured by)."""
    import django

    django.setup()
    from django.core.cache import caches
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.management import call_command
    from django.test.client import Client
    from django.test.utils import override_settings

    from demo import load
    from shangliang.base.interpreter import roomy
    from shangliang.base.people.models import Person
    from shangliang.ledgers.points import actions

    from .acts import fill
    from .measure import Browser, signed_in

    for database in ("default", "keyring"):
        call_command("migrate", database=database, verbosity=0)
    call_command("createcachetable", verbosity=0)
    told = load.load()
    who = Person.objects.get(username="member")
    fill(told, acts, members, who.key)
    with override_settings(ROOT_URLCONF="bench.urls"):
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(who)
        handler = roomy(WSGIHandler())
        member, stranger = Browser(handler, signed_in(client)), Browser(handler)

        def views() -> None:
            for _view in range(VIEWS):
                stranger.ask("/bare/")

        def anew() -> None:
            caches["pages"].clear()
            member.ask("/work/statement/")

        def kept() -> None:
            member.ask("/work/statement/")

        for name, ask in (("statement", kept), ("drawn anew", anew)):
            bare, page = in_turn(views, ask)
            yield name, (page, bare / VIEWS, page / bare * VIEWS)
        for name, said in (("posting an act", a_reception(who.key)), ("a record", a_record())):
            plain, whole = posting(told, *said)
            bare, rows, act = in_turn(views, plain, whole, rounds=POSTED)
            yield name, (act, bare / VIEWS, act / rows)
        bare, reading, again = in_turn(views, read_all, actions.repost, rounds=REPEATED)
        yield "posting anew", (again, bare / VIEWS, again / reading)


def a_reception(member: str) -> tuple[str, str, dict[str, Any]]:
    return "reception_held", "bench:0-0", {"members": [member], "residents": 5}


def a_record() -> tuple[str, str, dict[str, Any]]:
    """Of the first meeting that there is, anew: nine came, two were on leave, one was absent."""
    from shangliang.base.journal.models import Act

    held = Act.objects.filter(name="activity_recorded", subject="activity:bm0").get()
    return held.name, held.subject, held.facts


def posting(
    told: Any, name: str, subject: str, facts: dict[str, Any]
) -> tuple[Callable[[], None], Callable[[], None]]:
    """What inserts an act's rows by themselves, and what posts the act with all its books; both take it
    back."""
    from django.conf import settings
    from django.db import transaction
    from django.utils.module_loading import import_string

    from shangliang.base import clock
    from shangliang.base.journal.models import Act, Unsealed
    from shangliang.ledgers.notices.models import Notice
    from shangliang.ledgers.points.models import Entry

    said: dict[str, Any] = {
        "name": name, "subject": subject, "committee": told.committees["990101"].path,
        "studio": told.studios["chengguan"], "by": "bench", "salt": "", "facts": facts,
    }  # fmt: skip
    books = [import_string(path) for path in settings.LEDGERS]

    def act() -> Any:
        made = Act(at=clock.now(), **said)
        made.save(force_insert=True)
        Unsealed.objects.bulk_create([Unsealed(act_id=made.id, at=made.at)])
        return made

    def whole() -> None:
        with transaction.atomic():
            made = act()
            for post in books:
                post(made)
            transaction.set_rollback(True)

    with transaction.atomic():
        made = act()
        for post in books:
            post(made)
        entries = list(Entry.objects.filter(act_id=made.id))
        told_to = list(Notice.objects.filter(act_id=made.id))
        transaction.set_rollback(True)

    def plain() -> None:
        with transaction.atomic():
            act()
            for row in (*entries, *told_to):
                row.pk = None
            Entry.objects.bulk_create(entries)
            Notice.objects.bulk_create(told_to)
            transaction.set_rollback(True)

    return plain, whole


def read_all() -> None:
    """Every act that may bring something, read as it lies, some thousands at a time."""
    from shangliang.base.journal.models import Act
    from shangliang.ledgers.points import deeds, tariff

    names = deeds.wanted([one for one in tariff.tariffs() if one.since])
    for _act in Act.objects.filter(name__in=names).order_by("id").iterator(deeds.BATCH):
        pass


def once(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return (time.process_time() - start) * 1000


def in_turn(*dos: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The least of several of each, in turn, so that all see the same weather; the first is not counted."""
    for do in dos:
        do()
    return [min(times) for times in zip(*([once(do) for do in dos] for _round in range(rounds)), strict=True)]


if __name__ == "__main__":
    raise SystemExit(main())
