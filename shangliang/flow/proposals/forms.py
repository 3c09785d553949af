"""What a member writes and a signer says. The actions measure it; a form only asks."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.places.models import Committee
from shangliang.base.ui.forms import Day, Form, MultiplePhotos, Scale, named

from . import queries
from .actions import Draft, Said
from .measure import PART, TITLE
from .models import Kind, Proposal, Rating

LATER = gettext_lazy("交以前写好就行。")
APART = re.compile(r"[\s、，,；;]+")


class Write(Form):
    """One matter: who files it, title and three parts. A draft may lack a part."""

    kind = forms.ChoiceField(label=gettext_lazy("谁提的"), choices=Kind.choices, initial=Kind.INDIVIDUAL)
    body = forms.CharField(
        label=gettext_lazy("哪个单位"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("党派、人民团体、界别、专委会、联络组的提案写全称；个人、联名的不写。"),
    )
    title = forms.CharField(
        label=gettext_lazy("题目"),
        max_length=TITLE[1],
        help_text=gettext_lazy("一事一案，50 个字以内，如：关于……的提案。"),
    )
    situation = forms.CharField(
        label=gettext_lazy("情况"),
        required=False,
        max_length=PART,
        help_text=gettext_lazy("谁、在哪里、什么时候、多少。不写群众的姓名、电话、住址。交以前写好就行。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    analysis = forms.CharField(
        label=gettext_lazy("分析"),
        required=False,
        max_length=PART,
        help_text=gettext_lazy("为什么会这样。"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    advice = forms.CharField(
        label=gettext_lazy("建议"),
        required=False,
        max_length=PART,
        help_text=gettext_lazy("请谁做什么，做得到的，一条一条写。交以前写好就行。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    may_publish = forms.BooleanField(
        label=gettext_lazy("同意公开"),
        required=False,
        initial=True,
        help_text=gettext_lazy("答复以后，提案和答复给大家看；不勾就不公开。"),
    )

    def said(self) -> Draft:
        names = ("title", "situation", "analysis", "advice", "kind", "body", "may_publish")
        return Draft(**{name: self.cleaned_data[name] for name in names})


class Begin(Write):
    """The same, to a committee."""

    committee = forms.ChoiceField(label=gettext_lazy("交给哪级政协"))
    field_order = ("committee",)

    def __init__(self, committees: list[Committee], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["committee"]
        field.choices = [(one.code, one.office) for one in committees]


class Mend(Begin):
    """A draft's: it may still go to another committee. A form that names none leaves it with the one it has
    `now`."""

    def __init__(
        self, committees: list[Committee], now: Committee, sent: QueryDict | None, **options: Any
    ) -> None:
        known = committees if now in committees else [now, *committees]
        super().__init__(known, named(sent, "committee", now.code), **options)
        self.fields["committee"].initial = now.code


class Invite(Form):
    """Whom to ask, by name, in this order, and until when."""

    members = forms.CharField(
        label=gettext_lazy("请哪几位联名"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("写姓名，用顿号隔开，照写的先后排。最多 20 位。"),
    )
    sign_by = forms.DateField(
        label=gettext_lazy("签到哪天"), widget=Day, help_text=gettext_lazy("过了这天不能再签。")
    )

    def __init__(self, proposal: Proposal, *args: Any, **options: Any) -> None:
        self.proposal = proposal
        super().__init__(*args, **options)

    def clean_members(self) -> list[str]:
        """Names, or sign-in names where two are called alike, as keys. ValidationError, naming those who are
        not found or are several."""
        named = [one for one in APART.split(self.cleaned_data["members"]) if one]
        known: dict[str, list[str]] = {}
        for person in queries.askable(self.proposal).filter(Q(name__in=named) | Q(username__in=named)):
            for said in {person.name, person.username}:
                known.setdefault(said, []).append(person.key)
        if lost := [one for one in named if one not in known]:
            raise ValidationError(_("本级政协没有这几位，或者已经请过：%(who)s") % {"who": "、".join(lost)})
        if alike := [one for one in named if len(known[one]) > 1]:
            raise ValidationError(_("不止一位叫%(who)s，请写登录名。") % {"who": "、".join(alike)})
        return [known[one][0] for one in named]


def _asked(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=Scale)


class Seal(Form):
    """The page with the seal of the body that files it."""

    scan = MultiplePhotos(
        label=gettext_lazy("盖章件"), accept="image/*,application/pdf",
        help_text=gettext_lazy("盖了章的那一页，照片或 PDF。看得到提案的人看得到；再附一次，换掉原来的。"),
    )  # fmt: skip


class Rate(Form):
    """The five questions, a mark, words."""

    visited = _asked(gettext_lazy("单位走访过您吗"), Rating.Visited.choices)
    attitude = _asked(gettext_lazy("对办理的态度"), Rating.Attitude.choices)
    heard = _asked(gettext_lazy("怎么听您的意见"), Rating.Heard.choices)
    aimed = _asked(gettext_lazy("答复有没有针对您提的"), Rating.Aimed.choices)
    result = _asked(gettext_lazy("对办理结果"), Rating.Result.choices)
    score = forms.IntegerField(
        label=gettext_lazy("给办理打分"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("0 到 100：90 起优秀，75 起良好，60 起一般。"),
    )
    words = forms.CharField(
        label=gettext_lazy("想说的话"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    again = forms.BooleanField(
        label=gettext_lazy("请再办一次"),
        required=False,
        help_text=gettext_lazy("不满意的才勾，写明哪里没办好。只再办一次。"),
    )

    def said(self) -> Said:
        return Said(**self.cleaned_data)


def soonest() -> dict[str, Any]:
    """What a new invitation begins with: a week."""
    return {"sign_by": clock.today() + timedelta(days=7)}
