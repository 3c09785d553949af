"""Makes studios findable."""

from django.apps import AppConfig


class StudiosConfig(AppConfig):
    name = "shangliang.flow.studios"

    def ready(self) -> None:
        from shangliang.base.files import queries as files
        from shangliang.base.people import retention
        from shangliang.base.people.personal import holders
        from shangliang.base.search import kinds

        from . import actions
        from .queries import (
            may_see_evidence,
            may_see_records,
            may_see_repairs,
            old_rosters,
            own_bookings,
            phones_of_past_days,
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
