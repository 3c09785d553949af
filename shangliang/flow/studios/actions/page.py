"""What the actions on a studio share: its page's fields, reasons, its place in the index."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shangliang.base import search

from .. import queries
from ..models import State, Studio

PAGE = frozenset(
    {"name", "kind", "plate", "sector", "special_committee", "leader", "address", "town", "area", "hours",
     "phone", "motto", "intro", "shared_with", "twin", "liaison_group", "zones", "plan_reason", "planned_for"}
)  # fmt: skip


def write(studio: Studio, page: dict[str, Any]) -> None:
    if strange := set(page) - PAGE:
        raise TypeError(f"A studio's page has no {', '.join(sorted(strange))}.")
    for name, value in page.items():
        setattr(studio, name, value.strip() if isinstance(value, str) else value)


def said(words: str, ask: str = "") -> str:
    if len(words.strip()) < 2:
        raise ValidationError(ask or _("请写明理由，几个字也行。"))
    return words.strip()


def must_be_open(studio: Studio) -> None:
    if studio.state != State.OPEN:
        raise ValidationError(
            _("%(studio)s现在是「%(state)s」，开着才行。")
            % {"studio": studio.name, "state": studio.get_state_display()}
        )


def index(studio: Studio) -> None:
    if studio.is_public:
        search.put("studio", studio.pk, queries.search_text(studio), studio.committee_path)
