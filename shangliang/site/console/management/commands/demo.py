"""`manage.py demo`: load the demonstration, once, and say who signs in and which codes open something."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shangliang import chores


class Command(BaseCommand):
    help = "Load the invented province and what seven offices reported (never in production)."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE == "production":
            raise CommandError("The demonstration is invented: it is not loaded where real people speak.")
        from demo import load

        if load.loaded():
            self.stdout.write("演示数据已经在了。")
        else:
            began = time.monotonic()
            load.load()
            chores.everything()
            self.stdout.write(f"演示数据装好了，用了 {time.monotonic() - began:.0f} 秒。")
        self._tell(load)

    def _tell(self, load: Any) -> None:
        names = "  ".join(load.SIGN_IN)
        self.stdout.write(f"\n  登录名  {names}\n  密码    {load.PASSWORD}\n\n  查询码（在 /track/ 输入）")
        for label, words, code in load.sample_codes():
            self.stdout.write(f"    {code}  {words}（{label}）")
