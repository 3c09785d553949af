"""Each bar as `make test` runs it, and figures that must be able to say no."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from prove.__main__ import BARS
from prove.figure import Figure


def proved(bar):
    command = [sys.executable, "-m", "prove", "--short", bar]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def running(request):
    """Those that were asked for, two at a time: much of each is waiting, for the disk or what was killed.
    Each has a folder, databases and ports of its own."""
    asked = [item.callspec.params for item in request.session.items if item.path == request.path]
    two = ThreadPoolExecutor(2)
    yield {said["bar"]: two.submit(proved, said["bar"]) for said in asked if said.get("bar") in BARS}
    two.shutdown(cancel_futures=True)


@pytest.mark.long
@pytest.mark.parametrize("bar", BARS)
def test_a_bar_holds_and_catches_its_planted_fault(bar, running):
    done = running[bar].result()
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert figures, done.stderr[-2000:]
    assert [row for row in figures if not row["ok"]] == [], done.stderr[-2000:]
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize(
    ("value", "target", "bar", "caught", "ok"),
    [
        (0, 0, "equal", True, True),
        (1, 0, "equal", True, False),
        (0, 0, "equal", False, False),  # it held, but could not have failed
        (255, 256, "at most", True, True),
        (257, 256, "at most", True, False),
        (49, 50, "at least", True, False),
    ],
)
def test_a_figure_holds_only_with_its_planted_fault_caught(value, target, bar, caught, ok):
    made = Figure("lost", value, target, "a fault", caught, 1, bar=bar)
    assert made.ok is ok
    assert json.loads(made.line())["ok"] is ok
