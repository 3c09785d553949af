"""Erasure: no file holds what a resident had erased; what PostgreSQL keeps of it can't be opened."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stories import postgres

from ..figure import Figure

KEPT = "secure_delete off, nothing merged or cut off"
BEFORE = "the same search before the erasure"
UNREPLAYED = "the same search before the list was replayed"
PUBLIC = "the same search for what is public"
NOT_ROTATED = "the master key as it was"


def figures(seed: int, short: bool) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="erasure-") as folder:
        told = _told(Path(folder) / "told", seed)
    caught = bool(told["kept"])

    def figure(what: str, value: int, planted: str, caught: bool, target: int = 0) -> Figure:
        return Figure(f"erasure: {what}", value, target, planted, caught, seed)

    yield figure("hits in all files afterwards", _all(told["after"]), KEPT, caught)
    for what in ("memory", "sessions", "photos", "reports"):
        yield figure(f"of it in {what} afterwards", told[what], BEFORE, told[f"{what}_before"] > 0)
    again = _all(told["restored_after"])
    yield figure("hits in a restored backup, replayed", again, UNREPLAYED, bool(told["restored_before"]))
    holds = int(told["holds"]) + int(told["restored_holds"])
    yield figure("databases whose journal verifies, erased once", holds, KEPT, caught, target=2)
    if not short and postgres.programs():
        yield from _on_postgresql(seed)


def _on_postgresql(seed: int) -> Iterator[Figure]:
    with postgres.cluster() as cluster, tempfile.TemporaryDirectory(prefix="erasure-") as folder:
        for name in ("shangliang", "keyring"):
            create = ["psql", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", "postgres", "-qc"]
            subprocess.run([*create, f"CREATE DATABASE {name}"], check=True)
        own = {**cluster.environment, "CLUSTER": str(cluster.folder)}
        told = _told(Path(folder), seed, "--bytes", more=own)
    opened = told["left"] > 0 and told["opens_with_the_old"] == 1  # or there was nothing to open

    def figure(what: str, value: int, planted: str, caught: bool) -> Figure:
        return Figure(f"erasure, PostgreSQL: {what}", value, 0, planted, caught, seed)

    yield figure("hits in clear in all files", _all(told["clear"]), PUBLIC, bool(told["public"]))
    yield figure("old keys that the new master key opens", told["opens_with_the_new"], NOT_ROTATED, opened)
    yield figure("living keys shut by the rotation", told["shut"], NOT_ROTATED, opened)


def _told(var: Path, seed: int, *words: str, more: dict[str, str] | None = None) -> dict[str, Any]:
    """One story in a process and a folder of its own."""
    var.mkdir(exist_ok=True)
    own = {"SHANGLIANG_MODE": "test", "SHANGLIANG_VAR": str(var)} | (more or {})
    own["DJANGO_SETTINGS_MODULE"] = "shangliang.settings"
    command = [sys.executable, "-m", "prove.erasing", str(seed), *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env={**os.environ, **own})
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _all(hits: dict[str, int]) -> int:
    for where, n in hits.items():
        print(f"found: {where}: {n}", file=sys.stderr)
    return sum(hits.values())
