"""What is covered before a wording is shown; why it is kept back; what is said to an appeal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.review.models import DETAIL, Reason
from shangliang.base.ui.forms import Cards, Choice, Form


class Show(Form):
    cover = forms.CharField(
        label=_("先盖住这些字（可不填）"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("别人的姓名、电话、住址，一行写一处，和原话一字不差。公开的那一页变成 █，原话不动。"),
    )

    def clean_cover(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["cover"].splitlines() if line.strip()]


class Dismiss(Form):
    answer = forms.CharField(
        label=_("为什么还是先不公开"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("对着他申诉的话说。留言人看得到。"),
        error_messages={"required": _("写上为什么还是先不公开，留言人看得到。")},
    )


class Keep(Form):
    """`known`: how many reports the page showed; who decides has read them all."""

    known = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class Withhold(Form):
    reason = forms.ChoiceField(
        label=_("整条先不公开，为什么"),
        choices=[(reason.value, Choice(reason.label, DETAIL[reason])) for reason in Reason],
        widget=Cards,
        error_messages={"required": _("从单子里选一条理由；不同意见和批评不是理由。")},
    )
    detail = forms.CharField(
        label=_("是哪几个字，或该怎么改"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("留言人看得到。写明了，他改一下就能公开。"),
        error_messages={"required": _("写明是哪几个字、哪部法、哪一条，他才知道怎么改。")},
    )
