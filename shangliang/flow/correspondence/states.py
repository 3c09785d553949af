"""The chart of a member's message."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move

from . import rules
from .models import State

WAITING, READ, ANSWERED, CLOSED = (frozenset({s.value}) for s in State)
OPEN = WAITING | READ | ANSWERED

CHART = Chart(
    "message",
    State.choices,
    Move("write", "message_written", _("给工作室留言"), frozenset(), "waiting", rules.writes),
    Move("read", "message_read", _("看过了"), WAITING, "read", rules.answers, _("看过了委员留言")),
    Move("answer", "message_answered", _("回"), OPEN, "answered", rules.answers, _("回了委员留言")),
    Move("add", "message_added", _("再说一句"), OPEN | CLOSED, "waiting", rules.wrote, _("委员又说了一句")),
    Move("close", "message_closed", _("知道了"), OPEN, "closed", rules.wrote, _("委员说知道了")),
)
