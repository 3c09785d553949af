"""A voice told in person, by phone, on paper or on a visit, as somebody of the studio writes it down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.people.personal import privacy
from shangliang.base.ui.forms import Day, Form, MultiplePhotos, Scale, Tick
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices.models import Channel, Kind

TOLD = [(channel.value, channel.label) for channel in Channel if channel != Channel.WEB]


class Told(Form):
    """Its field names are the arguments of `voices.actions.record_told`. `again` is asked only once the same
    words have turned out to be written down already."""

    studio = forms.ChoiceField(label=_("记到哪间工作室"), error_messages={"required": _("选一间工作室。")})
    channel = forms.ChoiceField(
        label=_("怎么说的"),
        choices=TOLD,
        widget=Scale,
        error_messages={"required": _("选一下是怎么说的：接待、电话、纸条，还是走访。")},
    )
    paper = forms.CharField(
        label=_("纸表号"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "in short"}),
        help_text=_("印好的纸质留言表右上角那一串，像 2026-00012-3。一张只录一次；手写的便条没有号，空着。"),
    )
    said_on = forms.DateField(
        label=_("哪天说的"), widget=Day, error_messages={"required": _("写他说这件事的日子。")}
    )
    words = forms.CharField(
        label=_("他说了什么"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("照原话记，不改意思。记完念给他听一遍。"),
        error_messages={"required": _("写下他说的事，几个字也行。")},
    )
    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("没说")), *Kind.choices], required=False)
    place = forms.CharField(label=_("事情在哪儿"), max_length=80, required=False)
    phone = forms.CharField(
        label=_("他的电话"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("加密存放，要看得写理由、会留痕。不留也照样办。"),
    )
    photos = MultiplePhotos(label=_("照片"), help_text=_("最多 9 张。手写的纸条可以拍下来。"))
    public = forms.BooleanField(
        label=_("他愿意公开"), required=False, help_text=_("公开前有人看一眼，隐去姓名电话。投诉默认不公开。")
    )
    consent = forms.BooleanField(
        label=_("问过本人，同意由我代为记下"), error_messages={"required": _("先问过本人，同意了再记。")}
    )
    again = forms.BooleanField(
        label=_("这是另一个人说的，再记一件"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, studios: list[Studio], *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"said_on": clock.today()})
        super().__init__(*args, **options)
        read_out = {"words": privacy.consent("leave").words}
        self.fields["consent"].help_text = _("念给他听：%(words)s") % read_out
        self.studios = {studio.code: studio for studio in studios}
        choices = [(studio.code, studio.name) for studio in studios]
        self.fields["studio"].choices = choices if len(choices) == 1 else [("", "—"), *choices]  # type: ignore[attr-defined]
        self.fields["said_on"].widget.attrs["max"] = clock.today().isoformat()

    def add_error(self, field: str | None, error: Any) -> None:
        if field == "again":
            self.fields["again"].widget = Tick()
        super().add_error(field, error)

    def clean_studio(self) -> Studio:
        return self.studios[self.cleaned_data["studio"]]
