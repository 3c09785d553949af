"""What the studio and the office write about an opinion report. Field names are the actions' arguments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import Day, Form, MultiplePhotos
from shangliang.flow.reports import queries as reports
from shangliang.flow.reports.forms import Write
from shangliang.flow.reports.models import Level, OpinionReport

from .consultations import PAPERS, area


class Edit(Write):
    """The editor's wording."""


class Plain(Form):
    """Nothing is to be said."""


class Return(Form):
    words = area(_("还缺什么"), hint=_("写的委员照着补。"))


class HoldBack(Form):
    words = area(_("哪里要改"))


class Keep(Form):
    words = area(_("为什么留存"), hint=_("写的委员看得到。"))


class FeedBack(Form):
    words = area(_("告诉委员"), hint=_("后来怎么样了，用一两句话说。"))


def _levels(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("哪一级"), choices=Level.choices, widget=forms.RadioSelect, **more)


class Adopt(Form):
    level = _levels()
    where = forms.CharField(label=_("登在哪里、哪一期"), max_length=100)
    on = forms.DateField(label=_("哪天"), widget=Day, initial=clock.today)
    combined = forms.BooleanField(
        label=_("综合采用"), required=False, help_text=_("和别的信息编成一篇的，勾上；不勾就是单篇。")
    )
    others = forms.MultipleChoiceField(
        label=_("和哪几篇编成一篇"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("综合采用的才勾。勾上的每一篇都记上这一次，写的委员都看得到。"),
    )

    def __init__(self, report: OpinionReport, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["others"]
        field.choices = reports.combinable(report)
        if not field.choices:
            del self.fields["others"]


class Endorse(Form):
    level = _levels()
    who = forms.CharField(label=_("哪位领导"), max_length=40, help_text=_("写职务，如：示例市市长。"))
    words = area(_("批示内容"), hint=_("照原文写。"))
    on = forms.DateField(label=_("哪天批的"), widget=Day, initial=clock.today)
    scan = MultiplePhotos(label=_("扫描件"), accept=PAPERS, help_text=_("照片或 PDF，至少一份。"))


class Refer(Form):
    department = forms.ChoiceField(label=_("转给哪个单位"))
    words = area(_("请它办什么"), most=300)

    def __init__(self, report: OpinionReport, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["department"]
        field.choices = [(one.code, one.name) for one in places.departments(report.committee)]


class NoteReply(Form):
    referral = forms.ChoiceField(label=_("哪个单位"))
    words = area(_("怎么回的"), most=1000)
    on = forms.DateField(label=_("哪天回的"), widget=Day, initial=clock.today)

    def __init__(self, report: OpinionReport, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["referral"]
        field.choices = [(one.code, one.department.name) for one in reports.unanswered(report)]


class Issue(Form):
    """Which signed reports go into the next number, and to whom."""

    reports = forms.MultipleChoiceField(
        label=_("登哪几条"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("照下面的先后登。一期最多 12 条。"),
        error_messages={"required": _("选上要刊发的信息，一期 1 到 12 条。")},
    )
    to_own = forms.BooleanField(label=_("送本级党委、政府领导"), required=False)
    to_upper = forms.BooleanField(label=_("报上一级政协"), required=False)

    def __init__(self, rows: list[OpinionReport], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["reports"]
        field.choices = [(row.code, str(row.title)) for row in rows]
