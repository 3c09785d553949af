"""Real conversations, which stay outside of the project. Where the folder is absent, their tests are not
collected: everything else proves the same formulas on invented votes."""

import csv
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TAXES = ROOT.parent / "shared" / "data" / "opinion" / "scoop-hivemind.taxes"


def votes(folder):
    return [
        (int(row["participant"]), int(row["statement"]), int(row["vote"]))
        for row in _rows(folder / "votes.csv")
    ]


def moderated(folder):
    return {int(row["statement"]): int(row["moderated"]) for row in _rows(folder / "statements.csv")}


def groups(folder):
    return {
        int(row["participant"]): int(row["group"]) for row in _rows(folder / "groups.csv") if row["group"]
    }


def expected(folder):
    return json.loads((folder / "expected.json").read_text("utf-8"))


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
