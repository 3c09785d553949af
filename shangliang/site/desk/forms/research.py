"""What the office writes about a research report. Field names are the actions' arguments."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.base.ui.forms import Day, MultiplePhotos
from shangliang.flow.reports.models import Level
from shangliang.flow.research import queries, telling
from shangliang.flow.research.forms import Of, address, addressed
from shangliang.flow.research.models import Research, Whom

from .consultations import PAPERS, area


class Plain(Of):
    """Nothing is to be said."""


class Return(Of):
    words = area(gettext_lazy("还缺什么"), hint=gettext_lazy("执笔的委员照着补。"))


class Accept(Of):
    """To whom it goes: what the lead writer proposed, to be changed."""

    to = forms.MultipleChoiceField(
        label=gettext_lazy("报给谁"), choices=Whom.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("选一选报给谁。")},
    )  # fmt: skip
    departments = forms.MultipleChoiceField(
        label=gettext_lazy("哪几个单位"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, of: Research, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(of, actor, *args, **{"initial": addressed(of)} | options)
        address(self.fields, of)


class Outcome(Of):
    """What an addressee said of the whole, or of pieces of advice."""

    addressee = forms.ChoiceField(label=gettext_lazy("谁说的"))
    pieces = forms.MultipleChoiceField(
        label=gettext_lazy("哪几条建议"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("说的是整篇，就一条也不勾。"),
    )
    words = area(gettext_lazy("在哪里、怎么说的"), most=300, hint=gettext_lazy("哪次会议、哪个文件。"))
    on = forms.DateField(label=gettext_lazy("哪天"), widget=Day, initial=clock.today)

    def __init__(self, of: Research, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(of, actor, *args, **options)
        fields: Any = self.fields
        fields["addressee"].choices = [(one.code, str(one)) for one in queries.addressees(of)]
        fields["pieces"].choices = [
            (str(one.number), f"{one.number}. {Truncator(str(one.words)).chars(60)}")
            for one in queries.ready(of)
        ]


class Decline(Outcome):
    words = area(gettext_lazy("为什么没有采纳"), most=300, hint=gettext_lazy("写的委员看得到。"))


class TakeBack(Of):
    """What was written down wrongly, and why."""

    outcome = forms.ChoiceField(label=gettext_lazy("哪一条记错了"), widget=forms.RadioSelect)
    words = area(
        gettext_lazy("哪里记错了"), most=200,
        hint=gettext_lazy("调研组看得到。收回以后照实再记；只错了其中一条建议的，收回整行，再记对的。"),
    )  # fmt: skip

    def __init__(self, of: Research, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(of, actor, *args, **options)
        field: Any = self.fields["outcome"]
        field.choices = telling.to_take_back(of)


class Endorse(Of):
    level = forms.ChoiceField(label=gettext_lazy("哪一级"), choices=Level.choices, widget=forms.RadioSelect)
    who = forms.CharField(
        label=gettext_lazy("哪位领导"), max_length=40, help_text=gettext_lazy("写职务，如：示例市市长。")
    )
    words = area(gettext_lazy("批示内容"), hint=gettext_lazy("照原文写。"))
    on = forms.DateField(label=gettext_lazy("哪天批的"), widget=Day, initial=clock.today)
    scan = MultiplePhotos(
        label=gettext_lazy("扫描件"), accept=PAPERS, help_text=gettext_lazy("照片或 PDF，至少一份。")
    )
