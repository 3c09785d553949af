"""What is written about a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.rulebook.values import known
from shangliang.base.ui.forms import Day, Form, MultiplePhotos


class Edition(Form):
    """A rule as it was issued. With a text, a paper, or both."""

    title = forms.CharField(label=_("名称"), max_length=120)
    document = forms.CharField(label=_("文号"), max_length=60, required=False)
    issuer = forms.CharField(label=_("发文单位"), max_length=80)
    issued_on = forms.DateField(label=_("哪天发的"), widget=Day)
    since = forms.DateField(label=_("从哪天起施行"), widget=Day)
    until = forms.DateField(label=_("施行到哪天"), widget=Day, required=False, help_text=_("没有定就空着。"))
    text = forms.CharField(
        label=_("正文"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("正文和文件，至少有一样。"),
    )  # fmt: skip
    paper = MultiplePhotos(label=_("文件"), accept="application/pdf", help_text=_("PDF，15 MB 以内。"))
    source = forms.CharField(
        label=_("出处"), max_length=300, required=False, help_text=_("哪里公布的：网址，或报纸的日期。")
    )
    governs = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple,
        label=_("它管着平台上的哪些期限和标准"), required=False,
        help_text=_("选了的，它的名字会写在那些期限旁边；这里不改数字。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["governs"]
        field.choices = [(key, value.label) for key, value in known().items()]


class Enter(Edition):
    public = forms.BooleanField(
        label=_("公开，谁都能看"), required=False, help_text=_("不勾，只有本级政协的人看得到；以后也能公开。")
    )


class Replace(Edition):
    reason = forms.CharField(label=_("为什么换"), max_length=300)
    field_order = ("reason",)


class Repeal(Form):
    on = forms.DateField(label=_("从哪天起废止"), widget=Day)
    reason = forms.CharField(label=_("为什么废止"), max_length=300)
