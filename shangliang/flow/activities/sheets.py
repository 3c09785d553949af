"""The sheet of paper about an activity: what, when, where, whose, and the code of its public page."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.clock import local_day
from shangliang.base.ui.addresses import short
from shangliang.base.ui.codes import qr_path
from shangliang.base.ui.filters import clock_time, moment

from .models import Activity

POSTER = Path(__file__).with_name("typst") / "poster.typ"
SAID, WITH, ROOM = 150, 60, 80  # characters that fit; the rest stands behind the code


def poster(activity: Activity, page: str) -> dict[str, Any]:
    """What the sheet `POSTER` says; `page`: the whole address of the activity's public page."""
    studio, begins, ends = activity.studio, activity.starts_at, activity.ends_at
    until = clock_time(ends) if local_day(begins) == local_day(ends) else moment(ends)
    facts = [
        (_("什么时候"), f"{moment(begins)}—{until}"),
        (_("在哪儿"), activity.place),
        (_("谁来办"), activity.host),
    ]
    if activity.partners:
        facts.append((_("一起办的"), _cut(activity.partners, WITH)))
    much = sum(len(words) for _label, words in facts[1:]) > ROOM
    return {
        "office": activity.committee.office,
        "kind": str(activity.sort.label),
        "title": activity.title,
        "about": None if much else _cut(activity.about, SAID) or None,
        "facts": [list(fact) for fact in facts],
        "much": much,
        "qr": qr_path(page),
        "scan": _("扫一扫，看有没有改期"),
        "address": short(page),
        "call": [_("不会扫？打电话问"), studio.phone] if studio and studio.phone else None,
        "sample": _("示例：单位、电话都是虚构的") if activity.committee.sample else None,
    }


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
