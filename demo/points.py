"""示例省的积分：对账上的疑问和答复，结过的一季，邻县定下的标准。Points: doubts and their answers."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from shangliang.base import clock
from shangliang.ledgers.points import actions
from shangliang.ledgers.points.actions.objecting import New
from shangliang.ledgers.points.models import Entry, Objection

from .told import Step, Told

WHO = "member"


def steps(told: Told) -> list[Step]:
    at = told.days.moment
    return [
        (at(9, "9:10"), partial(_chosen, told)),
        (at(8, "19:40"), partial(_doubted, told, "wrong_day", 0, "日子记错了，是后一天的事。")),
        (at(6, "10:20"), partial(_moved, told)),
        (at(6, "20:05"), partial(_doubted, told, "not_there", 1, "这一场我没有到。")),
        (at(5, "9:30"), partial(_dismissed, told)),
        (at(5, "20:10"), partial(_missing, told, "no_more", "上个月走访记下的一条没有记分。")),
        (at(4, "8:15"), partial(_withdrawn, told)),
        (at(3, "11:00"), partial(_closed, told)),
        (at(2, "20:30"), partial(_missing, told, "waits", "上个月在东街的接待，少了一笔。")),
    ]  # fmt: skip


def _chosen(told: Told) -> None:
    to = date(clock.today().year + 1, 1, 1)
    actions.choose_tariff(
        told.committees["990102"], by=told.actors["neighbour"], since=to, preset="tongcheng-2019"
    )


def _doubted(told: Told, label: str, which: int, words: str) -> None:
    entry = Entry.objects.filter(member=told.people[WHO].key, reverses="").order_by("act_id")[which]
    told.codes[f"doubt_{label}"] = actions.object_(by=told.actors[WHO], words=words, entry=entry.code).code


def _missing(told: Told, label: str, words: str) -> None:
    day = clock.local_day(told.days.moment(20))
    made = actions.object_(by=told.actors[WHO], words=words, committee=told.committees["990101"], day=day)
    told.codes[f"doubt_{label}"] = made.code


def _answering(told: Told, label: str) -> tuple[Objection, dict[str, Any]]:
    """Whoever wrote the entry down does not decide."""
    found = Objection.objects.select_related("committee").get(code=told.codes[f"doubt_{label}"])
    officer = told.actors["officer"]
    by = told.actors["leader"] if found.written_by == officer.key else officer
    return found, {"by": by, "seen": found.version}


def _moved(told: Told) -> None:
    found, how = _answering(told, "wrong_day")
    entry = Entry.objects.get(code=found.entry)
    later = date.fromordinal(entry.day.toordinal() + 1)
    new = New(entry.rule, later)
    words = "核对了记录，是后一天的。原来那一笔冲销，照后一天另记。"
    actions.uphold(found.code, words=words, reverse=True, new=new, **how)


def _dismissed(told: Told) -> None:
    found, how = _answering(told, "not_there")
    actions.dismiss(found.code, words="签到表上有您的签名，照片里也有您，所以没有改。", **how)


def _withdrawn(told: Told) -> None:
    actions.withdraw(told.codes["doubt_no_more"], by=told.actors[WHO], seen=1)


def _closed(told: Told) -> None:
    today = clock.today()
    quarter = (today.month - 1) // 3
    year, quarter = (today.year, quarter) if quarter else (today.year - 1, 4)
    actions.close(told.committees["990101"], by=told.actors["officer"], year=year, quarter=quarter)
