"""The bill of materials: every library that the server runs on, its licence, and why we lean on it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import Any

from shangliang.base import yamls

from .lock import ROOT, RUNTIME, Pin, direct, pins

WHY = ROOT / "supply" / "dependencies.yaml"
PAGE = ROOT / "docs" / "dependencies.md"
MADE = ROOT / "var" / "sbom.json"
# May stand in a work under AGPL-3.0-or-later.
ALLOWED = {
    "MIT", "MIT-0", "MIT-CMU", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0",
    "LGPL-3.0-only", "MPL-2.0", "Zlib", "CC0-1.0",
}  # fmt: skip
# As older libraries say it; "BSD" alone is told apart in dependencies.yaml or below.
SPOKEN = {"MIT License": "MIT", "Apache License 2.0": "Apache-2.0"}
# What comes along with others, where it does not say itself.
THROUGH = {
    "sqlparse": "BSD-3-Clause", "tzdata": "Apache-2.0", "qrcode": "BSD-3-Clause", "colorama": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
}  # fmt: skip


def libraries() -> list[Pin]:
    """What the server needs, as it is locked."""
    return pins(RUNTIME.read_text("utf-8"))


def reasons() -> dict[str, dict[str, str]]:
    """Why each library that we ask for is there, by its name."""
    found: dict[str, dict[str, str]] = yamls.read(WHY.read_text("utf-8"))
    return found


def licence(name: str) -> str:
    """Its SPDX expression; empty if it can't be told."""
    if said := reasons().get(name, {}).get("licence") or THROUGH.get(name):
        return said
    try:
        about: Mapping[str, str] = metadata(name)  # type: ignore[assignment]
    except PackageNotFoundError:  # another system's
        return ""
    said = about.get("License-Expression") or about.get("License") or ""
    return SPOKEN.get(said, said)


def allowed(expression: str) -> bool:
    """Whether one of the alternatives of an expression may be used: "MIT OR GPL-2.0-only" is MIT to us."""
    return any(
        all(each.strip("() ") in ALLOWED for each in either.split(" AND "))
        for either in expression.split(" OR ")
    )


def faults(licences: Mapping[str, str] | None = None) -> Iterator[str]:
    """Libraries without a reason, reasons without a library, and licences that may not be used."""
    asked, known = set(direct()), set(reasons())
    yield from (
        f"{name} stands in runtime.in without a line in dependencies.yaml" for name in sorted(asked - known)
    )
    yield from (
        f"{name} has a line in dependencies.yaml and is not asked for" for name in sorted(known - asked)
    )
    for name, said in (licences or {pin.name: licence(pin.name) for pin in libraries()}).items():
        if not allowed(said):
            yield f"the licence of {name} may not be used, or is not known: {said or 'unsaid'}"


def cyclonedx() -> dict[str, Any]:
    """The bill as CycloneDX 1.6, the same for the same lock: no serial number, no date."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": "shangliang", "name": "shangliang",
                "licenses": [{"license": {"id": "AGPL-3.0-or-later"}}],
            }
        },
        "components": [*map(_component, libraries()), *_shipped()],
    }  # fmt: skip


def _component(pin: Pin) -> dict[str, Any]:
    address = f"pkg:pypi/{pin.name}@{pin.version}"
    made: dict[str, Any] = {
        "type": "library", "bom-ref": address, "name": pin.name, "version": pin.version, "purl": address,
        "licenses": [{"expression": licence(pin.name)}],
        # one for each wheel that the lock allows
        "properties": [{"name": "shangliang:sha256", "value": digest} for digest in pin.hashes],
    }  # fmt: skip
    return made | ({"scope": "optional"} if pin.where else {})


def _shipped() -> Iterator[dict[str, Any]]:
    """What lies in the tree as others wrote it, from THIRD_PARTY.md."""
    row = re.compile(
        r"\| \[(?P<name>[^\]]+)\]\([^)]*\)[^|]*\| (?P<version>\S+) \| (?P<licence>\S+) \| `(?P<file>[^`]+)`"
    )
    for found in row.finditer((ROOT / "THIRD_PARTY.md").read_text("utf-8")):
        address = f"pkg:npm/{found['name']}@{found['version']}"
        yield {
            "type": "library", "bom-ref": address, "name": found["name"], "version": found["version"],
            "purl": address, "licenses": [{"expression": found["licence"]}],
            "scope": "required" if found["file"].startswith("shangliang/") else "excluded",
        }  # fmt: skip


def write(path: Path = MADE) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(cyclonedx(), indent=1) + "\n", "utf-8")


def page() -> str:
    """docs/dependencies.md."""
    why = reasons()
    asked = [
        f"| {name} | {licence(name)}{'; ' + said['note'] if 'note' in said else ''} "
        f"| {said['why']} | {said['owner']} | {said['else']} |"
        for name, said in sorted(why.items())
    ]
    along = [
        f"| {pin.name} | {licence(pin.name)} | {', '.join(_askers(pin.name))} |"
        for pin in libraries()
        if pin.name not in why
    ]
    return PAGE_TEXT.format(asked="\n".join(asked), along="\n".join(along))


def _askers(name: str) -> list[str]:
    """Which of our libraries bring it along."""
    return [pin.name for pin in libraries() if name in _needs(pin.name)]


def _needs(name: str) -> set[str]:
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return set()
    plain = (re.split(r"[\[<>=~!; (]", line, maxsplit=1)[0] for line in lines)
    return {re.sub(r"[-_.]+", "-", each).lower() for each in plain}


PAGE_TEXT = """# What the server runs on

Printed by `make sbom` from the lock and `supply/dependencies.yaml`. Versions and hashes stand in
`requirements/runtime.txt` and, with the licences, in `var/sbom.json` (CycloneDX), which it writes too.
What we ship of others: `THIRD_PARTY.md`.

| library | licence | why | who keeps it | if nobody does |
|---|---|---|---|---|
{asked}

## What they bring along

| library | licence | asked for by |
|---|---|---|
{along}
"""
