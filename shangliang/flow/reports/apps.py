"""Makes the package known to search, files and whoever erases a person."""

from django.apps import AppConfig


class Reports(AppConfig):
    name = "shangliang.flow.reports"
    verbose_name = "社情民意信息"

    def ready(self) -> None:
        from shangliang.base.files import queries as files
        from shangliang.base.people.personal import holders
        from shangliang.base.search import kinds

        from . import actions, queries

        holders.register("reports", actions.forget, queries.own)
        kinds.register("opinion_report", queries.findable)
        files.door("endorsement", queries.may_see_scan)
