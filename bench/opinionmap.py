"""How long the opinion map takes: CPU time of one thread, the best of three, beside red-dwarf and the floor.

    python -m bench.opinionmap [--red-dwarf PYTHON] [--largest-too]

The floor is what cannot be left out: one product of all votes with two vectors (without the places where
there are none), and one matrix of sums of products (Gram), by plain numpy in float32. red-dwarf 0.4 is no
dependency of ours: give it a throw-away environment (`python -m venv red && red/bin/pip install
red-dwarf==0.4.0`) and `--red-dwarf red/bin/python`; without, "not installed" is said. Its largest size takes
minutes and 4 GB, so it is run there only with `--largest-too`. Each size runs in a process of its own, all of
it in one run. Votes are invented: three groups with rates of their own for each statement, 15 % filled, 15 %
of them passes.
"""

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from opinionmap import Conversation

ROOT = Path(__file__).resolve().parent.parent
SIZES = ((2_000, 200), (10_000, 200), (100_000, 500))
FILLED, GROUPS, PASSED, TIMES, NEW = 0.15, 3, 0.15, 3, 100
Narrow: TypeAlias = npt.NDArray[np.signedinteger]
PINNED = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
THEIRS = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np
from reddwarf.implementations.polis import run_pipeline
held = np.load(sys.argv[1])
names = ("participant_id", "statement_id", "vote")
arrays = (held[name].tolist() for name in ("rows", "columns", "votes"))
votes = [dict(zip(names, row)) for row in zip(*arrays)]
best = float("inf")
for _ in range(int(sys.argv[2])):
    began = time.process_time()
    run_pipeline(votes=votes)
    best = min(best, time.process_time() - began)
print(json.dumps(best * 1000))
"""


def best(ask: Callable[[], object], times: int = TIMES) -> float:
    """CPU milliseconds of the quickest: the others were disturbed."""
    least = float("inf")
    for _ in range(times):
        began = time.process_time()
        ask()
        least = min(least, time.process_time() - began)
    return least * 1000


def peak() -> float:
    """The most memory that this process ever held, in MB."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1000
    return 0.0


def held() -> float:
    """What it holds now, in MB; from here the peak is counted anew."""
    ctypes.CDLL(None).malloc_trim(0)  # what was freed is not held
    Path("/proc/self/clear_refs").write_text("5", "utf-8")
    return peak()


def one(people: int, statements: int, folder: str) -> dict[str, float]:
    """Measures one size, and leaves the votes in `folder` for others."""
    rows, columns, votes = _votes(people, statements)
    np.savez(Path(folder) / f"{people}.npz", rows=rows, columns=columns, votes=votes)
    found: dict[str, float] = {"votes": len(votes)}
    before = held()
    talk = Conversation.from_arrays(rows, columns, votes)
    state = talk.map().state
    found["memory"] = peak() - before

    def cold() -> None:
        Conversation.from_arrays(rows, columns, votes).map()

    chance = np.random.default_rng(7)
    helpings = [
        list(
            zip(
                chance.integers(0, people, NEW).tolist(),
                chance.integers(0, statements, NEW).tolist(),
                chance.integers(-1, 2, NEW).tolist(),
                strict=True,
            )
        )
        for _ in range(TIMES)
    ]

    def update() -> None:
        talk.add(helpings.pop())
        talk.map(state)

    dense = np.zeros((people, statements), np.float32)
    dense[rows, columns] = votes
    vectors = chance.standard_normal((statements, 2)).astype(np.float32)
    order = np.argsort(rows, kind="stable")
    places = columns[order]
    values = votes[order].astype(np.float32)[:, None]
    starts = np.flatnonzero(np.diff(rows[order], prepend=-1))
    # In turn, so that all see the same weather.
    rounds = [
        (
            best(cold, 1),
            best(update, 1),
            best(lambda: np.add.reduceat(vectors[places] * values, starts), 1),
            best(lambda: dense @ vectors, 1),
            best(lambda: dense.T @ dense, 1),
        )
        for _ in range(TIMES)
    ]
    names = ("cold", "update", "sparse", "dense", "gram")
    found |= dict(zip(names, map(min, zip(*rounds, strict=True)), strict=True))
    found["floor"] = min(found["sparse"], found["dense"]) + found["gram"]
    return found


def _votes(people: int, statements: int) -> tuple[Narrow, Narrow, Narrow]:
    """Rows, columns and votes, shuffled."""
    chance = np.random.default_rng(1)
    rates, of = chance.random((GROUPS, statements)), chance.integers(0, GROUPS, people)
    parts = []
    for start in range(0, people, 4096):
        group = of[start : start + 4096]
        shape = (len(group), statements)
        row, column = np.nonzero(chance.random(shape, dtype=np.float32) < FILLED)
        vote = np.where(chance.random(len(row)) < rates[group[row], column], 1, -1)
        vote[chance.random(len(row)) < PASSED] = 0
        parts.append((row + start, column, vote))
    rows, columns, votes = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = chance.permutation(len(rows))
    return rows[order].astype(np.int32), columns[order].astype(np.int32), votes[order].astype(np.int8)


def theirs(python: str, file: Path, times: int) -> float | None:
    """CPU milliseconds of red-dwarf on the same votes; None if it is not there."""
    command = [python, "-c", THEIRS, str(file), str(times)]
    done = subprocess.run(command, env={**os.environ, **PINNED}, capture_output=True, text=True, check=False)
    return float(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--red-dwarf", default=sys.executable, metavar="PYTHON")
    options.add_argument("--largest-too", action="store_true")
    options.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        print(json.dumps(one(int(asked.one[0]), int(asked.one[1]), asked.one[2])))
        return 0
    return table(asked.red_dwarf, largest=asked.largest_too)


def table(python: str, *, largest: bool) -> int:
    """Prints a line for each size and whether the goals are met; 1 if one is not."""
    missed: list[str] = []
    print(f"{'size':>14}{'votes':>10}{'floor':>8}{'cold':>8}{'update':>8}{'+MB':>6}{'cold/floor':>12}"
          f"{'update/cold':>13}{'red-dwarf':>11}{'times':>7}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for people, statements in SIZES:
            command = [
                sys.executable,
                "-m",
                "bench.opinionmap",
                "--one",
                str(people),
                str(statements),
                folder,
            ]
            done = subprocess.run(
                command, cwd=ROOT, env={**os.environ, **PINNED}, capture_output=True, text=True, check=True
            )
            found = json.loads(done.stdout)
            last = (people, statements) == SIZES[-1]
            other = (
                theirs(python, Path(folder) / f"{people}.npz", 1 if last else TIMES)
                if largest or not last
                else None
            )
            said = (
                f"{other:>11.0f}{other / found['cold']:>7.0f}"
                if other
                else f"{'not run' if last else 'not installed':>18}"
            )
            print(
                f"{people:>7} × {statements:<4}{found['votes']:>10}{found['floor']:>8.1f}"
                f"{found['cold']:>8.1f}"
                f"{found['update']:>8.1f}{found['memory']:>6.0f}{found['cold'] / found['floor']:>12.2f}"
                f"{found['update'] / found['cold']:>13.2f}{said}",
                flush=True,
            )
            if last:
                missed += ["cold is above 3 floors"] * (found["cold"] > 3 * found["floor"])
                missed += ["an update is above a fifth of cold"] * (found["update"] > found["cold"] / 5)
                missed += ["more than 300 MB"] * (found["memory"] > 300)
            elif people == 10_000 and other:
                missed += ["red-dwarf is not 100 times slower"] * (other < 100 * found["cold"])
    for words in missed:
        print(f"MISSED: {words}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
