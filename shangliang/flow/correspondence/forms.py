"""What is written in a message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form

from .actions import LONGEST, LONGEST_ABOUT


class Words(Form):
    words = forms.CharField(label=_("想说的话"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class Write(Form):
    about = forms.CharField(label=_("关于什么"), max_length=LONGEST_ABOUT)
    words = forms.CharField(label=_("想说的话"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 7}))
