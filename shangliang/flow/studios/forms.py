"""What a level says to an application: one form for a leader's page and for the desk of an office above."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form

SHORT = {"rows": 3, "class": "low"}


class Decide(Form):
    """Yes or no by the button; a no says what to mend."""

    reason = forms.CharField(label=_("理由"), max_length=140, widget=forms.Textarea(attrs=SHORT))
    mend = forms.CharField(
        label=_("不同意的，要补什么"),
        max_length=140,
        required=False,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("同意的空着。补好了可以再申请。"),
    )
