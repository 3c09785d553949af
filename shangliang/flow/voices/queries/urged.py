"""Reads of the ladder: whose turn it is to be urged, by which letters it was done, who is named."""

from itertools import islice
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from shangliang.base import clock
from shangliang.base.journal import queries as journal
from shangliang.base.places.models import Committee
from shangliang.base.places.queries import below

from .. import ladder, queries
from ..models import Answerer, Assignment, Rung, State, Voice

HOLDING = ("committee_id", "state", "department_id", "awaits_id", "studio_id", "upper_id", "answered_by")
HOLDERS = (
    "committee__path", "state", "department__code", "department__name", "awaits__code", "awaits__name",
    "studio__code", "studio__name", "upper__code", "upper__name", "answered_by",
)  # fmt: skip
BY_DEPARTMENT = Q(state=State.ANSWERED, answered_by=Answerer.DEPARTMENT)
BY_UPPER = Q(state=State.ANSWERED, answered_by=Answerer.UPPER)
CLIMBING = ("code", "state", "due_by", "answer_by", "awaits", "rung", "rung_on", "committee", "answered_by")


def to_climb(most: int) -> list[str]:
    """Codes of late voices whose next rung may have come: not yet named in public, none climbed today."""
    late = Voice.objects.filter(
        Q(rung_on=None) | Q(rung_on__lt=clock.today()), due_by__lt=clock.today(), erased_on=None
    ).exclude(rung=Rung.LISTED)
    rows = late.select_related("committee").only(*CLIMBING)
    found = (
        row.code
        for row in rows.order_by("due_by", "pk").iterator()
        if ladder.due(row) and ladder.at_work(row)
    )
    return list(islice(found, most))


def to_climb_beside(most: int) -> list[int]:
    """Keys of the assignments of those who are late with an opinion while it is another's turn, and whose
    next rung may have come."""
    late = Assignment.objects.filter(
        Q(rung_on=None) | Q(rung_on__lt=clock.today()), task=Assignment.Task.BESIDE, opinion="",
        sent_back_at=None, ended_at=None, due__lt=clock.today(), rung__in=["", Rung.REMINDED],
        voice__state=State.ASSIGNED, voice__erased_on=None,
    ).exclude(department=F("voice__awaits"))  # fmt: skip
    rows = late.select_related("voice__committee").order_by("due", "pk")
    found = (row.pk for row in rows.iterator() if ladder.due_beside(row) and ladder.at_work(row.voice))
    return list(islice(found, most))


def letters(voice: Voice) -> list[Any]:
    """The acts by which somebody was urged in writing about this voice, the first one first."""
    return [act for act in journal.acts([voice.thread]) if act.name == "voice_urged"]


def named(path: str = "") -> QuerySet[Voice]:
    """Voices whose holder is named in public now, of a committee and all under it; the longest late first."""
    found = queries.rows().filter(rung=Rung.LISTED, due_by__isnull=False, erased_on=None)
    return (found.filter(**below(path)) if path else found).order_by("due_by", "pk")


def named_by_holder(path: str = "") -> list[dict[str, Any]]:
    """How many voices each holder is named for: `path` of the committee, `state`, `department`, `awaits`,
    `studio` and `upper` (code and name), `n`, `since` (the first day gone by). Counted by what the index of
    named voices holds; who they are is then read off one voice of each."""
    found = Voice.objects.filter(rung=Rung.LISTED, due_by__isnull=False, erased_on=None)
    if path:
        found = found.filter(committee__in=Committee.objects.filter(**below(path, "path")))
    holding = found.values(*HOLDING).annotate(n=Count("pk"), since=Min("due_by"), one=Min("pk")).order_by()
    counted = {row["one"]: {"n": row["n"], "since": row["since"]} for row in holding}
    about = Voice.objects.filter(pk__in=counted).order_by("committee__path", "pk").values("pk", *HOLDERS)
    return [row | counted[row["pk"]] for row in about]


def of_holder(holder: str) -> Q:
    """The voices that are this holder's now; see `ladder.holder`. None for what names nobody."""
    kind, _colon, code = holder.partition(":")
    if kind == "department":
        turn = Q(awaits__code=code) | Q(awaits=None, department__code=code)
        return (Q(state=State.ASSIGNED) | BY_DEPARTMENT) & turn
    if kind == "committee":
        return (Q(state=State.SENT_UP) | BY_UPPER) & Q(upper__code=code)
    elsewhere = Q(state__in=[State.ASSIGNED, State.SENT_UP]) | BY_DEPARTMENT | BY_UPPER
    return Q(studio__code=code) & ~elsewhere


def holder_of(row: dict[str, Any]) -> str:
    """The holder of a row of `named_by_holder`."""
    by = row["answered_by"] if row["state"] == State.ANSWERED else ""
    if row["state"] == State.ASSIGNED or by == Answerer.DEPARTMENT:
        return f"department:{row['awaits__code'] or row['department__code']}"
    above = row["state"] == State.SENT_UP or by == Answerer.UPPER
    return f"committee:{row['upper__code']}" if above else f"studio:{row['studio__code']}"
