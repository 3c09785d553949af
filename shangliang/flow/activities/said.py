"""Settings and records in words: what a committee has set, and the text for the public that a record gives."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.places.models import Committee
from shangliang.base.rulebook import values

from .kinds import chosen, kinds
from .models import Activity


def notice(committee: Committee) -> str:
    return values.days(int(committee.set("activity_notice_days")))


def used(committee: Committee) -> str:
    return _("%(n)s 类里用 %(m)s 类") % {"n": len(kinds()), "m": len(chosen(committee))}


UNITS = {"yuan": "元", "person": "人", "person-time": "人次", "case": "件", "firm": "家", "child": "名",
         "member": "名", "institution": "家", "year": "年"}  # fmt: skip


def text(activity: Activity, measured: Mapping[str, int], lead: Sequence[str], came: int) -> str:
    """The draft of the public text, from the record alone, in Chinese as the office publishes it. It names the
    members who led and the partners, and gives numbers of those who were helped, never names."""
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
    said = [
        f"{measure.name}{measured[measure.key]:,}{UNITS.get(measure.unit, '')}"
        for measure in activity.sort.measures
        if measure.key in measured
    ]
    if said:
        lines.append(f"{'，'.join(said)}。")
    if activity.about:
        lines.append(activity.about if activity.about[-1] in "。！？" else f"{activity.about}。")
    return "\n".join(lines)
