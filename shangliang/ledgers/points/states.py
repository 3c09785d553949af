"""The chart of an objection, and the acts of points that are no chart's move."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move
from shangliang.base.journal.acts import ActKind

from . import rules
from .models import State

OPEN = frozenset({State.OPEN.value})
UPHELD = "points_objection_upheld"  # posts the reversal, the new entry

CHART = Chart(
    "objection",
    State.choices,
    Move("object", "points_objected", _("提出疑问"), frozenset(), "open", rules.objects,
         _("委员对积分提出疑问")),
    Move("uphold", UPHELD, _("改"), OPEN, "upheld", rules.decides, _("对积分的疑问，改了")),
    Move("dismiss", "points_objection_dismissed", _("不改"), OPEN, "dismissed", rules.decides,
         _("对积分的疑问，没有改")),
    Move("withdraw", "points_objection_withdrawn", _("收回"), OPEN, "withdrawn", rules.objects,
         _("委员收回了对积分的疑问")),
    about="那一笔是谁记的，谁就不决定；一级政协只有一位干部的，由领导决定。改是冲销原来那一笔、另记一笔，都留着。",
)  # fmt: skip
ACTS = (
    ActKind("tariff_chosen", _("定了积分标准")),
    ActKind("points_closed", _("积分结了账")),
)
