"""How well similar texts are found: precision and recall at 3, each text of a cluster asked for its fellows.

    python -m bench.similar FILE.csv

The file has a column `cluster` (a number; 0: belongs to none) and a column `text`. All texts are candidates,
as in one county. The set is for measuring; nothing in the house was made from it."""

import csv
import os
import sys
from collections import Counter
from dataclasses import dataclass

AT = 3


@dataclass(frozen=True)
class Found:
    """Shares between 0 and 1; `some`: at least one right text among the three."""

    precision: float
    recall: float
    some: float


def measure(rows: list[tuple[int, str]]) -> Found:
    """Leave one out: the text itself is no candidate."""
    from shangliang.base.search.queries import ranked

    size = Counter(cluster for cluster, _ in rows)
    right = recalled = some = asked = 0.0
    for place, (cluster, text) in enumerate(rows):
        if not cluster or size[cluster] < 2:
            continue
        others = [row for n, row in enumerate(rows) if n != place]
        best = ranked(text, [said for _, said in others])[:AT]
        hits = sum(others[n][0] == cluster for n in best)
        asked, right, some = asked + 1, right + hits / AT, some + bool(hits)
        recalled += hits / (size[cluster] - 1)
    return Found(right / asked, recalled / asked, some / asked)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")
    django.setup()
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = [(int(row["cluster"]), row["text"]) for row in csv.DictReader(file)]
    found = measure(rows)
    print(f"P@{AT} {found.precision:.3f}  R@{AT} {found.recall:.3f}  some right one {found.some:.0%}")


if __name__ == "__main__":
    main()
