"""Settings and records in words: what a committee has set, and the public text that a record gives."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import npgettext_lazy as _n

from shangliang.base import clock
from shangliang.base.people.personal.fields import ERASED
from shangliang.base.places.models import Committee
from shangliang.base.rulebook import values

from . import codes
from .kinds import Measure, chosen, kinds
from .models import Activity, Participation, Standing, State


def notice(committee: Committee) -> str:
    return values.days(int(committee.set("activity_notice_days")))


def used(committee: Committee) -> str:
    return _("%(n)s 类里用 %(m)s 类") % {"n": len(kinds()), "m": len(chosen(committee))}


TONES = {
    "planned": "quiet", "announced": "open", "held": "wait", "published": "done", "closed": "quiet",
    "cancelled": "late",
}  # fmt: skip
FEW = 10  # people who were helped: fewer than this are not told apart where everybody reads
UNITS_SAID: dict[str, Any] = {
    "yuan": _n("yuan", "元", "元"), "person": _n("person", "人", "人"),
    "person-time": _n("person-time", "人次", "人次"), "case": _n("case", "件", "件"),
    "firm": _n("firm", "家", "家"), "child": _n("child", "名", "名"), "member": _n("member", "名", "名"),
    "institution": _n("institution", "家", "家"), "year": _n("year", "年", "年"),
}  # fmt: skip
UNITS = {"yuan": "元", "person": "人", "person-time": "人次", "case": "件", "firm": "家", "child": "名",
         "member": "名", "institution": "家", "year": "年"}  # fmt: skip


def no_scan(found: Activity, at: datetime) -> str:
    """Why a scan of that moment can't be handed in now, with whom to ask; "" where it can."""
    if found.state in (State.PLANNED, State.CANCELLED):
        return _("这场活动没有在办，签不了到。")
    if not found.starts_at - codes.AROUND <= at <= found.ends_at + codes.AROUND:
        return _("开始前两小时到结束后两小时才签到。")
    if found.state != State.ANNOUNCED:
        return _("这场活动记录过了，扫码不再算。您到了的话，请%(host)s在名单上补勾。") % {"host": found.host}
    if clock.now() - at > codes.LATEST:
        return _("扫码过了一天，不再算。您到了的话，请%(host)s在名单上勾。") % {"host": found.host}
    return ""


def amount(measure: Measure, value: int, *, closed: bool = True) -> str:
    """34 人次; 不到 10 人次 where there were few and everybody reads it."""
    unit = str(UNITS_SAID[measure.unit] % value)
    if closed and measure.of_people and 0 < value < FEW:
        return _("不到 %(n)s %(unit)s") % {"n": FEW, "unit": unit}
    return f"{value:,} {unit}"


def numbers(activity: Activity, measured: Mapping[str, int], *, closed: bool = True) -> list[tuple[Any, str]]:
    """What was measured at an activity, in the order of its kind. `closed`: small numbers of people are."""
    rows = [(measure, measured.get(measure.key)) for measure in activity.sort.measures]
    return [(one.label, amount(one, value, closed=closed)) for one, value in rows if value is not None]


def who_and_what(line: str) -> tuple[str, str]:
    """毛医生：量血压 → the name, and what they did; "" where it does not say."""
    name, _colon, what = line.replace(":", "：").partition("：")
    return " ".join(name.split()), " ".join(what.split())


def doings(parts: Iterable[Participation]) -> dict[str, str]:
    """Pseudonym → what they did, of those who came; nothing of whoever had it erased."""
    found = {part.person: str(part.did) for part in parts if part.state == Standing.CAME and part.did}
    return {person: words for person, words in found.items() if words != str(ERASED)}


def text(
    activity: Activity,
    measured: Mapping[str, int],
    lead: Sequence[str],
    came: int,
    did: Sequence[tuple[str, str]] = (),
) -> str:
    """The draft of the public text, from the record alone, in Chinese as the office publishes it. It names
    the members who led, those of whom the record says what they `did`, and the partners; of helpers it says
    what they did, of those who were helped it gives numbers, never names."""
    day = clock.local_day(activity.starts_at)
    who = activity.host
    with_whom = f"会同{activity.partners}" if activity.partners else ""
    number = f"这是「{activity.series.name}」第{activity.number}次。" if activity.series else ""
    lines = [
        f"{day.year}年{day.month}月{day.day}日，{who}{with_whom}在{activity.place}开展{activity.sort.name}活动"
        f"「{activity.title}」。{number}"
    ]
    members = f"{came}名委员参加" if came else ""
    leads = f"，{'、'.join(lead)}牵头" if lead else ""
    helpers = f"，{activity.helpers_count}名热心人来帮忙" if activity.helpers_count else ""
    if members:
        lines.append(f"{members}{leads}{helpers}。")
    what = [who_and_what(line)[1] for line in str(activity.helpers).splitlines()]
    helped = [f"来帮忙的{'，'.join(filter(None, dict.fromkeys(what)))}"] if any(what) else []
    if parts := [*(f"{name}{words}" for name, words in did), *helped]:
        lines.append(f"{'；'.join(parts)}。")
    said = [_told(one, measured[one.key]) for one in activity.sort.measures if one.key in measured]
    if said:
        lines.append(f"{'，'.join(said)}。")
    if activity.about:
        lines.append(activity.about if activity.about[-1] in "。！？" else f"{activity.about}。")
    return "\n".join(lines)


def _told(measure: Measure, value: int) -> str:
    few = measure.of_people and 0 < value < FEW
    return f"{measure.name}{'不到10' if few else f'{value:,}'}{UNITS.get(measure.unit, '')}"
