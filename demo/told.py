"""What the steps of the demonstration hand each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .days import Days

Step = tuple[datetime, Callable[[], Any]]


@dataclass
class Told:
    """What the steps find each other by: people, studios, bodies, and each record by its label."""

    days: Days
    actors: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    committees: dict[str, Any] = field(default_factory=dict)
    departments: dict[str, Any] = field(default_factory=dict)
    studios: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # label → code of a voice, consultation, post …
    tracking: dict[str, str] = field(default_factory=dict)  # label → the tracking code told to its author
    authors: dict[str, Any] = field(default_factory=dict)
