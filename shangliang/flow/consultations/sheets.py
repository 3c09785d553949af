"""Sheets of paper about consultations: what they say."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.paper.press import dated, lined, sample_words
from shangliang.base.ui.addresses import short
from shangliang.base.ui.codes import qr_path
from shangliang.base.ui.filters import day, listed

from .models import Consultation, Meeting, Point

TYPST = Path(__file__).with_name("typst")
CODES, MINUTES = TYPST / "codes.typ", TYPST / "minutes.typ"


def door_codes(topic: Consultation, codes: list[str], address: str) -> dict[str, Any]:
    """What the sheet `CODES` says: ten cards a page. `address`: where a code is entered, whole."""
    return {
        "title": topic.title,
        "label": _("参与码"),
        "codes": [[code[:4].upper(), code[4:].upper()] for code in codes],
        "until": _("说到 %(day)s") % {"day": day(topic.last_day)} if topic.last_day else "",
        "once": _("一张一个人，用一次"),
        "address": short(address),
        "qr": qr_path(address),
    }


def minutes(
    topic: Consultation, meetings: Sequence[Meeting], points: Sequence[Point], names: Mapping[str, str]
) -> dict[str, Any]:
    """What the sheet `MINUTES` says: who met, what was agreed and what was not, as it stands on the page. At
    least one point; `names`: of the members who came."""
    agreed = [one.words for one in points if one.agreed]
    open_ = [one.words for one in points if not one.agreed]
    parts = [
        (_("一、开了什么会"), [_met(one, names) for one in meetings]),
        (_("二、商定的"), _numbered(agreed) or [_("没有。")]),
        (_("三、没有商定的"), _numbered(open_) or [_("没有。")]),
    ]
    return {
        "title": lined(_("「%(title)s」协商会纪要") % {"title": topic.title}),
        "issuer": topic.committee.office,
        "text": "\n".join(line for head, lines in parts for line in (head, *lines)),
        "date": dated(topic.minuted_on),
        "sample": sample_words(topic.committee.sample),
    }


def _met(one: Meeting, names: Mapping[str, str]) -> str:
    came = [names.get(key, "") for key in one.members]
    said = _("%(day)s，在%(place)s，%(names)s到场") % {
        "day": dated(one.day), "place": one.place, "names": listed(came),
    }  # fmt: skip
    if departments := [row.name for row in one.departments.all()]:
        said += _("；%(names)s来听") % {"names": listed(departments)}
    if one.others:
        said += _("；另有 %(n)s 人") % {"n": one.others}
    return said + "。"


def _numbered(lines: Sequence[str]) -> list[str]:
    return [f"{n}. {words}" for n, words in enumerate(lines, start=1)]
