"""Reading the journal. It holds keys only: whoever tells of an act asks who may hear it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from ..prepared import Prepared
from .models import Act, Flow, Seal, Unsealed


def acts(threads: Iterable[str]) -> QuerySet[Act]:
    """What happened on these threads, in the order it was written down."""
    return Act.objects.filter(thread__in=list(threads)).order_by("id")


def happened(threads: Iterable[str]) -> list[Act]:
    """The same, read at once: for pages, which ask it each time."""
    return _happened(threads=tuple(threads))


@Prepared
def _happened(*, threads: tuple[str, ...]) -> QuerySet[Act]:
    return acts(threads)


def acts_about(subjects: Iterable[str]) -> QuerySet[Act]:
    """What happened to these subjects ("voice:7k2m…"), in the order it was written down."""
    return Act.objects.filter(subject__in=list(subjects)).order_by("id")


def acts_of_studios(studios: Iterable[str], names: Iterable[str], since: datetime | None) -> QuerySet[Act]:
    """What of these names happened in these studios (codes) since a moment (ever), in the order in which it
    was written down."""
    found = Act.objects.filter(studio__in=set(studios), name__in=set(names)).order_by("id")
    return found.filter(at__gte=since) if since else found


def done_by(person: str, names: Iterable[str], *, since: datetime) -> set[str]:
    """Which of these acts a person (a pseudonym) has done since a moment: for their own eyes only. The
    journal has no index of who did what, on purpose; it is asked by name and time."""
    rows = Act.objects.filter(name__in=list(names), at__gte=since, by=person)
    return set(rows.values_list("name", flat=True).distinct())


def into(*threads: str) -> list[str]:
    """The threads that these ran into, and those that those ran into; without themselves. One query."""
    return _followed("thread", "into", threads)


def from_(*threads: str) -> list[str]:
    """The threads that ran into these, directly or through others; without themselves. One query."""
    return _followed("into", "thread", threads)


def _followed(near: str, far: str, threads: tuple[str, ...]) -> list[str]:
    if not threads:
        return []
    table, near, far = map(connection.ops.quote_name, (Flow._meta.db_table, near, far))
    marks = ", ".join(["%s"] * len(threads))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE on_way (found) AS (SELECT {far} FROM {table} WHERE {near} IN ({marks}) "  # noqa: S608
            f"UNION SELECT {far} FROM {table} JOIN on_way ON {near} = found) "
            "SELECT found FROM on_way ORDER BY found",
            threads,
        )
        return [found for (found,) in cursor.fetchall() if found not in threads]


def size() -> int:
    """How many acts are sealed; the next seal's number."""
    last = Seal.objects.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1


def waiting() -> int:
    """How many acts wait for their seal. More than a minute's worth: the worker stands still."""
    return Unsealed.objects.count()


def pulse() -> tuple[int, int]:
    """Changes with every act that is committed, and with nothing else but sealing: a stamp for public pages.

    Each act is either sealed or waits, so their number tells one state of the journal from every other; the
    last id would not, because a later act may be seen before an earlier one. One statement, so that both are
    of one moment."""
    seals, unsealed = (connection.ops.quote_name(model._meta.db_table) for model in (Seal, Unsealed))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (SELECT MAX(number) FROM {seals}), (SELECT COUNT(*) FROM {unsealed})")  # noqa: S608
        last, waiting = cursor.fetchone()
    return -1 if last is None else last, waiting


def cut(upto: int | None = None) -> tuple[int, datetime | None]:
    """How many acts are sealed (or `upto`, how far a reader has come), and when the newest of them was.

    A page of figures names this moment (截至几点几分); the list behind a number is cut by `within`.
    """
    number = size() if upto is None else upto
    newest = Seal.objects.filter(number__lt=number).order_by("-at").values_list("at", flat=True).first()
    return number, newest


def within(number: int) -> Exists:
    """A filter for acts: sealed among the first `number`."""
    return Exists(Seal.objects.filter(act_id=OuterRef("pk"), number__lt=number))


def sealed(start: int, limit: int) -> list[tuple[int, Act]]:
    """The sealed acts from `start` on, each with its number: what a cursor reads. Two queries."""
    seals = Seal.objects.filter(number__gte=start).order_by("number").values_list("number", "act_id")[:limit]
    order = list(seals)
    found = Act.objects.in_bulk([act_id for _, act_id in order])
    return [(number, found[act_id]) for number, act_id in order]
