"""What a metric is: the acts that count, what each adds, and what its number may be used for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q

Kind = Literal["flow", "stock", "overdue", "people", "share"]
ANY = object()  # a fact that must be there, whatever it says


@dataclass(frozen=True)
class Rule:
    """Acts that count. `where`: facts they must have (a tuple: any of these). `weight`: what one adds; a
    text names the fact that holds the number. `part`: the fact that says in which part of the metric it adds,
    where it is not the metric's own."""

    acts: tuple[str, ...]
    where: Mapping[str, Any] = field(default_factory=dict)
    weight: int | str = 1
    part: str = ""

    def takes(self, facts: Mapping[str, Any]) -> bool:
        return all(self._fits(facts.get(name), wanted) for name, wanted in self.where.items())

    @staticmethod
    def _fits(fact: Any, wanted: Any) -> bool:
        if wanted is ANY:
            return fact is not None
        return fact in wanted if isinstance(wanted, tuple) else fact == wanted

    def as_filter(self) -> Q:
        """The same question to the journal's table."""
        asked = Q(name__in=self.acts)
        for name, wanted in self.where.items():
            if wanted is ANY:
                asked &= Q(**{f"facts__{name}__isnull": False})
            else:
                asked &= Q(
                    **{f"facts__{name}__in" if isinstance(wanted, tuple) else f"facts__{name}": wanted}
                )
        return asked

    def counts(self, facts: Mapping[str, Any]) -> int:
        return self.weight if isinstance(self.weight, int) else int(facts.get(self.weight) or 0)


@dataclass(frozen=True)
class Metric:
    """`unit` is a key of `names.UNITS`, `about` the kind of record behind it, `also` further kinds. `parts`:
    a fact by which the number falls into parts. `people`: counts people, so breakdowns show it from 10 on."""

    name: str
    label: Any
    unit: str
    definition: Any
    kind: Kind = "flow"
    rules: tuple[Rule, ...] = ()
    about: str = ""
    also: tuple[str, ...] = ()
    parts: str = ""
    part_labels: Mapping[str, Any] = field(default_factory=dict)
    people: bool = False
    public: bool = True
    of: tuple[str, tuple[str, ...]] = ("", ())  # a share: this (or all but this), of the sum of these
    group: str = "voices"

    @property
    def additive(self) -> bool:
        """Whether county sums and own records make up the city and the province."""
        return self.kind in ("flow", "stock", "overdue")

    @property
    def at_a_day(self) -> bool:
        """Whether it is a state at the end of the period, not what happened within it."""
        return self.kind in ("stock", "overdue", "people")
