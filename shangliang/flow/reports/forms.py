"""What a member or an editor writes. The actions measure it; a form only asks."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form, named
from shangliang.flow.studios.models import Studio

from .actions import Draft
from .measure import MOST, TITLE

PART = {"rows": 6, "data-part": ""}


class Write(Form):
    """One matter: title and three parts. A draft may lack a part."""

    title = forms.CharField(
        label=_("题目"),
        max_length=TITLE[1],
        help_text=_("一篇只说一件事，50 个字以内。"),
        widget=forms.TextInput(attrs={"data-part": ""}),
    )
    situation = forms.CharField(
        label=_("情况"),
        required=False,
        max_length=MOST * 2,
        help_text=_("谁、在哪里、什么时候、多少。不写群众的姓名、电话、住址。交以前写好就行。"),
        widget=forms.Textarea(attrs=PART),
    )
    analysis = forms.CharField(
        label=_("分析"),
        required=False,
        max_length=MOST * 2,
        help_text=_("为什么会这样。交以前写好就行。"),
        widget=forms.Textarea(attrs=PART),
    )
    advice = forms.CharField(
        label=_("建议"),
        required=False,
        max_length=MOST * 2,
        help_text=_("请谁做什么，做得到的。交以前写好就行。"),
        widget=forms.Textarea(attrs=PART),
    )
    urgent = forms.BooleanField(label=_("急"), required=False, help_text=_("等不得的事，排在前面。"))

    def said(self) -> Draft:
        names = ("title", "situation", "analysis", "advice", "urgent")
        return Draft(**{name: self.cleaned_data[name] for name in names})


class Begin(Write):
    """The same, through a studio."""

    studio = forms.ChoiceField(label=_("交给哪间工作室"))
    field_order = ("studio",)

    def __init__(self, rooms: list[Studio], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["studio"]
        field.choices = [(one.code, f"{one.committee.name} {one.name}") for one in rooms]


class Mend(Begin):
    """A draft's: it may still go through another studio. A form that names none leaves it with the one it has
    `now`, which may be closed by now."""

    def __init__(self, rooms: list[Studio], now: Studio, sent: QueryDict | None, **options: Any) -> None:
        super().__init__(rooms if now in rooms else [now, *rooms], named(sent, "studio", now.code), **options)
        self.fields["studio"].initial = now.code
