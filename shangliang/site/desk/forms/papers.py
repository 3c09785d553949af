"""What is asked before something is printed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form


class Forms(Form):
    """Its field names are the arguments of `voices.actions.print_forms`."""

    count = forms.IntegerField(
        label=_("印几张"),
        min_value=1,
        max_value=50,
        initial=10,
        widget=forms.NumberInput(attrs={"class": "in short", "inputmode": "numeric"}),
        help_text=_("一次最多 50 张，每张 A4 一页。"),
        error_messages={
            "required": _("写个数，1 到 50。"),
            "invalid": _("写个数，1 到 50。"),
            "min_value": _("一次印 1 到 50 张。"),
            "max_value": _("一次印 1 到 50 张。"),
        },
    )
