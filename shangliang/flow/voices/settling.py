"""Two voices of one phone (同一件事？). Residents have no accounts; what somebody may have left twice is a
phone number. Of one that was written down for somebody a keyed digest of the phone is kept, so that
the same phone is known when it comes by itself; of voices that people leave themselves none is
kept. ADR 0026."""

import re

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move
from shangliang.base.people.personal import keyring

from . import rules
from .models import Assistance, Settling

DAYS = 180  # so long after it was written down a voice is looked for
NEW: frozenset[str] = frozenset()
OPEN = frozenset({Assistance.State.OPEN})
WAITING, SAME, DIFFERENT = Settling.Said.WAITING, Settling.Said.SAME, Settling.Said.DIFFERENT


def mark(phone: str | None) -> str:
    """The keyed digest of a phone, however it is written; empty for none."""
    digits = re.sub(r"\D", "", phone or "")
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    return keyring.blind("voices.phone", digits) if digits else ""


HELPING = Chart(
    "assistance",
    Assistance.State.choices,
    Move("start", "assistance_started", _("开始帮他写"), NEW, Assistance.State.OPEN, rules.helps,
         _("开始在办公设备上帮人写留言")),
    Move("end", "assistance_ended", _("结束"), OPEN, Assistance.State.ENDED, rules.is_helping,
         _("帮人写留言，结束了")),
    Move("expire", "assistance_expired", _("到时间"), OPEN, Assistance.State.EXPIRED, rules.by_the_clock,
         _("帮人写留言，三十分钟到了，自己结束")),
)  # fmt: skip
SETTLING = Chart(
    "settling",
    Settling.Said.choices,
    Move("find", "voice_settling_found", _("同一个电话"), NEW, WAITING, rules.by_the_clock,
         _("代记时留过的电话，自己又来留言")),
    Move("same", "voice_settled_same", _("同一件事"), frozenset({WAITING, DIFFERENT}), SAME, rules.settles,
         _("认定和代记过的是同一件事，只算一件")),
    Move("different", "voice_settled_different", _("不是一件事"), frozenset({WAITING, SAME}), DIFFERENT,
         rules.settles, _("认定和代记过的不是一件事")),
)  # fmt: skip
