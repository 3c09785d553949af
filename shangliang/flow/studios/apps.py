"""Makes studios findable."""

from django.apps import AppConfig


class StudiosConfig(AppConfig):
    name = "shangliang.flow.studios"

    def ready(self) -> None:
        from shangliang.base.search import kinds

        from .queries import search_rows

        kinds.register("studio", search_rows, names=True)
