"""Makes the package known to files, search and whoever erases a person."""

from django.apps import AppConfig


class Research(AppConfig):
    name = "shangliang.flow.research"
    verbose_name = "调研报告"

    def ready(self) -> None:
        from shangliang.base.files import queries as files
        from shangliang.base.people.personal import holders
        from shangliang.base.search import kinds

        from . import actions, queries

        holders.register("research", actions.forget, queries.own)
        kinds.register("research", queries.findable)
        files.door("research_endorsement", queries.may_see_scan)
        files.door("correction", queries.may_see_evidence)
