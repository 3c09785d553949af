"""A year of members' duty as acts of the journal, laid down as rows: without thread, salt or seal, which no
book of points reads.

Of a hundred acts fifty-three are done alone (a reception, an opinion report that was issued, a post that was
shown) and forty-seven belong to two activities: a studio's, with those who signed up, one on leave and one
who stayed away, and a meeting to which twelve were invited; of every tenth the record is put right."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from typing import Any, NamedTuple

BATCH = 5_000
ALONE = 53  # of a hundred acts
PUT_RIGHT = 10  # of so many meetings one
AWAY = (
    "  - {name: leave, act: activity_recorded, to: leave, points: -100, label: 请假, what: 减 1 分}\n"
    "  - {name: absent, act: activity_recorded, to: absent, points: -300, label: 缺席, what: 减 3 分}\n"
)


class Did(NamedTuple):
    name: str
    subject: str
    day: date
    facts: dict[str, Any]


def fill(told: Any, acts: int, members: int, own: str) -> None:
    """So many acts of so many members, and their activities; the measured member has as many as any other.
    The committee's own tariff reads leave and absence too."""
    from django.db import connection, transaction

    from shangliang.base import clock
    from shangliang.flow.activities.models import Activity
    from shangliang.flow.studios.models import Studio
    from shangliang.ledgers.points import actions

    place, studio = told.committees["990101"], told.studios["chengguan"]
    host = Studio.objects.get(code=studio)
    first = date(clock.today().year, 1, 1)
    _choose(place, first)
    days = max((clock.today() - first).days, 1)
    done = year([own, *(f"m{n:015d}" for n in range(members - 1))], first, days)
    with connection.cursor() as cursor:
        while acts > 0 and (some := list(islice(done, min(acts, BATCH)))):
            acts -= len(some)
            rows, held = [], []
            for one in some:
                at = clock.start_of(one.day)
                when = connection.ops.adapt_datetimefield_value(at)
                said = json.dumps(one.facts)
                rows.append((one.name, one.subject, "", place.path, studio, "bench", when, said, ""))
                if one.name == "activity_recorded":
                    held.append(_activity(Activity, one, at, place, host))
            with transaction.atomic():
                cursor.executemany(
                    "INSERT INTO journal_act (name, subject, thread, committee, studio, by, at, facts, salt)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)", rows
                )  # fmt: skip
                Activity.objects.bulk_create(held)
        actions.repost()
        cursor.execute("ANALYZE")


def year(keys: list[str], first: date, days: int) -> Iterator[Did]:
    """Acts without end, by the hundred; each member in turn."""
    turn, n = cycle(keys), 0
    while True:
        day = first + timedelta(days=n % days)
        yield from (_alone(at, f"bench:{n}-{at}", day, next(turn)) for at in range(ALONE))
        yield from clinic(f"activity:bc{n}", day, list(islice(turn, 8)))
        yield from meeting(f"activity:bm{n}", day, list(islice(turn, 12)), late=n % PUT_RIGHT == 0)
        n += 1


def _alone(at: int, subject: str, day: date, member: str) -> Did:
    kinds = (
        ("reception_held", {"members": [member], "residents": 5}),
        ("opinion_report_issued", {"member": member}),
        ("review_shown", {"kind": "post", "participant_first": True, "member": member}),
    )
    name, facts = kinds[at % len(kinds)]
    return Did(name, subject, day, facts)


def clinic(subject: str, day: date, members: list[str]) -> Iterator[Did]:
    """Eight sign up: one leads, five come, one is on leave, one stays away. Nineteen acts."""
    yield Did("activity_planned", subject, day, {"kind": "free_clinic"})
    yield Did("activity_announced", subject, day, {"kind": "free_clinic"})
    yield from (Did("participation_signed", subject, day, {"member": one}) for one in members)
    lead, *came, away, absent = members
    yield Did("participation_on_leave", subject, day, {"member": away})
    yield from _came(subject, day, [lead, *came])
    yield Did("participation_missed", subject, day, {"member": absent})
    yield recorded(subject, day, "free_clinic", came, [lead], free_clinic_visits=34)


def meeting(subject: str, day: date, members: list[str], *, late: bool) -> Iterator[Did]:
    """Twelve are invited: nine come, two are on leave, one gives no answer. Twenty-eight acts; `late`: the
    last was there after all."""
    kind = "other_meeting"
    yield Did("activity_planned", subject, day, {"kind": kind})
    yield from (Did("participation_invited", subject, day, {"member": one}) for one in members)
    yield Did("activity_announced", subject, day, {"kind": kind})
    *came, ill, abroad, absent = members
    yield from (Did("participation_on_leave", subject, day, {"member": one}) for one in (ill, abroad))
    yield from _came(subject, day, came)
    yield Did("participation_missed", subject, day, {"member": absent})
    yield recorded(subject, day, kind, came, [])
    if late:
        more = {"member": absent, "members": [absent], "kind": kind, "for_day": day.isoformat()}
        yield Did("participation_added", subject, day, more)
    else:
        yield Did("activity_closed", subject, day, {"kind": kind})


def recorded(subject: str, day: date, kind: str, came: list[str], lead: list[str], **measures: int) -> Did:
    facts = {"kind": kind, "day": day.isoformat(), "helpers": 0, "members": sorted(came), "lead": lead}
    return Did("activity_recorded", subject, day, facts | measures)


def _came(subject: str, day: date, members: list[str]) -> Iterator[Did]:
    for one in members:
        yield Did("participation_came", subject, day, {"member": one, "by_code": True, "late": False})


def _activity(model: Any, one: Did, at: datetime, place: Any, host: Any) -> Any:
    return model(
        code=one.subject.partition(":")[2], committee=place, studio=host, kind=one.facts["kind"],
        title="义诊", place="广场", starts_at=at, ends_at=at + timedelta(hours=3), state="held", by="bench",
        last_at=at, announced_on=one.day, recorded_on=one.day,
    )  # fmt: skip


def _choose(place: Any, since: date) -> None:
    """As if the committee had chosen it before the year began."""
    from shangliang.base import clock
    from shangliang.ledgers.points.models import Choice
    from shangliang.ledgers.points.tariff import PRESETS

    text = (PRESETS / "simple.yaml").read_text("utf-8").replace("\nnone:\n", f"\n{AWAY}none:\n")
    at = clock.start_of(since)
    Choice.objects.create(committee=place, path=place.path, since=since, text=text, by="bench", at=at)
