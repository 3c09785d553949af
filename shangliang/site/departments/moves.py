"""The department's moves on a recommendation: the form of each, its action, and what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from shangliang.base.people.actor import Actor
from shangliang.base.ui.forms import blaming
from shangliang.flow.consultations import actions, queries
from shangliang.flow.consultations.models import Recommendation
from shangliang.flow.consultations.states import RECOMMENDATION

from . import forms


@dataclass(frozen=True)
class Step:
    form: type[forms.AboutRecommendation]
    act: Callable[..., Any]
    label: Any
    button: Any
    said: Any
    grave: bool = False


STEPS = {
    "answer": Step(forms.Answer, actions.answer, _("答复"), _("发出答复"), _("答复发出了，大家都看得到。")),
    "report_done": Step(
        forms.Done, actions.report_done, _("说办完了"), _("报办完"), _("报上去了，等提议人来评。")
    ),
    "report_progress": Step(
        forms.Progress, actions.report_progress, _("报进展"), _("报进展"), _("进展记下了，大家都看得到。")
    ),
    "extend": Step(
        forms.Extend, actions.extend, _("延期"), _("延期"), _("延了，新的日子和理由大家都看得到。")
    ),
    "send_back": Step(
        forms.SendBack,
        actions.send_back,
        _("退回改送"),
        _("退回改送"),
        _("退回了，政协会另送单位。"),
        grave=True,
    ),
}


@dataclass(frozen=True)
class Offer:
    """A move that is open now. Its form, empty or the one that came `back` with faults, is made when a page
    draws it."""

    name: str
    step: Step
    row: Recommendation
    back: forms.AboutRecommendation | None = None

    @cached_property
    def form(self) -> forms.AboutRecommendation:
        return self.back or asked(self.name, self.row)


def offered(
    row: Recommendation, *, to: Actor, faulty: tuple[str, forms.AboutRecommendation] | None = None
) -> list[Offer]:
    """The moves open to this actor, the one to suggest first."""
    names = queries.recommendation_moves(to, row) | ({faulty[0]} if faulty else set())
    return [
        Offer(name, step, row, faulty[1] if faulty and faulty[0] == name else None)
        for name, step in STEPS.items()
        if name in names
    ]


def asked(
    name: str,
    row: Recommendation,
    data: QueryDict | None = None,
    files: MultiValueDict[str, Any] | None = None,
) -> forms.AboutRecommendation:
    """The form of a move, filled in. Http404 for a move that no page has."""
    if name not in STEPS:
        raise Http404(name)
    return STEPS[name].form(row, data, files, auto_id=f"{name}_%s")


def carry_out(
    name: str, row: Recommendation, form: forms.AboutRecommendation, *, by: Actor, seen: int | None
) -> bool:
    """Make the move; False when something at the form's fields is to be mended."""
    if not form.is_valid():
        RECOMMENDATION.check(name, row, by=by, seen=seen)
        return False
    with blaming(form):
        STEPS[name].act(row.code, by=by, seen=seen, **form.cleaned_data)
        return True
    return False
