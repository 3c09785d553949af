"""What a participant writes. The action measures it; a form only asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base.ui.forms import Form, Scale

from .models import Post, Verdict

MARKS = [
    ("1", gettext_lazy("很好")),
    ("2", gettext_lazy("好")),
    ("3", gettext_lazy("一般")),
    ("4", gettext_lazy("不好")),
    ("5", gettext_lazy("很差")),
]


class TopicForm(Form):
    """A title and what is to be settled: whoever raises a topic writes these two."""

    title = forms.CharField(
        label=gettext_lazy("题目"),
        max_length=50,
        help_text=gettext_lazy("50 个字以内，像一句问话：朱鹮踩了秧苗怎么办。"),
    )
    question = forms.CharField(
        label=gettext_lazy("要商量定什么"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "low"}),
    )


class SayForm(Form):
    """One piece, with suggestions a line each."""

    words = forms.CharField(
        label=gettext_lazy("想说的话"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    suggestions = forms.CharField(
        label=gettext_lazy("建议，一行一条"),
        required=False,
        max_length=5200,
        help_text=gettext_lazy("最多 10 条，每条 500 字以内。每条单独编号，后面答复时一条一条对得上。"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "low"}),
    )

    def items(self) -> list[str]:
        return [line for line in self.cleaned_data["suggestions"].splitlines() if line.strip()]


class EnterForm(Form):
    code = forms.CharField(
        label=gettext_lazy("参与码"),
        max_length=20,
        help_text=gettext_lazy("八位，字母不分大小写，空格不用打。一张码只能用一次。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("把纸上的八位码写进来。")},
    )


class MendForm(Form):
    """The public wording of a post: its words, and each of its suggestions."""

    def __init__(self, post: Post, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"id_{post.code}_%s")
        super().__init__(*args, **options)
        self.post = post
        if post.words:
            self.fields["words"] = forms.CharField(
                label=_("公开的说法"), initial=post.said, max_length=2000, widget=_area(4)
            )
        for row in post.suggestions.all():
            self.fields[f"s{row.number}"] = forms.CharField(
                label=_("建议 %(n)s") % {"n": row.number}, initial=row.said, max_length=500, widget=_area(2)
            )

    def words(self) -> str:
        return str(self.cleaned_data.get("words", ""))

    def suggestions(self) -> dict[int, str]:
        given = self.cleaned_data.items()
        return {int(name[1:]): value for name, value in given if name[1:].isdecimal()}


class AppealForm(Form):
    """Why a withheld post should be shown."""

    def __init__(self, post: Post, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"id_{post.code}_appeal_%s")
        super().__init__(*args, **options)
        self.post = post

    words = forms.CharField(
        label=gettext_lazy("为什么该公开"),
        max_length=1000,
        help_text=gettext_lazy("换一个人再看一遍，5 个工作日内答复您。"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "in low"}),
        error_messages={"required": gettext_lazy("写上为什么该公开，四个字以上。")},
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "in low"})


class JudgeForm(Form):
    """A proposer's verdict: solved or not, then attitude and result apart. Nothing is chosen beforehand."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("解决了没有"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("解决了没有，选一样。")},
    )
    attitude = forms.TypedChoiceField(
        label=gettext_lazy("单位的态度"),
        choices=MARKS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=Scale,
    )
    result = forms.TypedChoiceField(
        label=gettext_lazy("办的结果"),
        choices=MARKS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=Scale,
    )

    def __init__(self, code: str, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"id_{code}_%s")
        super().__init__(*args, **options)
