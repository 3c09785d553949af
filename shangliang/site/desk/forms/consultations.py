"""What an officer or a convener writes about a consultation. Field names are the actions' arguments."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee
from shangliang.base.ui.forms import Day, Form, ManyCards, MultiplePhotos
from shangliang.flow.consultations import rules
from shangliang.flow.consultations.actions import Draft
from shangliang.flow.consultations.forms import TopicForm
from shangliang.flow.consultations.models import Consultation, Recommendation
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices.models import Voice

PAPERS = "image/*,application/pdf"
ROWS = 8  # recommendations that one sending has room for


def area(
    label: Any, *, most: int = 500, hint: Any = "", required: bool = True, rows: int = 3
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "low"})
    return forms.CharField(label=label, max_length=most, widget=widget, help_text=hint, required=required)


class FromVoices(TopicForm):
    """Which voices in hand a topic is raised from."""

    voices = forms.MultipleChoiceField(
        label=gettext_lazy("从哪几条留言来"),
        widget=ManyCards,
        error_messages={"required": gettext_lazy("至少选一条在办的留言。")},
    )

    def __init__(self, offered: list[Voice], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["voices"].choices = [(v.code, f"{v.title}（{v.number}）") for v in offered]  # type: ignore[attr-defined]


class OnPaper(TopicForm):
    """A leader's topic that an officer enters from a dated paper."""

    leader = forms.CharField(label=gettext_lazy("哪位领导点的题"), max_length=40)
    paper_on = forms.DateField(label=gettext_lazy("材料的日期"), widget=Day)
    paper = MultiplePhotos(
        label=gettext_lazy("这份材料"), required=True, accept=PAPERS, help_text=gettext_lazy("照片或 PDF。")
    )


class ConsultationForm(Form):
    """A form about one consultation, for one actor."""

    def __init__(self, topic: Consultation, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.topic, self.actor = topic, actor
        self.prepare()

    def prepare(self) -> None:
        """Choices that depend on the consultation."""

    def offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]


def _departments(committee: Committee) -> list[tuple[str, str]]:
    return [(d.code, d.name) for d in places.departments(committee)]


class Open(ConsultationForm):
    studio = forms.ChoiceField(label=gettext_lazy("哪间工作室主持"))
    last_day = forms.DateField(label=gettext_lazy("说到哪天"), widget=Day)
    asked = forms.MultipleChoiceField(label=gettext_lazy("请哪些单位来听"), required=False, widget=ManyCards)

    def prepare(self) -> None:
        rows = studios.of_committee(self.topic.committee_path).filter(state="open")
        if not rules.runs(self.actor, self.topic):
            rows = rows.filter(code__in=self.actor.studios(*rules.HOSTS))
        self.offer("studio", [("", _("选一间")), *((s.code, s.name) for s in rows)])
        if self.topic.studio:
            self.initial.setdefault("studio", self.topic.studio.code)
        self.offer("asked", _departments(self.topic.committee))


class Decline(ConsultationForm):
    reason = area(
        gettext_lazy("为什么不列入"), hint=gettext_lazy("大家都看得到。来的留言退回工作室，接着单独办。")
    )


class Meeting(ConsultationForm):
    day = forms.DateField(label=gettext_lazy("哪天开的"), widget=Day)
    place = forms.CharField(label=gettext_lazy("在哪儿"), max_length=80)
    members = forms.MultipleChoiceField(label=gettext_lazy("到场的委员"), widget=ManyCards)
    departments = forms.MultipleChoiceField(
        label=gettext_lazy("到场的单位"), required=False, widget=ManyCards
    )
    others = forms.IntegerField(label=gettext_lazy("另外到场几人"), min_value=0, max_value=9999, initial=0)

    def prepare(self) -> None:
        self.offer("members", [(p.key, p.name) for p in people.members(self.topic.committee_path)])
        self.offer("departments", _departments(self.topic.committee))


class Minutes(ConsultationForm):
    agreed = area(gettext_lazy("商定的，一行一条"), most=8000, required=False, rows=4)
    not_agreed = area(gettext_lazy("没谈拢的，一行一条"), most=8000, required=False, rows=4)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        return {name: str(given.get(name, "")).splitlines() for name in ("agreed", "not_agreed")}


class Send(ConsultationForm):
    """Up to eight recommendations; rows left empty are not sent."""

    def prepare(self) -> None:
        offered = [("", _("选一个单位")), *_departments(self.topic.committee)]
        for n in range(1, ROWS + 1):
            self.fields[f"words{n}"] = _row(
                forms.CharField,
                _("第 %(n)s 条建议") % {"n": n},
                widget=forms.Textarea(attrs={"rows": 2, "class": "in low"}),
                max_length=1000,
            )
            self.fields[f"department{n}"] = _row(
                forms.ChoiceField, _("送给"), choices=offered, widget=forms.Select(attrs={"class": "in"})
            )
            self.fields[f"rests{n}"] = _row(
                forms.CharField,
                _("依据第几条意见"),
                max_length=60,
                help_text=_("写号码，用逗号隔开。"),
                widget=forms.TextInput(attrs={"class": "in"}),
            )
        self.fields["words1"].required = self.fields["department1"].required = True

    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}{n}"] for name in ("words", "department", "rests")] for n in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        given, drafts = super().clean() or self.cleaned_data, []
        for n in range(1, ROWS + 1):
            words, department = given.get(f"words{n}", ""), given.get(f"department{n}", "")
            if not words and not department:
                continue
            if not words:
                self.add_error(f"words{n}", _("选了单位，还没写建议。"))
            elif not department:
                self.add_error(f"department{n}", _("这条建议送给哪个单位？"))
            numbers = [int(found) for found in re.findall(r"\d{1,6}", given.get(f"rests{n}", ""))]
            drafts.append(Draft(words, department, tuple(numbers)))
        return {"drafts": drafts}


def _row(kind: type[forms.Field], label: str, **more: Any) -> forms.Field:
    return kind(label=label, required=False, **more)


class SendAgain(Form):
    """Another department for a recommendation that came back."""

    department = forms.ChoiceField(label=gettext_lazy("改送给"))

    def __init__(self, row: Recommendation, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"id_{row.code}_%s")
        super().__init__(*args, **options)
        others = [d for d in _departments(row.consultation.committee) if d[0] != row.department.code]
        self.fields["department"].choices = [("", _("选一个单位")), *others]  # type: ignore[attr-defined]


class Codes(ConsultationForm):
    number = forms.IntegerField(
        label=gettext_lazy("印几张"),
        min_value=1,
        max_value=100,
        initial=20,
        help_text=gettext_lazy("一张一个人用一次。码只在下一页出现，离开就看不到了。"),
    )


class ResultText(ConsultationForm):
    text = area(
        gettext_lazy("办成了什么，还差什么"),
        most=3000,
        rows=6,
        hint=gettext_lazy("写清楚谁办的、办到什么程度。"),
    )
    evidence = MultiplePhotos(
        label=gettext_lazy("照片或材料"), accept=PAPERS, help_text=gettext_lazy("公布前至少要有一份。")
    )


class Nothing(ConsultationForm):
    """A move that needs no words."""
