"""What is chosen, and where to send it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Form, dress

from .models import How
from .table import KINDS

EMAIL = {"autocomplete": "email", "inputmode": "email", "class": "in"}
OFTEN = [(how.value, how.label) for how in (How.AT_ONCE, How.DAILY, How.WEEKLY)]


class Choices(Form):
    """How each kind is sent to somebody with an account."""

    wechat = forms.CharField(
        label=_("企业微信账号"), required=False, max_length=64,
        help_text=_("单位接了企业微信的，写上账号，那里也会说一声；没接的不用写。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "in short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, how: dict[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind, label in KINDS.items():
            field = forms.ChoiceField(
                label=label, choices=How.choices, widget=forms.Select,
                initial=(how or {}).get(kind, How.NEVER),
            )  # fmt: skip
            dress(field)
            self.fields[f"how_{kind}"] = field
        self.order_fields([*(f"how_{kind}" for kind in KINDS), "wechat"])

    @property
    def how(self) -> dict[str, str]:
        return {kind: self.cleaned_data[f"how_{kind}"] for kind in KINDS}


class Subscribe(Form):
    """An address for public things; `word` only where a word is asked for."""

    word = forms.CharField(
        label=_("什么词"), max_length=20,
        error_messages={"required": _("写两个字以上、二十个字以内的词，像「路灯」。")},
        help_text=_("两个字以上，像「路灯」「朱鹮」。公开的留言、题目、成果里有它，就告诉您。"),
        widget=forms.TextInput(attrs={"class": "in short"}),
    )  # fmt: skip
    email = forms.CharField(
        label=_("电子邮箱"), max_length=200,
        error_messages={"required": _("写上收信的邮箱。")}, widget=forms.EmailInput(attrs=EMAIL),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("多久一封"), choices=OFTEN, initial=How.DAILY, widget=forms.RadioSelect,
        error_messages={"required": _("选一下多久一封。")},
    )  # fmt: skip

    def __init__(self, *args: Any, worded: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not worded:
            del self.fields["word"]


class Mailbox(Form):
    """The author's own address for one matter."""

    email = forms.CharField(
        label=_("电子邮箱"), max_length=200,
        error_messages={"required": _("写上收信的邮箱。")}, widget=forms.EmailInput(attrs=EMAIL),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("多久一封"), choices=OFTEN, initial=How.AT_ONCE, widget=forms.RadioSelect,
        error_messages={"required": _("选一下多久一封。")},
    )  # fmt: skip


class Often(Form):
    how = forms.ChoiceField(label=_("多久一封"), choices=OFTEN, widget=forms.RadioSelect)
