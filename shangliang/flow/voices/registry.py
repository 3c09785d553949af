"""Makes voices known to the files' door, to the search and to whoever erases a person."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from shangliang.base.search import kinds


def register() -> None:
    from shangliang.base.charts import invariants
    from shangliang.base.files import queries as files
    from shangliang.base.files import storage
    from shangliang.base.people import retention
    from shangliang.base.people.personal import holders
    from shangliang.base.rulebook import values
    from shangliang.flow.studios import handover

    from . import actions, queries
    from .queries import broken, desk, helped, pictured, tied

    handover.register("voices", handover.Keeper(queries.unfinished_in, actions.change_studio))
    retention.register("phone_marks", retention.Rule(helped.marks_kept_since, _without_mark))
    retention.register("settlings", retention.Rule(helped.settlings_kept_since, _untied))
    holders.register("voices", actions.forget, queries.own, storage.remove)
    retention.register("phones", retention.Rule(queries.phones_kept_since, _without_phone))
    retention.register("batches", retention.Rule(desk.batches_kept_since, lambda rows: int(rows.delete()[0])))
    retention.register("supports", retention.Rule(tied.supports_kept_since, _nobodys))

    for key, label, days in (
        ("change_days", _("留言：评价给了以后，多少天内能改"), tied.CHANGE_DAYS),
        ("later_days", _("留言：办结多少天以后再问您一句"), tied.LATER_DAYS),
    ):
        says = partial(_always, days)
        values.register(values.Value(key, label, says, values.PLATFORM, own=False))
    invariants.register(
        "refused_has_next_owner", "A refused voice says whom to turn to", broken.refused_without_next_owner
    )
    invariants.register(
        "turn_is_with_who_owes", "A voice awaits who owes it an opinion", broken.awaits_nobody
    )
    invariants.register(
        "asked_by_who_has_it", "A department has a voice of who asked it", broken.asked_elsewhere
    )

    for kind in ("voice", "line", "answer", "progress"):
        files.door(kind, partial(_may_open, kind))
    files.door("shown", pictured.may_open)
    kinds.register(
        "voice",
        lambda: (
            kinds.Row(v.pk, queries.searched(v), v.committee.path, True)
            for v in queries.rows().filter(erased_on=None).order_by("pk")
        ),
    )
    kinds.register(
        "shown_voice",
        lambda: (
            kinds.Row(v.pk, v.wording, v.committee.path, True)
            for v in queries.shown().filter(erased_on=None).order_by("pk")
        ),
    )


def _always(days: int, _committee: Any) -> str:
    """A clock that is the same at every committee."""
    from shangliang.base.rulebook import values

    return values.days(days)


def _without_phone(rows: Any) -> int:
    return int(rows.update(phone=None, phone_mark=""))


def _without_mark(rows: Any) -> int:
    return int(rows.update(phone_mark=""))


def _untied(rows: Any) -> int:
    return int(rows.delete()[0])


def _nobodys(rows: Any) -> int:
    return int(rows.update(digest=None))


def _may_open(kind: str, actors: Any, code: str) -> bool:
    from . import queries
    from .queries import desk, tied

    several: list[Any] = list(actors) if isinstance(actors, Iterable) else [actors]
    if queries.may_open(kind, code, several) or any(tied.reaches(kind, code, one) for one in several):
        return True
    return kind == "answer" and desk.may_open_waiting(code, several)
