"""A copy of what is kept of a resident: every column that privacy.yml gives them, and nothing of others."""

from datetime import datetime
from typing import Any

from . import holders, privacy

Rows = dict[str, list[dict[str, str]]]


def of(person: str) -> Rows:
    """Model ("voices.Voice") → its rows of this person, each with what is theirs of it and when it was."""
    return {
        label: [_row(row, privacy.copied(label)) for row in rows]
        for label, rows in holders.own(person).items()
    }


def _row(row: Any, columns: list[str]) -> dict[str, str]:
    found = {column: str(getattr(row, column)) for column in columns}
    when = getattr(row, "at", None) or getattr(row, "left_at", None)
    return {"at": when.isoformat(), **found} if isinstance(when, datetime) else found
