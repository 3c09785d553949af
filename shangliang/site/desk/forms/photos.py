"""What is said of a photo that is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form


class Shown(Form):
    alt = forms.CharField(
        label=_("照片上是什么"),
        required=False,
        max_length=100,
        help_text=_(
            "念给看不见的人听，比如「巷口的路灯，灯头黑着」。不写名字。不填就念「群众拍的照片，遮住了几处」。"
        ),
    )
