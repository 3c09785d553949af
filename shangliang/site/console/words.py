"""The words of other languages: from the text that translators write to what the server reads."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_words(folders: list[Path]) -> list[Path]:
    """Write each `.mo` that is missing or older than its `.po`; the ones written."""
    stale = [po for folder in folders for po in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _stale(po)]
    for po in stale:
        with po.open("rb") as source:
            words = read_po(source, locale=po.parent.parent.name)
        fresh = po.with_suffix(f".{os.getpid()}.mo")
        with fresh.open("wb") as target:
            write_mo(target, words)
        fresh.replace(po.with_suffix(".mo"))  # whole or not at all: another process may be at it too
    return stale


def _stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime
