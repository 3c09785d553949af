"""What a department writes about a recommendation; the field names are the actions' arguments."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.ui.forms import Day, Form, MultiplePhotos, Scale
from shangliang.flow.consultations.models import Decision, Recommendation

PAPERS = "image/*,application/pdf"


class AboutRecommendation(Form):
    def __init__(self, row: Recommendation, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.row = row
        self.about()

    def about(self) -> None:
        """What depends on the recommendation."""


def text(label: Any, *, most: int, rows: int = 3, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, help_text=hint)


class Answer(AboutRecommendation):
    decision = forms.ChoiceField(
        label=gettext_lazy("采不采纳"),
        choices=Decision.choices,
        widget=Scale,
        error_messages={"required": gettext_lazy("采纳、部分采纳还是不采纳，选一样。")},
    )
    reason = text(
        gettext_lazy("理由"), most=2000, rows=4, hint=gettext_lazy("大家都看得到。不采纳，写明依据。")
    )
    measure = text(
        gettext_lazy("打算怎么办"), most=2000, required=False, hint=gettext_lazy("采纳或部分采纳要写。")
    )
    promised_for = forms.DateField(
        label=gettext_lazy("哪天办完"),
        required=False,
        widget=Day,
        help_text=gettext_lazy("采纳或部分采纳要写。"),
    )

    def about(self) -> None:
        self.fields["promised_for"].widget.attrs["min"] = clock.today().isoformat()


class Extend(AboutRecommendation):
    until = forms.DateField(label=gettext_lazy("改到哪天"), widget=Day)
    reason = text(gettext_lazy("为什么要晚"), most=300)

    def about(self) -> None:
        most = self.row.consultation.committee.set("recommendation_extension_days")
        latest = clock.due_after(self.row.due, most).day
        self.fields["until"].widget.attrs["max"] = latest.isoformat()
        self.fields["until"].help_text = _("最多晚 %(most)s 个工作日，只能延一次。") % {"most": most}


class SendBack(AboutRecommendation):
    reason = text(
        gettext_lazy("为什么不归本单位"), most=300, hint=gettext_lazy("写明该归哪儿管，政协好改送。")
    )


class Progress(AboutRecommendation):
    percent = forms.IntegerField(label=gettext_lazy("办了百分之几"), min_value=1, max_value=99)
    words = text(gettext_lazy("办到哪一步了"), most=2000)
    less_because = text(
        gettext_lazy("为什么比上次低"),
        most=300,
        rows=2,
        required=False,
        hint=gettext_lazy("比上次低才要写。"),
    )
    evidence = MultiplePhotos(label=gettext_lazy("照片或文件"), accept=PAPERS)


class Done(AboutRecommendation):
    words = text(gettext_lazy("怎么办完的"), most=2000)
    evidence = MultiplePhotos(
        label=gettext_lazy("办完的照片或文件"),
        accept=PAPERS,
        required=True,
        help_text=gettext_lazy("至少一张。办得怎样由提议人评，本单位看不到、改不了别人的评价。"),
        error_messages={"required": gettext_lazy("至少附一张照片或一份材料。")},
    )


class ReplyToReport(Form):
    """What the department did about an opinion report that was passed to it."""

    words = forms.CharField(
        label=gettext_lazy("怎么办的"),
        max_length=1000,
        help_text=gettext_lazy("办了什么、怎么办、什么时候办。写的委员看得到。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
