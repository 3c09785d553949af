"""`make bench`: queries, CPU milliseconds, kB and the ratio to a bare view, for each page of the loop."""

import os
import sys
import tempfile
from pathlib import Path

os.environ["SHANGLIANG_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        os.environ["SHANGLIANG_VAR"] = folder
        import django

        django.setup()
        from django.core.management import call_command

        from demo import load
        from shangliang import chores

        from .run import rows

        for database in ("default", "keyring"):
            call_command("migrate", database=database, verbosity=0)
        call_command("createcachetable", verbosity=0)
        told = load.load()
        chores.everything()
        print(f"{'page':<26}{'asked':>6}{'ms':>8}{'ratio':>7}{'anew':>7}{'kB':>7}{'wire':>7}  budget")
        over = 0
        for row in rows(told, timed=True):
            over += bool(row.over)
            found = row.found
            print(
                f"{row.page.name:<26}{found.queries:>6}{found.milliseconds:>8.2f}{found.ratio:>7.1f}{found.anew:>7.1f}{found.kb:>7.1f}"
                f"{found.wire:>7.1f}  {'; '.join(row.over) or 'ok'}"
            )
        print(f"{over} over budget" if over else "all within budget")
        return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
