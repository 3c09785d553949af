"""Makes the package known to search and files."""

from django.apps import AppConfig


class Results(AppConfig):
    name = "shangliang.flow.results"
    verbose_name = "成果"

    def ready(self) -> None:
        from shangliang.base.files import queries as files
        from shangliang.base.search import kinds

        from . import queries

        kinds.register("result", queries.findable)
        files.door("result", queries.may_see_files)
