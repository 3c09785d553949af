"""The chart of a rule: it is entered, replaced by editions, made public, repealed. Nothing is taken back."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move

from . import rules
from .models import State

IN_FORCE = frozenset({State.IN_FORCE.value})

CHART = Chart(
    "rule",
    State.choices,
    Move("enter", "rule_entered", _("登记制度"), frozenset(), "in_force", rules.keeps, _("登记了一件制度")),
    Move("replace", "rule_replaced", _("换新版"), IN_FORCE, None, rules.keeps, _("一件制度换了新版")),
    Move("publish", "rule_published", _("公开"), IN_FORCE, None, rules.keeps, _("公开了一件制度")),
    Move("repeal", "rule_repealed", _("废止"), IN_FORCE, "repealed", rules.keeps, _("废止了一件制度")),
)
