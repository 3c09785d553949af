"""The checklists that a committee can pick (建室标准), read once from `presets/standards.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PLACE = Path(__file__).parent / "presets" / "standards.yaml"


@dataclass(frozen=True)
class Checklist:
    """`kind`: real, with its `source`, or sample."""

    key: str
    name: str
    place: str
    kind: str
    edition: int
    source: str
    items: tuple[str, ...]

    @property
    def is_real(self) -> bool:
        return self.kind == "real"


@cache
def checklists() -> dict[str, Checklist]:
    """All of them by key, in the order of the file."""
    said = yaml.safe_load(PLACE.read_text("utf-8"))
    return {key: Checklist(key, **{**row, "items": tuple(row["items"])}) for key, row in said.items()}


def picked(keys: Iterable[str]) -> list[Checklist]:
    """Those of these keys that there are, in the order of the file."""
    wanted = set(keys)
    return [one for key, one in checklists().items() if key in wanted]
