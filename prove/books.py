"""The look at an installation: do journal, ledgers and files agree, and is nothing doubled?"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from shangliang.base.files import storage
from shangliang.base.files.actions import STRAY_AFTER, sweep
from shangliang.base.files.models import File
from shangliang.base.journal.models import Act, Seal, Unsealed
from shangliang.base.journal.verify import verify
from shangliang.flow.voices.models import Voice
from shangliang.ledgers.figures import actions as figures
from shangliang.ledgers.figures.models import Tally
from shangliang.ledgers.notices import actions as notices
from shangliang.ledgers.notices.models import Notice
from shangliang.ledgers.points import actions as points
from shangliang.ledgers.points.models import Entry

from . import many


def wrong() -> list[str]:
    """One line for each thing that does not agree; empty when the books are in order. Changes nothing."""
    return [*_journal(), *_ledgers(), *_files(), *_voices(), *many.numbered()]


def _journal() -> list[str]:
    report, found = verify(), []
    if not report.ok:
        found.append(f"the journal does not verify: {report.broken} {report.where}")
    sealed, waiting = Seal.objects.count(), Unsealed.objects.count()
    if (acts := Act.objects.count()) != sealed + waiting:
        found.append(f"{acts} acts, {sealed} sealed and {waiting} waiting")
    return found


def _ledgers() -> list[str]:
    ledgers: list[tuple[str, Callable[[], int], Callable[[], list[Any]]]] = [
        ("points", points.repost, lambda: _rows(Entry, "code", "member", "act_id", "rule", "points")),
        ("notices", notices.repost, lambda: _rows(Notice, "act_id", "act", "seat", "kind", "subject", "by")),
        ("figures", figures.repost, lambda: _rows(Tally, "metric", "path", "day", "n")),
    ]
    found = []
    for name, repost, rows in ledgers:
        with transaction.atomic():
            before = rows()
            repost()
            if before != (after := rows()):
                other = sorted(set(before) ^ set(after))[:3]
                found.append(f"{name} are not what posting them anew gives: {other}")
            transaction.set_rollback(True)
    return found


def _rows(model: Any, *names: str) -> list[tuple[Any, ...]]:
    return sorted(model.objects.values_list(*names))


def _files() -> list[str]:
    return [
        f"the bytes of {row.code} ({size}) are gone"
        for row in File.objects.all()
        for size in (("large", "small") if row.form == "photo" else ("paper",))
        if not default_storage.exists(storage.place(row.code, size))
    ]


def _voices() -> list[str]:
    """Each voice with its one act, a number of its own without gaps, and a phone that opens."""
    found, left = [], Counter(Act.objects.filter(name="voice_left").values_list("subject", flat=True))
    numbers: dict[str, list[str]] = {}
    for voice in Voice.objects.all():
        if voice.channel == "web" and left.pop(voice.subject, 0) != 1:
            found.append(f"{voice.subject} has not one act of being left")
        if voice.phone and not str(voice.phone).isdigit():
            found.append(f"the phone of {voice.subject} does not open")
        numbers.setdefault(voice.number.partition("-")[0], []).append(voice.number.partition("-")[2])
    found += [f"an act without its voice: {subject}" for subject in left]
    for year, here in numbers.items():
        if sorted(map(int, here)) != list(range(1, len(here) + 1)):
            found.append(f"the numbers of {year} have gaps or stand twice")
    return found


def strays() -> int:
    """Bytes without a row that the sweep leaves behind once it is a day later; 0 is right."""
    root = Path(settings.MEDIA_ROOT)
    for one in root.rglob("*"):
        if one.is_file():
            written = one.stat().st_mtime - (STRAY_AFTER + timedelta(hours=1)).total_seconds()
            os.utime(one, (written, written))
    sweep()
    kept = set(File.objects.values_list("code", flat=True))
    names = [one.name.partition(".")[0].partition("-")[0] for one in root.rglob("*") if one.is_file()]
    return len([name for name in names if name not in kept])
