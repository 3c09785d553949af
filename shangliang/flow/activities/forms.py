"""What a member writes about an activity. The actions measure it; a form only asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form


class Leave(Form):
    """Why somebody can't come."""

    reason = forms.CharField(
        label=_("为什么来不了"),
        max_length=200,
        help_text=_("一句话就行，只有办活动的人看得到。请假不算缺席。"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
    )
