"""What somebody fills in to book a time of a reception day."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.review.models import Reason
from shangliang.base.ui.forms import Cards, Choice, Form

WAIT = "wait"


# What a reader sees beside each reason.
MEANS = {
    Reason.LAW: _("说得出是哪部法的哪一条最好"),
    Reason.PERSONAL: _("名字、电话、住址，看得出是谁家"),
    Reason.ABUSE: _("骂人、吓唬人；说事说得重不算"),
    Reason.ADVERT: _("卖东西、拉人、反复贴一样的"),
    Reason.OFF_TOPIC: _("和这间工作室、这个题目不相干"),
    Reason.DUPLICATE: _("别处已经有一样的一条"),
}


class Report(Form):
    """A reader says what is wrong with something shown."""

    reason = forms.ChoiceField(
        label=_("什么问题？"),
        choices=[(reason.value, Choice(reason.label, MEANS[reason])) for reason in Reason],
        widget=Cards,
        error_messages={"required": _("选一样。不同意见和批评不算问题。")},
    )
    words = forms.CharField(
        label=_("哪几个字？"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "class": "in low"}),
        help_text=_("200 字以内，只给看的人看。不要写您自己的姓名电话，我们不记是谁说的。"),
    )


class Book(Form):
    """For one day: its free times to choose from, or, where none is left, the waiting list."""

    at = forms.ChoiceField(label=_("几点来？"), widget=forms.RadioSelect)
    phone = forms.CharField(
        label=_("手机号"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("不留也行。留了，时间有变时打电话、发短信告诉您。"),
    )

    def __init__(self, free: Sequence[Any], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["at"]
        field.choices = [(f"{one.start:%H:%M}", one.hours) for one in free] or [(WAIT, _("排进候补"))]
        field.error_messages["invalid_choice"] = _("这个时间刚被别人约走了，另选一个。")

    @property
    def start(self) -> time | None:
        """The time chosen; None for the waiting list."""
        said: str = self.cleaned_data["at"]
        return None if said == WAIT else time.fromisoformat(said)
