"""Secrets that slipped into the tree: few patterns, each for something that opens a door."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .lock import ROOT

PATTERNS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a password in an address": re.compile(
        r"\b[a-z][a-z0-9+]*://[^\s:/@{}'\"]+:(?P<secret>[^\s:/@{}'\"]+)@[\w.-]+"
    ),
    "a cloud's access key": re.compile(r"\b(?:AKIA|ASIA|LTAI|AKID)[0-9A-Za-z]{16,}\b"),
    "a token of a code host": re.compile(r"\b(?:gh[pousr]_\w{36}|github_pat_\w{40,}|glpat-[\w-]{20})"),
    "a token of a service": re.compile(
        r"\b(?:xox[abprs]-[\w-]{10,}|sk-[A-Za-z0-9]{32,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})"
    ),
    "a secret of ours with its value": re.compile(
        r"^\s*(?:export )?(?:SECRET_KEY|MASTER_KEY|INDEX_KEY|CODE_KEY)=(?P<secret>[^\s#$]{16,})", re.MULTILINE
    ),
}
# Words that stand in examples where a password would.
EXAMPLES = {"password", "postgres", "secret"}


def found(text: str) -> Iterator[tuple[int, str]]:
    """Line and kind of whatever looks like a secret."""
    for kind, pattern in PATTERNS.items():
        for hit in pattern.finditer(text):
            if hit.groupdict().get("secret") not in EXAMPLES:
                yield text.count("\n", 0, hit.start("secret" if "secret" in hit.groupdict() else 0)) + 1, kind


def scan(files: list[Path]) -> list[str]:
    """A line for each find; it never repeats the secret."""
    return [
        f"{file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name}:{line}: {kind}"
        for file in files
        if file.is_file()
        for line, kind in found(file.read_bytes().decode("utf-8", errors="replace"))
    ]


def tracked() -> list[Path]:
    """Every file of the tree; an exported tree without its history counts whole."""
    git = ["git", "ls-files", "-z"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    apart = {".venv", "var", "node_modules"}
    return [file for file in ROOT.rglob("*") if not apart & set(file.relative_to(ROOT).parts)]
