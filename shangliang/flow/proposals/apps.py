"""Makes the package known to search, the rule book and whoever erases a person."""

from django.apps import AppConfig


class Proposals(AppConfig):
    name = "shangliang.flow.proposals"
    verbose_name = "提案"

    def ready(self) -> None:
        from shangliang.base.people.personal import holders
        from shangliang.base.rulebook import values
        from shangliang.base.search import kinds

        from . import actions, queries, settings

        holders.register("proposals", actions.forget, queries.own)
        kinds.register("proposal", queries.findable)
        values.register(*settings.VALUES)
