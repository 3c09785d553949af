"""Why a wording is kept back for now: one of the listed reasons, and the words meant."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.review.models import DETAIL, Reason
from shangliang.base.ui.forms import Cards, Choice, Form


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
