"""A module run in a process of its own, without our secrets: what a hostile file or a hungry template does
there ends the child and nothing else. Its limits on CPU and memory are the module's own, set as it starts."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(
    module: str, *arguments: str, patience: float, said: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """`python -m module arguments`, with `said` on its standard input; what it printed and how it ended.

    subprocess.TimeoutExpired after `patience` seconds, with what it had printed."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env={"LC_ALL": "C.UTF-8"}, input=said,
        capture_output=True, timeout=patience, check=False,
    )  # fmt: skip
