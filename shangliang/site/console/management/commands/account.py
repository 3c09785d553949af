"""`manage.py account SIGN-IN-NAME --link | --reset | --close | --reopen`: for the server's keeper."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from shangliang.base.people import actions, queries
from shangliang.base.people.actor import CLOCK

DEEDS = {
    "reset": (actions.reset_second_factor, "两步验证重设了。"),
    "close": (actions.close_account, "停用了。"),
    "reopen": (actions.reopen_account, "恢复了。"),
}


class Command(BaseCommand):
    help = "A new link, a lost second factor, closing and reopening, where no officer may or can."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        what = parser.add_mutually_exclusive_group(required=True)
        for name in ("link", *DEEDS):
            what.add_argument(f"--{name}", dest="what", action="store_const", const=name)

    def handle(self, *args: Any, **options: Any) -> None:
        person = queries.signs_in_as(options["username"])
        if person is None:
            raise CommandError(f"没有登录名是 {options['username']} 的账号。")
        try:
            if options["what"] == "link":
                code = actions.send_link(person, by=CLOCK, form_key=secrets.token_urlsafe(16))
                said = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('account_link', args=[code])}"
            else:
                do, said = DEEDS[options["what"]]
                do(person, by=CLOCK)
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        self.stdout.write(said)
