"""The chart of a result."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move

from . import rules
from .models import State

DRAFT = frozenset({"draft"})

CHART = Chart(
    "result",
    State.choices,
    Move("draft", "result_drafted", _("起草成果"), frozenset(), "draft", rules.publishes, _("起草了成果")),
    Move("redraft", "result_drafted", _("改草稿"), DRAFT, None, rules.publishes, _("起草了成果")),
    Move("publish", "result_published", _("公布"), DRAFT, "published", rules.publishes, _("公布了成果")),
)
