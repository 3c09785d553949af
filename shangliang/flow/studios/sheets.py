"""Sheets of paper about studios: the A4 poster for the door, with its code, what to do, and the phone for who
does not scan; and the sheet of one member who sits there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.people.models import Post
from shangliang.base.ui.addresses import short
from shangliang.base.ui.codes import qr_path

from .models import Slot, Studio

POSTER = Path(__file__).with_name("typst") / "poster.typ"
MEMBER = POSTER.with_name("member.typ")
SIZES = ("a4", "a6")
TIMES = 4  # lines of a timetable on a sheet


def poster(studio: Studio, door: str) -> dict[str, Any]:
    """What the sheet `POSTER` says; `door`: the whole address of the studio's door."""
    about = studio.committee
    return {
        "office": about.office,
        "studio": studio.name,
        "motto": studio.motto or None,
        "title": [_("有事写在这里，"), _("委员看，有回音")],
        "qr": qr_path(door),
        "scan": _("手机扫一扫"),
        "address": short(door),
        "free": _("不用注册，一分钟写完"),
        "steps": [_("扫一扫，照平时说话写"), _("收好 12 位查询码"), _("凭码看进度；\n办成没有，您说了算")],
        "hours": [_("开门时间，进来说也行"), studio.hours] if studio.hours else None,
        **_foot(studio),
    }


def member(studio: Studio, post: Post, slots: Sequence[Slot], door: str, size: str) -> dict[str, Any]:
    """What the sheet `MEMBER` says of who holds a post in the studio; `slots`: the studio's timetable, of
    which their own turns come first; `size`: of `SIZES`. `door` is the studio's by this member's own code:
    what is left there comes to all who sit in it, and says through whom."""
    who = post.holder
    about = [post.get_role_display(), post.sector.name if post.sector else "", who.title]
    own = [slot for slot in slots if slot.duty == who.key]
    lines = [f"{slot.when}　{slot.start:%-H:%M}—{slot.end:%-H:%M}" for slot in own or slots][:TIMES]
    when = _("我接待的时间") if own else _("工作室接待的时间")
    return {
        "size": size if size in SIZES else SIZES[0],
        "office": studio.committee.office,
        "name": who.name,
        "role": " · ".join(dict.fromkeys(filter(None, map(str, about)))),
        "studio": studio.name,
        "motto": studio.motto or None,
        "title": [_("有事找我说，"), _("我看，有回音")],
        "qr": qr_path(door),
        "scan": _("手机扫一扫"),
        "address": short(door),
        "free": _("不用注册，一分钟写完；写到我们工作室，一起看、一起办。"),
        "when": [when, lines] if lines else None,
        **_foot(studio),
    }


def _foot(studio: Studio) -> dict[str, Any]:
    """Whom to call, where it is, and what is to be known before it hangs."""
    return {
        "call": [_("不会扫？打电话说"), studio.phone] if studio.phone else None,
        "place": _("地址：%(address)s") % {"address": studio.address} if studio.address else None,
        "closed": None if studio.has_door else _("这个码现在还打不开：要开着、又上了线才行"),
        "sample": _("示例：单位、电话都是虚构的") if studio.committee.sample else None,
    }
