"""The words of a choice, quickly."""

from collections.abc import Callable
from typing import Any

from django.db import models


def spoken(field: str, choices: type[models.Choices]) -> Callable[[Any], str]:
    """A model's `get_…_display`: `get_state_display = spoken("state", State)`.

    Django's own translates and hashes the label of every choice each time it is asked for one: a list of
    twenty voices paid five bare pages for it."""
    labels = {member.value: member.label for member in choices}

    def display(thing: Any) -> str:
        value = getattr(thing, field)
        return str(labels.get(value, "" if value is None else value))

    return display
