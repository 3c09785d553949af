"""How well similar texts are found: precision and recall at 3, each text of a cluster asked for its fellows.

    python -m bench.similar FILE.csv

The file has a column `cluster` (a number; 0: belongs to none) and a column `text`. All texts are candidates,
as in one county. The set is for measuring; nothing in the house was made from it.

Three ways: by the order of all texts; as the officer's pane shows them; as a resident is shown public ones
before sending. The last two ask what the pages ask, in a database of their own. Beside each: how many of the
texts that have no fellow are shown something all the same."""

import csv
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

AT = 3
Rows = list[tuple[int, str]]


@dataclass(frozen=True)
class Found:
    """Shares between 0 and 1; `some`: at least one right text among the three; `stray`: of the texts without
    a fellow, how many are shown any."""

    precision: float
    recall: float
    some: float
    stray: float

    def __str__(self) -> str:
        return (
            f"P@{AT} {self.precision:.3f}  R@{AT} {self.recall:.3f}  some right one {self.some:.0%}"
            f"  strangers shown some {self.stray:.0%}"
        )


def measure(rows: Rows, shown: Callable[[int], list[int]]) -> Found:
    """`shown`: the place of a text → the places of those that are shown beside it, the text itself never."""
    size = Counter(cluster for cluster, _ in rows)
    right = recalled = some = asked = stray = alone = 0.0
    for place, (cluster, _text) in enumerate(rows):
        best = shown(place)[:AT]
        if not cluster or size[cluster] < 2:
            alone, stray = alone + 1, stray + bool(best)
            continue
        hits = sum(rows[n][0] == cluster for n in best)
        asked, right, some = asked + 1, right + hits / AT, some + bool(hits)
        recalled += hits / (size[cluster] - 1)
    return Found(right / asked, recalled / asked, some / asked, stray / alone if alone else 0.0)


def by_order(rows: Rows) -> Callable[[int], list[int]]:
    """The order of all other texts, whatever they share."""
    from shangliang.base.search.queries import ranked

    def shown(place: int) -> list[int]:
        others = [n for n in range(len(rows)) if n != place]
        return [others[n] for n in ranked(rows[place][1], [rows[n][1] for n in others])]

    return shown


def by_pages(rows: Rows) -> tuple[Callable[[int], list[int]], Callable[[int], list[int]]]:
    """As the officer's pane and the door show them, every text a public voice of one county."""
    from django.db import transaction

    from shangliang.base.search import actions as index
    from shangliang.flow.voices.models import Voice
    from shangliang.flow.voices.office import alike
    from shangliang.flow.voices.queries import near
    from stories import world as small

    world = small.build()
    voices = _voices(rows, world.studio)
    place_of = {voice.pk: place for place, voice in enumerate(voices)}

    def officer(place: int) -> list[int]:
        voice = near.get(voices[place].code, world.officer)
        return [place_of[one.voice.pk] for one in alike.to(voice, world.officer)]

    def resident(place: int) -> list[int]:
        """Theirs is not there yet."""
        own = voices[place]
        with transaction.atomic():
            index.drop("shown_voice", own.pk)
            Voice.objects.filter(pk=own.pk).update(review="")
            found = near.similar_shown(own.words, world.county.path)
            transaction.set_rollback(True)
        return [place_of[match.item.pk] for match in found]

    return officer, resident


def _voices(rows: Rows, studio: Any) -> list[Any]:
    """By the rows and not by the actions: nothing but the words matters."""
    from django.db import transaction

    from shangliang.base import clock, search
    from shangliang.flow.voices.models import Voice

    from .many import keys

    now, today = clock.now(), clock.today()
    made = [
        Voice(
            number=f"测{place:06d}", studio=studio, committee=studio.committee, words=text, state="closed",
            kind="help", public=True, code_hash=f"{place:064d}", said_on=today, left_at=now, review="shown",
            first_shown_at=now, answered_on=today, answered_by="studio",
        )
        for place, (_cluster, text) in enumerate(rows)
    ]  # fmt: skip
    with transaction.atomic(), transaction.atomic(using="keyring"):
        keys(made)
        Voice.objects.bulk_create(made)
    for kind in ("voice", "shown_voice"):
        search.rebuild(kind)
    return made


def main() -> None:
    os.environ["SHANGLIANG_MODE"] = "test"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = [(int(row["cluster"]), row["text"]) for row in csv.DictReader(file)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        os.environ["SHANGLIANG_VAR"] = folder
        import django

        django.setup()
        from django.core.management import call_command

        for database in ("default", "keyring"):
            call_command("migrate", database=database, verbosity=0)
        call_command("createcachetable", verbosity=0)
        officer, resident = by_pages(rows)
        for name, shown in (
            ("all texts, ordered", by_order(rows)),
            ("officer's pane", officer),
            ("before sending", resident),
        ):
            print(f"{name:<20}{measure(rows, shown)}", flush=True)


if __name__ == "__main__":
    main()
