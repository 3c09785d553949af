"""Django's `migrate`, which knows that the keyring's database holds one table."""

from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    def handle(self, *arguments: Any, **options: Any) -> None:
        if options["database"] == "keyring" and not options["app_label"]:
            # Only the steps of its own package: to know what all others would change takes seconds.
            options |= {"app_label": "people", "run_syncdb": False}
        super().handle(*arguments, **options)
