"""Accounts and posts of the small world."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from shangliang.base.people import actions as people
from shangliang.base.people.models import Person

BY = "clock"
SINCE = date(2020, 1, 1)  # long before any story starts


def grant(
    world: SimpleNamespace, name: str, words: str, role: str, *, committee=None, **place: Any
) -> Person:
    """An account (made once; password "long enough 1") and one post."""
    person = world.accounts.get(name) or people.open_account(name, words, password="long enough 1")
    world.accounts[name] = person
    people.grant(person, role, committee=committee or world.county, by=BY, since=SINCE, **place)
    return person
