"""`manage.py erase`: what a resident said, or an account, for good; and the list after a restore."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from shangliang.base.people import actions
from shangliang.base.people.actor import CLOCK
from shangliang.base.people.models import Erasure, Person
from shangliang.base.people.personal import erasures, holders, keyring


class Command(BaseCommand):
    help = (
        "Erase a person by pseudonym, close an account by sign-in name, or replay the list after a restore."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--person", help="a resident's pseudonym, as the journal has it")
        which.add_argument("--account", help="a sign-in name; its posts must have ended")
        which.add_argument("--replay", action="store_true", help="everybody in the list of erasures")
        parser.add_argument("--way", choices=[way.value for way in Erasure.TOLD], default="written")
        parser.add_argument("--list", type=Path, help="another list than SHANGLIANG_ERASURES")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["replay"]:
            if options["list"] and not options["list"].exists():
                raise CommandError(f"There is no list at {options['list']}.")
            again = actions.replay_erasures(erasures.read(options["list"]))
            self.stdout.write(f"{again:,} erased again.")
            return
        if options["person"]:
            kept = holders.own(options["person"]).values()
            if not keyring.keys([options["person"]]) and not any(map(list, kept)):
                raise CommandError(f"Nothing is kept under the pseudonym {options['person']}.")
            actions.erase(options["person"], way=options["way"], by=CLOCK)
        else:
            account = Person.objects.filter(username=options["account"]).first()
            if account is None:
                raise CommandError(f"No account signs in as {options['account']}.")
            try:
                actions.erase_account(account, by=CLOCK)
            except ValidationError as fault:
                raise CommandError(" ".join(fault.messages)) from fault
        done = actions.finish_erasures()
        self.stdout.write("Erased." if done else "Erased; the worker cuts off the last old pages.")
