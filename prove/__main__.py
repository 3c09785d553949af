"""`make prove`: the long proofs. One JSON line a figure; exit 1 if one fails or missed its planted fault.

python -m prove                 every bar, kept for the table in docs/security.md
python -m prove crash fuzz      these bars
python -m prove --short crash   as `make test` runs them
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from . import bars

BARS = sorted(module.name for module in iter_modules(bars.__path__))
KEPT = Path(__file__).parent / "figures.jsonl"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m prove")
    parser.add_argument("bars", nargs="*", metavar="bar", help=", ".join(BARS))
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--short", action="store_true", help="few rounds, as in `make test`")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # in this very process
    said = parser.parse_args()
    if unknown := sorted(set(said.bars) - set(BARS)):
        parser.error(f"no such bar: {', '.join(unknown)}; there are {', '.join(BARS)}")
    if said.here:
        return here(said.bars[0], said.seed, said.short)
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="prove-empty-") as empty:
        os.environ.setdefault("PROVE_EMPTY", empty)
        fell = [name for name in said.bars or BARS if not apart(name, said.seed, said.short, lines)]
    if not said.bars and not said.short:
        KEPT.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        print("kept; `make draw` prints the table", file=sys.stderr)
    if fell:
        print("does not hold:", ", ".join(fell), file=sys.stderr)
    return 1 if fell or not all(json.loads(line)["ok"] for line in lines) else 0


def apart(name: str, seed: int, short: bool, lines: list[str]) -> bool:
    """Run one bar in a process and a folder of its own: databases, photos and logs of one never meet
    another's. Its lines are printed as they come."""
    with tempfile.TemporaryDirectory(prefix=f"prove-{name}-") as folder:
        own = {"SHANGLIANG_MODE": "test", "SHANGLIANG_VAR": folder}
        own["DJANGO_SETTINGS_MODULE"] = "shangliang.settings"
        command = [sys.executable, "-m", "prove", name, "--here", "--seed", str(seed)]
        command += ["--short"] if short else []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **own}) as bar:
            for line in bar.stdout or ():
                print(line, end="", flush=True)
                lines.append(line.rstrip("\n"))
        return bar.returncode == 0


def here(name: str, seed: int, short: bool) -> int:
    held = True
    for figure in import_module(f"prove.bars.{name}").figures(seed, short):
        print(figure.line(), flush=True)
        held = held and figure.ok
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
