"""What an officer writes of a town."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form


class Town(Form):
    name = forms.CharField(
        label=_("哪个镇、街道"), max_length=20, help_text=_("如：城关镇。登记过的镇，接着往里加片区。")
    )
    zones = forms.CharField(
        label=_("片区"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "low"}),
        help_text=_("一行一个，如：城东片区。没有就空着。"),
    )

    def clean_zones(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["zones"].splitlines() if line.strip()]
