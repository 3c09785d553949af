"""Django's `migrate`, which makes a new database at once, and knows that the keyring's holds one table."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from shangliang.base import new_database

OTHERWISE = ("app_label", "check_unapplied", "fake", "fake_initial", "plan", "prune")


class Command(migrate.Command):
    def handle(self, *arguments: Any, **options: Any) -> None:
        if options["database"] == "keyring" and not options["app_label"]:
            # Only the steps of its own package: to know what all others would change takes seconds.
            options |= {"app_label": "people", "run_syncdb": False}
        here = connections[options["database"]]
        if not any(options[name] for name in OTHERWISE) and new_database.empty(here):
            new_database.make(here)
        super().handle(*arguments, **options)
