"""Other numbers for the tariff in force: to be tried, never kept."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shangliang.base.ui.forms import Form
from shangliang.ledgers.points import tariff, trial
from shangliang.ledgers.points.tariff import Rule, Tariff

MOST = 999  # points


class Numbers(Form):
    """For each rule its points and its cap of a year, in points with two places; in force until changed."""

    def __init__(self, known: Tariff, data: Any = None) -> None:
        super().__init__(data)
        self.known = known
        for rule in known.rules:
            least = -MOST if (rule.points or 0) < 0 else 0
            label = {"what": rule.label}
            self.fields[f"p-{rule.name}"] = _number(_("「%(what)s」一次几分") % label, rule.points, least)
            self.fields[f"c-{rule.name}"] = _number(_("「%(what)s」每年最多几分") % label, rule.cap, 0)

    def lines(self) -> Iterator[tuple[Rule, Any, Any]]:
        """Each rule with its two fields."""
        for rule in self.known.rules:
            yield rule, self[f"p-{rule.name}"], self[f"c-{rule.name}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            for words in tariff.faults(self.changed(given)):
                self.add_error(None, words)
        return given

    def changed(self, given: dict[str, Any]) -> Tariff:
        numbers = {
            rule.name: (_hundredths(given[f"p-{rule.name}"]), _hundredths(given[f"c-{rule.name}"]))
            for rule in self.known.rules
        }
        return trial.with_numbers(self.known, numbers)


def _number(label: str, hundredths: int | None, least: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=least, max_value=MOST, max_digits=5, decimal_places=2,
        initial=None if hundredths is None else Decimal(hundredths).scaleb(-2).normalize().__format__("f"),
        widget=forms.NumberInput(attrs={"class": "in short"}),
    )  # fmt: skip


def _hundredths(points: Decimal | None) -> int | None:
    return None if points is None else int(points.scaleb(2))
