"""Makes the package known to search, files and whoever erases a person."""

from django.apps import AppConfig


class Reports(AppConfig):
    name = "shangliang.flow.reports"
    verbose_name = "社情民意信息"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from shangliang.base.files import queries as files
        from shangliang.base.people.personal import holders
        from shangliang.base.rulebook import values
        from shangliang.base.search import kinds

        from . import actions, queries

        holders.register("reports", actions.forget, queries.own)
        holders.quotes("reports", actions.forget_quoted)
        kinds.register("opinion_report", queries.findable)
        values.register(
            values.Value(
                "report_reply_days", _("社情民意信息：转办以后多久回复"),
                lambda committee: values.working_days(int(committee.set("report_reply_days"))),
                _("平台规则。没有找到出处，是示例值。"),
            )
        )  # fmt: skip
        files.door("endorsement", queries.may_see_scan)
