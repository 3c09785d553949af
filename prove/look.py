"""What is in an installation, for a proof that drives it from outside.

    python -m prove.look FILE       FILE asks, in JSON: {"voices": […], "posts": […], "acts": […], …}

Voices, posts, receptions, reports, proposals, activities and what is `said` in a voice's thread are asked for
by the first word of what was written, acts as "name subject"; of the acts that were `refused` each is there
once if it did not happen, of `versions` each voice whose version is that of its acts; `supports` by a code,
`bookings` as "studio day time". Prints how often each is there and, once the worker has done what waits, what
is wrong with the books and how many files were left over."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from . import databases


def found(asked: dict[str, list[str]]) -> dict[str, Any]:
    from shangliang import chores
    from shangliang.base.journal.models import Act
    from shangliang.flow.activities.models import Activity
    from shangliang.flow.consultations.models import Post
    from shangliang.flow.proposals.models import Proposal
    from shangliang.flow.reports.models import OpinionReport
    from shangliang.flow.studios.models import Booking, Reception
    from shangliang.flow.voices.models import Answer, Line, Progress, Support, Voice

    from . import books

    chores.everything()
    there = {
        "voices": _first_words(voice.words for voice in Voice.objects.all()),
        "posts": _first_words(post.words for post in Post.objects.all()),
        "receptions": _first_words(Reception.objects.values_list("note", flat=True)),
        "said": _first_words(one.words for model in (Line, Answer, Progress) for one in model.objects.all()),
        "acts": Counter(f"{name} {subject}" for name, subject in Act.objects.values_list("name", "subject")),
    }
    booked = Booking.objects.values_list("studio__code", "day", "start")
    there["bookings"] = Counter(f"{studio} {day} {start:%H:%M}" for studio, day, start in booked if start)
    there["supports"] = Counter(Support.objects.values_list("voice__code", flat=True))
    for kind, model in (("reports", OpinionReport), ("proposals", Proposal), ("activities", Activity)):
        there[kind] = _first_words(one.title for one in model.objects.all())
    there["refused"] = Counter(set(asked.get("refused", [])) - set(there["acts"]))
    there["versions"] = Counter(voice.code for voice in Voice.objects.all() if voice.version == _moved(voice))
    counts: dict[str, Any] = {
        kind: {one: there[kind][one] for one in wanted} for kind, wanted in asked.items()
    }
    return counts | {"wrong": books.wrong(), "strays": books.strays()}


def _moved(voice: Any) -> int:
    """How many acts of the chart the journal has of a voice: its version, for each raised it by one."""
    from shangliang.base.journal.models import Act
    from shangliang.flow.voices.states import CHART

    return Act.objects.filter(subject=voice.subject, name__in={one.act for one in CHART.moves}).count()


def _first_words(texts: Any) -> "Counter[str]":
    return Counter(text.partition(" ")[0] for text in texts)


if __name__ == "__main__":
    databases.begin()
    print(json.dumps(found(json.loads(Path(sys.argv[1]).read_text("utf-8")))))
