"""`manage.py draw`: print the docs' parts that come from the code; with --check, say what is out of step."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shangliang.site.console import drawing


class Command(BaseCommand):
    help = (
        "Print charts, tree, acts and models into docs/. --check: write nothing, fail if something differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = drawing.printed()
        stale = [
            path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text
        ]
        stale += [path for path in (drawing.DOCS / "charts").glob("*.md") if path not in wanted]
        names = ", ".join(str(path.relative_to(settings.ROOT)) for path in stale)
        if options["check"] and stale:
            raise CommandError(f"Out of step with the code: {names}. Run `make draw`.")
        for path in stale:
            if path in wanted:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(wanted[path], "utf-8")
            else:
                path.unlink()
        self.stdout.write(f"printed: {names or 'nothing had changed'}")
