"""What is kept for so long and no longer: `retention` in privacy.yml says how long, a rule what."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet

from .. import clock
from .models import Look
from .personal import privacy


class Rule(NamedTuple):
    """`overdue(before)`: rows whose time began before then; `clear(rows)`: their data goes, how many."""

    overdue: Callable[[datetime], QuerySet[Any]]
    clear: Callable[[QuerySet[Any]], int]


def _deleted(rows: QuerySet[Any]) -> int:
    return rows.delete()[0]


RULES: dict[str, Rule] = {"looks": Rule(lambda before: Look.objects.filter(at__lt=before), _deleted)}


def register(name: str, rule: Rule) -> None:
    """Make a package's rule known, in `AppConfig.ready`, under its name in privacy.yml."""
    RULES[name] = rule


def overdue(name: str) -> QuerySet[Any]:
    """The rows that are kept too long today."""
    return RULES[name].overdue(clock.now() - timedelta(days=privacy.days(name)))


def clear() -> int:
    """A chore, once a night: everything overdue goes. How many rows it touched."""
    return sum(rule.clear(overdue(name)) for name, rule in RULES.items())
