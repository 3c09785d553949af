"""What is written about how a studio stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.places.models import Committee
from shangliang.base.ui.forms import Choice, Day, Form, ManyCards, MultiplePhotos
from shangliang.flow.studios import queries
from shangliang.flow.studios.models import Standing

PAPERS = "image/*,application/pdf"
SHORT = {"rows": 3, "class": "low"}


class Pick(Form):
    """Which checklists hold for a committee's studios."""

    keys = forms.MultipleChoiceField(label=_("用哪几套标准"), required=False, widget=ManyCards)

    def __init__(self, committee: Committee, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["keys"]
        field.choices = [
            (key, Choice(f"{one.name}　{one.place}", "、".join(one.items)))
            for key, one in queries.checklists_of(committee).items()
        ]


class Own(Form):
    """A checklist of the committee's own."""

    name = forms.CharField(label=_("叫什么"), max_length=20, help_text=_("如：七有。"))
    items = forms.CharField(
        label=_("有哪几项"), max_length=1300, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("一行一项，最多三十项。"),
    )  # fmt: skip

    def clean_items(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()]


class Marking(Form):
    """One item of a checklist. There is no "roughly met"."""

    standing = forms.ChoiceField(label=_("怎么样"), choices=Standing.choices, widget=forms.RadioSelect)
    evidence = MultiplePhotos(label=_("照片或文件"), accept=PAPERS)
    link = forms.URLField(label=_("链接"), max_length=300, required=False, assume_scheme="https")
    due = forms.DateField(label=_("哪天补齐"), widget=Day, required=False, help_text=_("在办的才写。"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class Visit(Form):
    day = forms.DateField(label=_("哪天去的"), widget=Day)
    findings = forms.CharField(
        label=_("看到什么问题"), max_length=1000, required=False, widget=forms.Textarea(attrs=SHORT),
        help_text=_("没有问题就空着。"),
    )  # fmt: skip
    put_right_by = forms.DateField(label=_("哪天前改好"), widget=Day, required=False)


class PutRight(Form):
    words = forms.CharField(label=_("怎么改的"), max_length=1000, widget=forms.Textarea(attrs=SHORT))
    evidence = MultiplePhotos(label=_("照片或文件"), accept=PAPERS)
