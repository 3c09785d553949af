"""Makes the package known to search, files and whoever erases a person."""

from django.apps import AppConfig


class Consultations(AppConfig):
    name = "shangliang.flow.consultations"
    verbose_name = "协商"

    def ready(self) -> None:
        from shangliang.base.files import queries as files
        from shangliang.base.people.personal import holders
        from shangliang.base.search import kinds

        from . import actions, queries

        holders.register("consultations", actions.forget, actions.own)

        kinds.register("consultation", queries.findable)
        files.door("consultation", queries.may_see_files)
        files.door("headway", queries.may_see_progress_files)
