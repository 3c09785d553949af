"""Which browser the journeys, the pictures and axe-core run in: Debian's Chromium, without a desktop."""

import os
from pathlib import Path

# The first is Chromium as one drives it by a program: the same pages for less than half the work.
FOUND = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
PACKAGE = "chromium-headless-shell"
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def path() -> str:
    """`CHROMIUM` of the environment, or the first that is installed; it may not exist."""
    there = (one for one in FOUND if Path(one).exists())
    return os.environ.get("CHROMIUM") or next(there, FOUND[0])
