"""What a member doubts; what stands on a printed statement, to be checked."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.places.models import Committee
from shangliang.base.ui.forms import Day, Form

from .actions.objecting import LONGEST


class Doubt(Form):
    """Of an entry. Of one that is missing: of which committee and day."""

    committee = forms.ChoiceField(label=_("哪级政协"))
    day = forms.DateField(label=_("哪天的事"), widget=Day)
    words = forms.CharField(label=_("哪里不对"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, offices: Iterable[Committee], entry: bool, *said: Any, **options: Any) -> None:
        super().__init__(*said, **options)
        field: Any = self.fields["committee"]
        field.choices = [(one.code, one.office) for one in offices]
        if entry:
            del self.fields["committee"], self.fields["day"]


class Check(Form):
    code = forms.CharField(
        label=_("纸上的验证码"), max_length=60, help_text=_("八组，每组四个字。空格、横线、大小写都不要紧。")
    )
    name = forms.CharField(
        label=_("纸上的姓名"), max_length=40, help_text=_("照纸上的写。这里不会告诉您是谁。")
    )
