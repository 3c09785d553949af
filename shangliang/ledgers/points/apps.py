"""Tells the rule book of the tariff and of the days for an answer; known to whoever erases a person."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PointsConfig(AppConfig):
    name = "shangliang.ledgers.points"

    def ready(self) -> None:
        from shangliang.base.people.personal import holders
        from shangliang.base.rulebook import values
        from shangliang.base.rulebook.values import PLATFORM, working_days

        from . import actions, queries

        holders.register("points", actions.forget, queries.own)
        values.register(
            values.Value(
                "tariff",
                gettext_lazy("履职积分标准"),
                _in_force,
                gettext_lazy("平台规则，本平台编的样例，不是哪级政协的标准；本级政协定了的，照它定的。"),
                own=False,
            )
        )
        values.register(
            values.Value(
                "objection_days",
                gettext_lazy("对积分的疑问：多少天内答复"),
                lambda committee: working_days(int(committee.set("objection_days"))),
                PLATFORM,
            )
        )


def _in_force(committee: Any) -> str:
    """The tariff of today and the day from which it holds."""
    from shangliang.base import clock
    from shangliang.base.ui.filters import short_day

    from . import inforce

    found = inforce.on(clock.today(), committee.path)
    if found is None or found.since is None:
        return _("还没有定")
    return _("%(label)s，%(day)s起") % {"label": found.label, "day": short_day(found.since)}
