"""The checklists that a committee can pick (建室标准), read once from `presets/standards.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from shangliang.base.places.models import Committee

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


def said_of(committee: Committee) -> str:
    """The checklists that a committee picked, each with the place that it comes from."""
    return "、".join(f"{one.name}（{one.place}）" for one in picked(committee.set("standards"))) or _(
        "还没有选"
    )
