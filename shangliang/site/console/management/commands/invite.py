"""`manage.py invite CODE ROLE SIGN-IN-NAME NAME`: the first officer of a committee, or an operator."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404
from django.urls import reverse

from shangliang.base.people import actions
from shangliang.base.people.actor import CLOCK
from shangliang.base.people.models import Role
from shangliang.base.places import queries as places


class Command(BaseCommand):
    help = "Give somebody a post at a committee, and print the link by which they set their password, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("committee", help="its six-digit code")
        parser.add_argument(
            "role", choices=[Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.OPERATOR, Role.MEMBER]
        )
        parser.add_argument("username")
        parser.add_argument("name")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            committee = places.committee(options["committee"])
            post, code = actions.invite(
                committee, options["role"], options["username"], options["name"], email=options["email"],
                by=CLOCK, form_key=secrets.token_urlsafe(16),
            )  # fmt: skip
        except Http404 as fault:
            raise CommandError(f"没有代码是 {options['committee']} 的政协。") from fault
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        self.stdout.write(f"{post.holder.name} 是{committee.office}的{post.get_role_display()}了。")
        if code:
            self.stdout.write(f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('account_link', args=[code])}")
            self.stdout.write(f"链接用一次，{actions.LINK_DAYS} 天有效。当面交给本人。")
