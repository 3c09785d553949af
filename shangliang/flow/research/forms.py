"""What a lead writer writes. The actions measure it; a form only asks."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.base.places import queries as places
from shangliang.base.ui.filters import short_day
from shangliang.base.ui.forms import Day, Form, MultiplePhotos

from . import queries
from .actions import Draft
from .measure import FINDINGS, PIECE, PIECES, TITLE
from .models import Research, Whom

PAPERS = "image/*,application/pdf"
EVIDENCE = gettext_lazy("照片或 PDF。人脸、车牌、姓名先遮住。")
LISTED = 50  # activities and topics to choose from


class Write(Form):
    """Title, findings, advice, to whom; of a study also who leads, joins, and what it comes from. `of`: the
    report, saved or not."""

    title = forms.CharField(
        label=gettext_lazy("题目"), max_length=TITLE[1], help_text=gettext_lazy("如：关于……的调研报告。")
    )
    led_by = forms.ChoiceField(label=gettext_lazy("哪个专委会牵头"))
    studios = forms.MultipleChoiceField(
        label=gettext_lazy("参加的工作室"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topic = forms.ChoiceField(label=gettext_lazy("从哪个题目来"), required=False)
    findings = forms.CharField(
        label=gettext_lazy("调研发现"),
        required=False,
        max_length=FINDINGS[1],
        help_text=gettext_lazy("看到、问到、数到的。不写群众的姓名、电话、住址。交以前写好就行。"),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    advice = forms.CharField(
        label=gettext_lazy("建议"),
        required=False,
        max_length=PIECES * (PIECE[1] + 2),
        help_text=gettext_lazy("一行一条，请谁做什么。报送以后，每一条怎么样都单独记。"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    to = forms.MultipleChoiceField(
        label=gettext_lazy("报给谁"),
        required=False,
        choices=Whom.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("您的意见；报给谁，机关审看时定。"),
    )
    departments = forms.MultipleChoiceField(
        label=gettext_lazy("哪几个单位"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, of: Research, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        address(fields, of)
        if not of.study:
            for name in ("led_by", "studios", "topic"):
                del fields[name]
            return
        bodies = places.special_committees(of.committee)
        fields["led_by"].choices = [("", _("选一个")), *((one.code, one.name) for one in bodies)]
        fields["studios"].choices = [(one.code, one.name) for one in queries.rooms(of.committee)]
        topics = queries.topics(of.committee, actor)[:LISTED]
        fields["topic"].choices = [("", _("不是从题目来的")), *((one.code, one.title) for one in topics)]

    def said(self) -> Draft:
        said: dict[str, Any] = dict(self.cleaned_data)
        for name in ("to", "departments", "studios"):
            said[name] = tuple(said.get(name, ()))
        return Draft(**said)


def address(fields: Any, of: Research) -> None:
    """The choices of addressees that this committee has."""
    if of.committee.parent_id is None:
        fields["to"].choices = [pair for pair in Whom.choices if pair[0] != Whom.UPPER]
    fields["departments"].choices = [(one.code, one.name) for one in places.departments(of.committee)]


def written(of: Research) -> dict[str, Any]:
    """What a form of a saved report begins with."""
    title, findings, advice = of.texts
    return {"title": title, "findings": findings, "advice": advice, **addressed(of), **_of_study(of)}


def addressed(of: Research) -> dict[str, Any]:
    rows = queries.addressees(of)
    codes = [one.department.code for one in rows if one.department]
    return {"to": list(dict.fromkeys(one.whom for one in rows)), "departments": codes}


def _of_study(of: Research) -> dict[str, Any]:
    return {
        "led_by": of.led_by.code if of.led_by else "",
        "studios": [room.code for room in queries.joined(of)],
        "topic": of.topic.code if of.topic else "",
    }


class Name(Form):
    """One more on the list."""

    member = forms.ChoiceField(
        label=gettext_lazy("哪位委员"),
        help_text=gettext_lazy("列进来的委员会收到通知，交机关以前能自己退出。"),
    )
    writer = forms.BooleanField(
        label=gettext_lazy("参与执笔"),
        required=False,
        help_text=gettext_lazy("勾上的按先后排在您后面；不勾的是一起去调研的。"),
    )

    def __init__(self, of: Research, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["member"]
        field.choices = [("", _("选一位")), *((one.key, one.name) for one in queries.nameable(of))]


class AddVisit(Form):
    """A visit: an activity on record, or written down plainly."""

    activity = forms.ChoiceField(
        label=gettext_lazy("记录过的活动"),
        required=False,
        help_text=gettext_lazy("走访、调研、座谈办过、记录过的，选上就行，下面不用填。"),
    )
    on = forms.DateField(label=gettext_lazy("哪天"), required=False, widget=Day, initial=clock.today)
    place = forms.CharField(label=gettext_lazy("去了哪里"), required=False, max_length=100)
    whom = forms.CharField(
        label=gettext_lazy("和谁谈的"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("写单位、村组，不写群众姓名。"),
    )

    def __init__(self, of: Research, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["activity"]
        field.choices = [("", _("没有记录过，下面写")), *activities(of, actor)]


def activities(of: Research, actor: Actor) -> list[tuple[str, str]]:
    """Activities of the committee that are on record, the latest first."""
    found = queries.held(of, actor)[:LISTED]
    return [(one.code, f"{short_day(clock.local_day(one.starts_at))}　{one.title}") for one in found]


class Of(Form):
    """A form about one report, for one reader."""

    def __init__(self, of: Research, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.of, self.actor = of, actor


def _with_activities(form: Of) -> None:
    field: Any = form.fields["activity"]
    field.choices = [("", _("没有这样的活动")), *activities(form.of, form.actor)]


class PutRight(Of):
    """One thing that was put right; its evidence now or later."""

    words = forms.CharField(
        label=gettext_lazy("整改了什么"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "low"}),
        help_text=gettext_lazy("一项一记：哪里、改了什么。"),
    )
    department = forms.ChoiceField(label=gettext_lazy("哪个单位改的"), required=False)
    on = forms.DateField(label=gettext_lazy("哪天"), widget=Day, initial=clock.today)
    evidence = MultiplePhotos(label=gettext_lazy("凭据"), accept=PAPERS, help_text=EVIDENCE)
    activity = forms.ChoiceField(
        label=gettext_lazy("能说明的活动"),
        required=False,
        help_text=gettext_lazy("回头看、验收办过、记录过的，也算凭据。"),
    )

    def __init__(self, of: Research, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(of, actor, *args, **options)
        field: Any = self.fields["department"]
        units = places.departments(of.committee)
        field.choices = [("", _("不归一个单位")), *((one.code, one.name) for one in units)]
        _with_activities(self)


class Show(Of):
    """Evidence for something that was put right."""

    correction = forms.ChoiceField(label=gettext_lazy("哪一项"))
    evidence = MultiplePhotos(label=gettext_lazy("凭据"), accept=PAPERS, help_text=EVIDENCE)
    activity = forms.ChoiceField(label=gettext_lazy("能说明的活动"), required=False)

    def __init__(self, of: Research, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(of, actor, *args, **options)
        field: Any = self.fields["correction"]
        field.choices = [(one.code, Truncator(one.words).chars(40)) for one in queries.corrections(of)]
        _with_activities(self)
