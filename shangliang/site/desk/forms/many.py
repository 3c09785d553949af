"""What is written about many voices at once, for common answers, for a saved filter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form
from shangliang.flow.voices.models import Deed
from shangliang.flow.voices.variables import VARIABLES

Choices = list[tuple[str, Any]]
DEEDS: dict[str, Any] = dict(Deed.choices)
KNOWN = "　".join(f"{{{name}}}" for name in VARIABLES)


class Many(Form):
    """One deed for many voices. `to`: the departments, the colleagues, or the topics, that may be chosen."""

    words = forms.CharField(
        label=_("答复"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("每件都发这一段。能换成各件自己的：%(known)s。") % {"known": KNOWN},
        error_messages={"required": _("写下答复，说人话，写明办了什么。")},
    )
    to = forms.ChoiceField(label=_("交给谁"), error_messages={"required": _("选交给谁。")})
    field_order = ("to", "words")

    def __init__(self, deed: str, to: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: dict[str, Any] = dict(self.fields)
        if deed in (Deed.TAKE_UP, Deed.ASSIGN):
            del self.fields["words"]
        if deed == Deed.ANSWER:
            del self.fields["to"]
        if deed == Deed.TAKE_UP:
            chosen["to"].required = False
            chosen["to"].label = _("主题")
            chosen["to"].help_text = _("这些说的是一类事才选，每件都定成这个主题；不选，以后一件一件定。")
        if deed == Deed.HAND_OVER:
            chosen["words"].required = False
            chosen["words"].max_length = 500
            chosen["words"].label = _("交代一句")
            chosen["words"].help_text = _("记成每一件的内部备注。日子照走，不因为换人停。")
            chosen["words"].widget.attrs["rows"] = 3
        if deed == Deed.ASSIGN:
            chosen["to"].label = _("承办单位")
        chosen["to"].choices = [("", _("先不定") if deed == Deed.TAKE_UP else _("选一个")), *to]


class Common(Form):
    """A common answer."""

    title = forms.CharField(label=_("名称"), max_length=40, help_text=_("只有同事看得到，好找就行。"))
    words = forms.CharField(
        label=_("正文"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("能换成各件自己的：%(known)s。别的大括号不认。") % {"known": KNOWN},
    )


class Named(Form):
    """A name for a filter of one's own."""

    name = forms.CharField(label=_("名称"), max_length=20, error_messages={"required": _("起个名字。")})
