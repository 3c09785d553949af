"""Checklists of what a studio should have (建室标准): presets, read once from `presets/standards.yaml`. A
committee's own stand beside them in its table (`queries.checklists_of`)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shangliang.base import yamls

PLACE = Path(__file__).parent / "presets" / "standards.yaml"


@dataclass(frozen=True)
class Checklist:
    """`kind`: real, with its `source`; sample; or own, written by the committee itself."""

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
    said = yamls.read(PLACE.read_text("utf-8"))
    return {key: Checklist(key, **{**row, "items": tuple(row["items"])}) for key, row in said.items()}
