"""What somebody fills in to book a time of a reception day."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form

WAIT = "wait"


class Book(Form):
    """For one day: its free times to choose from, or, where none is left, the waiting list."""

    at = forms.ChoiceField(label=_("几点来？"), widget=forms.RadioSelect)
    phone = forms.CharField(
        label=_("手机号"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("不留也行。留了，时间有变时打给您。"),
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
