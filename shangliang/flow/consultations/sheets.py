"""Sheets of paper about consultations: what they say."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.ui.addresses import short
from shangliang.base.ui.codes import qr_path
from shangliang.base.ui.filters import day

from .models import Consultation

CODES = Path(__file__).with_name("typst") / "codes.typ"


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
