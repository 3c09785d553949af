"""Makes messages known to whoever erases a person."""

from django.apps import AppConfig


class Correspondence(AppConfig):
    name = "shangliang.flow.correspondence"
    verbose_name = "委员留言"

    def ready(self) -> None:
        from shangliang.base.people.personal import holders

        from . import actions, queries

        holders.register("correspondence", actions.forget, queries.own)
