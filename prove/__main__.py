"""`make prove`: the long proofs. One JSON line a figure; exit 1 if one fails or missed its planted fault.

python -m prove                 every bar; the figures are kept for the table in docs/security.md
python -m prove power fuzz      these bars, kept too
python -m prove --short power   as `make test` runs them, not kept
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
    told: dict[str, list[str]] = {}
    for name in said.bars or BARS:
        told[name] = apart(name, said.seed, said.short)
    if not said.short:
        keep(told)
    fell = [name for name, lines in told.items() if not lines or not all(json.loads(x)["ok"] for x in lines)]
    if fell:
        print("does not hold:", ", ".join(fell), file=sys.stderr)
    return 1 if fell else 0


def apart(name: str, seed: int, short: bool) -> list[str]:
    """The lines of one bar, printed as they come; none if it broke off. It runs in a process and a folder of
    its own: databases, photos and logs of one never meet another's."""
    lines = []
    with tempfile.TemporaryDirectory(prefix=f"prove-{name}-") as folder:
        own = {"SHANGLIANG_MODE": "test", "SHANGLIANG_VAR": folder}
        own["DJANGO_SETTINGS_MODULE"] = "shangliang.settings"
        command = [sys.executable, "-m", "prove", name, "--here", "--seed", str(seed)]
        command += ["--short"] if short else []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **own}) as bar:
            for line in bar.stdout or ():
                lines.append(json.dumps({"proof": name, **json.loads(line)}, ensure_ascii=False))
                print(lines[-1], flush=True)
    return lines if bar.returncode == 0 or any('"ok": false' in line for line in lines) else []


def keep(told: dict[str, list[str]]) -> None:
    """The figures of these bars take the place of those kept before, for the table in docs/security.md."""
    before = KEPT.read_text("utf-8").splitlines() if KEPT.exists() else []
    others = [line for line in before if json.loads(line)["proof"] not in told]
    lines = sorted([*others, *(line for lines in told.values() for line in lines)], key=_proof)
    KEPT.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print("kept; `make draw` prints the table", file=sys.stderr)


def _proof(line: str) -> str:
    return str(json.loads(line)["proof"])


def here(name: str, seed: int, short: bool) -> int:
    held = True
    for figure in import_module(f"prove.bars.{name}").figures(seed, short):
        print(figure.line(), flush=True)
        held = held and figure.ok
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
