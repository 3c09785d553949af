"""Makes the rule book's papers openable."""

from django.apps import AppConfig


class RuleBook(AppConfig):
    name = "shangliang.base.rulebook"
    verbose_name = "制度"

    def ready(self) -> None:
        from shangliang.base.files import queries as files

        from . import queries

        files.door("edition", queries.may_open)
