"""Tells the rule book of the clock that review keeps; makes reports of readers known to whoever erases a
person, and says how long their words are kept."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "shangliang.base.review"
    verbose_name = "审核"

    def ready(self) -> None:
        from shangliang.base.people import retention
        from shangliang.base.people.personal import holders
        from shangliang.base.rulebook import values

        from . import actions, queries

        values.register(
            values.Value(
                "appeal_days",
                _("审核：申诉多少天内换人看完"),
                lambda _committee: values.working_days(actions.APPEAL_DAYS),
                _("平台规则；《互联网跟帖评论服务管理规定》第十三条要求有申诉的办法，天数是本平台自己定的。"),
                own=False,
            )
        )
        holders.register("review", actions.forget, lambda person: {})
        retention.register("reports", retention.Rule(queries.words_kept_since, _without_words))


def _without_words(rows: Any) -> int:
    return int(rows.update(words=None))
