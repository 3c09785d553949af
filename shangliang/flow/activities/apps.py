"""Makes the package known to files, rules and whoever erases a person."""

from django.apps import AppConfig


class Activities(AppConfig):
    name = "shangliang.flow.activities"
    verbose_name = "履职活动"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from shangliang.base.files import queries as files
        from shangliang.base.people.personal import holders
        from shangliang.base.rulebook import values
        from shangliang.base.search import kinds

        from . import actions, pictured, queries
        from .said import notice, used

        holders.register("activities", actions.forget, queries.own)
        kinds.register("activity", queries.findable)
        files.door("activity", queries.may_see_photos)
        files.door(pictured.AWAY, queries.may_see_covered)
        values.register(
            values.Value("activity_notice_days", _("活动：提前几天发通知"), notice, values.PLATFORM),
            values.Value("activity_kinds_off", _("活动：用哪些类别"), used, _("平台收集的类别，默认都用。")),
        )
