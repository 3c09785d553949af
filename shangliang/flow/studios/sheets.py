"""Sheets of paper about studios: the A4 poster for the door, with its code, what to do, and the phone for who
does not scan."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.ui.addresses import short
from shangliang.base.ui.codes import qr_path

from .models import Studio

POSTER = Path(__file__).with_name("typst") / "poster.typ"


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
        "call": [_("不会扫？打电话说"), studio.phone] if studio.phone else None,
        "hours": [_("开门时间，进来说也行"), studio.hours] if studio.hours else None,
        "place": _("地址：%(address)s") % {"address": studio.address} if studio.address else None,
        "closed": None if studio.has_door else _("这个码现在还打不开：要开着、又上了线才行"),
        "sample": _("示例：单位、电话都是虚构的") if about.sample else None,
    }
