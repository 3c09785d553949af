"""`manage.py rotate`: a new master key wraps the keys of residents; the old one then opens nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.base.people.personal import keyring, purge


class Command(BaseCommand):
    help = (
        "Wrap every key in the keyring by MASTER_KEY instead of MASTER_KEY_OLD, beside the running server. "
        "May be broken off and run again. Afterwards destroy the old key."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wrapped = keyring.rotate()
        except keyring.Unopenable as fault:
            raise CommandError(f"{fault} Put it into MASTER_KEY_OLD and run this again.") from fault
        cut = purge.purge()
        self.stdout.write(f"{wrapped:,} keys wrapped by the new master key. Now destroy the old one.")
        if not cut:
            self.stdout.write("Somebody was reading: the database's log still holds old boxes. Run it again.")
