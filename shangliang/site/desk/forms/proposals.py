"""What the office writes about a proposal. Field names are the actions' arguments."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.ui.forms import Day, Form, ManyCards
from shangliang.flow.proposals import queries, reasons, settings
from shangliang.flow.proposals.actions import Looked
from shangliang.flow.proposals.models import Answer, Proposal
from shangliang.flow.proposals.models.proposal import Decision, Passed, Topic

from .consultations import area


class Plain(Form):
    """Nothing is to be said."""


class Check(Form):
    """The first look: the checklist, and what it proposes."""

    topic = forms.ChoiceField(label=_("类别"), choices=Topic.choices)
    ticks = forms.MultipleChoiceField(label=_("看过的，符合的勾上"), required=False, widget=ManyCards)
    decision = forms.ChoiceField(label=_("初审意见"), choices=Decision.choices, widget=forms.RadioSelect)
    into = forms.ChoiceField(label=_("并进哪一件"), required=False, help_text=_("初审意见是并案的才选。"))
    reason = forms.ChoiceField(
        label=_("不立案的理由"), required=False, help_text=_("初审意见是不立案的才选，十条是公布的。")
    )
    passed = forms.ChoiceField(
        label=_("意见怎么转出去"),
        required=False,
        choices=[("", "—"), *Passed.choices],
        help_text=_("不立案的，意见也要转出去。"),
    )

    def __init__(self, of: Proposal, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["ticks"].choices = list(reasons.checklist().items())
        alike = [(one.code, f"{one.case_number} {one.heading}") for one in queries.mergeable(of)]
        fields["into"].choices = [("", "—"), *alike]
        fields["reason"].choices = [("", "—"), *reasons.on(clock.today()).reasons.items()]

    def looked(self) -> Looked:
        return Looked(**self.cleaned_data)


class Return(Form):
    words = area(_("哪里要改"), hint=_("提案人照着改。"))


class Letter(Form):
    """To which department a letter goes, and by when it replies."""

    department = forms.ChoiceField(label=_("转给哪个单位"))
    due = forms.DateField(
        label=_("请在哪天前回复"), widget=Day, initial=lambda: clock.today() + timedelta(days=30)
    )

    def __init__(self, of: Proposal, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["department"]
        field.choices = [("", "—"), *_departments(of)]


class Refuse(Letter):
    """What the filers are told; and of one that becomes a letter to whom."""

    words = area(_("告诉提案人"), hint=_("为什么不立案，意见转到哪里。"))
    field_order = ("words",)

    def __init__(self, of: Proposal, *args: Any, **options: Any) -> None:
        super().__init__(of, *args, **options)
        if of.passed != Passed.LETTER:
            del self.fields["department"], self.fields["due"]


class MarkKey(Form):
    words = area(_("为什么列为重点"), most=200)


class Recheck(Form):
    grade = forms.ChoiceField(label=_("现在是哪一类"), widget=forms.RadioSelect)
    words = area(_("现在办到哪一步"))

    def __init__(self, of: Proposal, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["grade"]
        field.choices = [one for one in Answer.Class.choices if one[0] in settings.grades(of.committee)]


def _departments(of: Proposal) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in queries.departments(of)]


class Assign(Form):
    """A host with others beside it, or several that each answer."""

    host = forms.ChoiceField(label=_("主办"), required=False)
    co = forms.MultipleChoiceField(label=_("会办"), required=False, widget=ManyCards)
    separate = forms.MultipleChoiceField(
        label=_("分办"),
        required=False,
        widget=ManyCards,
        help_text=_("不设主办、各答各的，才在这里选两家以上。"),
    )

    def __init__(self, of: Proposal, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        found = _departments(of)
        fields["host"].choices = [("", "—"), *found]
        fields["co"].choices = fields["separate"].choices = found


class Add(Form):
    department = forms.ChoiceField(label=_("加哪个单位"))

    def __init__(self, of: Proposal, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["department"]
        field.choices = _departments(of)


class HoldBack(Form):
    words = area(_("答复哪里不行"))


class Urge(Form):
    words = area(_("请它办什么"))
    due = forms.DateField(
        label=_("请在哪天前办"), widget=Day, initial=lambda: clock.today() + timedelta(days=10)
    )


class Meeting(Form):
    """One line of the assignment meeting: who hosts this proposal."""

    host = forms.ChoiceField(label=_("主办"), required=False)

    def __init__(self, departments: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["host"]
        field.choices = [("", _("这次不交办")), *departments]


class Session(Form):
    """A session and the days of its proposals."""

    name = forms.CharField(label=_("哪次会议"), max_length=40, help_text=_("如：十二届三次会议。"))
    opens = forms.DateField(label=_("哪天开幕"), widget=Day)
    until = forms.DateField(label=_("提案收到哪天"), widget=Day, help_text=_("这天以后交的，算平时提案。"))
