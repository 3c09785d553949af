"""What an officer fills in about reported totals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.ui.forms import Day, Form
from shangliang.ledgers.figures import names


class Total(Form):
    """A total with its period and source. The unit follows from the metric."""

    metric = forms.ChoiceField(label=_("填报哪个数"), choices=names.choices)
    value = forms.IntegerField(label=_("多少"), min_value=0, max_value=10**12)
    at_least = forms.BooleanField(
        label=_("原文说「以上」「多」「不少于」"), required=False, help_text=_("照原文，不要改成整数。")
    )
    period = forms.CharField(
        label=_("哪段时间"), max_length=120, help_text=_("如：2025年；原文没写就写「时间未注明」。")
    )
    where = forms.CharField(label=_("在哪儿"), max_length=200, required=False)
    source = forms.CharField(label=_("出处"), max_length=300, help_text=_("哪份材料、哪一天。大家都看得到。"))
    source_on = forms.DateField(label=_("出处的日期"), required=False, widget=Day)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def clean_source_on(self) -> Any:
        day = self.cleaned_data["source_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("出处的日期不能在今天之后。"))
        return day

    def said(self) -> dict[str, Any]:
        """What the action wants."""
        return {**self.cleaned_data, "unit": names.unit_of(self.cleaned_data["metric"])}
