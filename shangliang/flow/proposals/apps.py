"""Makes the package known to files, search, the rule book and whoever erases a person."""

from django.apps import AppConfig


class Proposals(AppConfig):
    name = "shangliang.flow.proposals"
    verbose_name = "提案"

    def ready(self) -> None:
        from shangliang.base.files import queries as files
        from shangliang.base.people.personal import holders
        from shangliang.base.rulebook import values
        from shangliang.base.search import kinds

        from . import actions, queries, settings

        holders.register("proposals", actions.forget, queries.own)
        files.door("proposal_seal", queries.may_see_seal)
        kinds.register("proposal", queries.findable)
        values.register(*settings.VALUES)
