"""Makes studios findable."""

from django.apps import AppConfig


class StudiosConfig(AppConfig):
    name = "shangliang.flow.studios"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from shangliang.base.files import queries as files
        from shangliang.base.people import retention
        from shangliang.base.people.personal import holders
        from shangliang.base.rulebook import values
        from shangliang.base.search import kinds

        from . import actions
        from .queries import (
            may_see_evidence,
            may_see_records,
            may_see_repairs,
            old_rosters,
            own_bookings,
            phones_of_past_days,
            said_of,
            search_rows,
        )

        kinds.register("studio", search_rows, names=True)
        files.door("mark", may_see_evidence)
        files.door("inspection", may_see_repairs)
        files.door("task", may_see_records)
        holders.register("bookings", actions.forget, own_bookings)
        retention.register(
            "bookings", retention.Rule(phones_of_past_days, lambda rows: rows.update(phone=None))
        )
        retention.register("rosters", retention.Rule(old_rosters, lambda rows: rows.delete()[0]))
        values.register(
            values.Value(
                "standards",
                _("工作室：用哪几套建室标准"),
                said_of,
                _("由本级政协从平台收集的几套里选；每套的出处写在标准旁边。"),
            )
        )
