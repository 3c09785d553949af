"""Tells the rule book of the clock that review keeps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "shangliang.base.review"

    def ready(self) -> None:
        from shangliang.base.rulebook import values

        from .actions import APPEAL_DAYS

        values.register(
            values.Value(
                "appeal_days",
                _("审核：申诉多少天内换人看完"),
                lambda _committee: values.working_days(APPEAL_DAYS),
                _("平台规则；《互联网跟帖评论服务管理规定》第十三条要求有申诉的办法，天数是本平台自己定的。"),
                own=False,
            )
        )
