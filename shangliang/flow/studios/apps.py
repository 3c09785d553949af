"""Makes studios findable."""

from django.apps import AppConfig


class StudiosConfig(AppConfig):
    name = "shangliang.flow.studios"

    def ready(self) -> None:
        from shangliang.base.people import retention
        from shangliang.base.search import kinds

        from .queries import old_rosters, search_rows

        kinds.register("studio", search_rows, names=True)
        retention.register("rosters", retention.Rule(old_rosters, lambda rows: rows.delete()[0]))
