"""How an activity was, as the studio and the office write it down. Field names are the actions' arguments."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base.people import queries as people
from shangliang.base.ui.forms import Form, ManyCards, MultiplePhotos, dress
from shangliang.flow.activities import queries
from shangliang.flow.activities.actions import Plan, Record
from shangliang.flow.activities.kinds import Kind
from shangliang.flow.activities.models import Outcome
from shangliang.flow.activities.said import who_and_what

from .activities import Planned
from .consultations import area

CONSENTS = {
    "patients": gettext_lazy("拍到病人的，要他本人同意；没同意的，记下以后盖住脸，盖住的不用写。"),
    "guardians": gettext_lazy("拍到孩子的，要监护人同意；没同意的，记下以后盖住脸，盖住的不用写。"),
    "everyone": gettext_lazy("拍到人脸的，要他本人同意；没同意的，记下以后盖住脸，盖住的不用写。"),
}


class Recorded(Form):
    """How it was: what its kind measures, who was there and what they did. Nobody who was helped is named
    anywhere. `there`: pseudonyms of those who have checked in; `fixed`: nobody else is put down."""

    def __init__(
        self,
        kind: Kind,
        listed: Iterable[tuple[str, str]],
        *args: Any,
        there: Iterable[str] = (),
        fixed: bool = False,
        did: dict[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind, self.there, self.did = kind, set(there), did or {}
        fields: dict[str, forms.Field] = {}
        for measure in kind.measures:
            fields[measure.key] = forms.IntegerField(
                label=measure.label, min_value=0, max_value=1_000_000_000,
                required=measure.key in kind.needs,
                help_text=_("没有数过就空着，一个也没有写 0。") if measure.key not in kind.needs else "",
            )  # fmt: skip
        if kind.outcome:
            fields["outcome"] = forms.ChoiceField(
                label=_("结果"), choices=Outcome.choices, widget=forms.RadioSelect
            )
        if not fixed:
            choices = list(listed)
            for name, label in (("came", _("到了的委员")), ("lead", _("其中牵头的"))):
                fields[name] = forms.MultipleChoiceField(
                    label=label, choices=choices, required=False, widget=ManyCards
                )
            fields["others"] = forms.CharField(
                label=_("不在上面、也到了的委员"), required=False, max_length=2000,
                help_text=_("一行写一个姓名。"), widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
            )  # fmt: skip
        fields["did"] = area(
            _("委员谁做了什么"), most=6000, required=False, rows=4,
            hint=_("一行一位，如：岳委员：量血压。看得到记录的人看得到，公开稿和纪要照着写。"),
        )  # fmt: skip
        fields["helpers"] = forms.CharField(
            label=_("请来帮忙的人"), required=False, max_length=6000,
            help_text=_(
                "医生、老师、志愿者，一行一个名字，后面能写做了什么，如：尤护士长：登记。名字只有办活动的人看得到，"
                "公开的只写几位、做了什么。帮到的群众只数人数，不写姓名。"
            ),
            widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
        )  # fmt: skip
        fields["minutes"] = area(_("纪要"), most=5000, required=False, rows=4)
        if kind.consent:
            fields["consent"] = forms.CharField(
                label=_("照片怎么征得同意"), required=False, max_length=200,
                help_text=CONSENTS[kind.consent],
            )  # fmt: skip
        fields["photos"] = MultiplePhotos(label=_("照片"))
        self.fields.update(fields)
        for field in fields.values():
            dress(field)

    def clean_others(self) -> list[str]:
        """Pseudonyms of the members who are named."""
        names = list(
            dict.fromkeys(line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip())
        )
        found = queries.named(names[:100])
        for name, keys in found.items():
            if len(keys) != 1:
                said = (
                    _("委员里没有「%(name)s」。") if not keys else _("有不止一位「%(name)s」，请在名单上勾。")
                )
                raise ValidationError(said % {"name": name[:30]})
        return [keys[0] for keys in found.values()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            came = {*self.there, *(key for name in ("came", "lead", "others") for key in given.get(name, ()))}
            try:
                given["did"] = _doings(given["did"], people.names(came), self.did)
            except ValidationError as fault:
                self.add_error("did", fault)
        return given

    def said(self) -> Record:
        given = self.cleaned_data
        return Record(
            measures={measure.key: given.get(measure.key) for measure in self.kind.measures},
            came=[*given.get("came", ()), *given.get("others", ())],
            lead=given.get("lead", ()),
            did=given["did"],
            helpers=given["helpers"],
            minutes=given["minutes"],
            outcome=given.get("outcome", ""),
            consent=given.get("consent", ""),
            photos=given["photos"],
        )


def _doings(text: str, names: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    """Pseudonym → what they did, of lines 姓名：做了什么 about those who came; a name alone says nothing. Of
    two of one name a line that stood `before` is whose it was."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, what = who_and_what(line)
        if not what:
            if "：" not in line and ":" not in line and name and name not in names.values():
                raise ValidationError(
                    _("一行写「姓名：做了什么」。看不懂这一行：%(line)s") % {"line": name[:30]}
                )
            continue
        keys = [key for key, said in names.items() if said == name]
        if len(keys) > 1:
            keys = [key for key in keys if before.get(key) == what and key not in found][:1] or keys
        if len(keys) != 1:
            told = (
                _("到了的委员里没有「%(name)s」。")
                if not keys
                else _("到了的有不止一位「%(name)s」，写在纪要里。")
            )
            raise ValidationError(told % {"name": name[:30]})
        found[keys[0]] = f"{found[keys[0]]}，{what}" if keys[0] in found else what
    return found


def lines_of(names: dict[str, str], did: dict[str, str]) -> str:
    """The field as it begins: who came, each with what is written of them."""
    told = sorted((name, did.get(key, "")) for key, name in names.items())
    return "\n".join(f"{name}：{what}" for name, what in told)


class Afterwards(Recorded):
    """What could not be planned, recorded once it is over."""

    field_order = ("reason", "title", "starts_at", "ends_at", "place", "about", "partners", "campaign")

    def __init__(
        self, paths: set[str], kind: Kind, listed: Iterable[tuple[str, str]], *args: Any, **options: Any
    ) -> None:
        super().__init__(kind, listed, *args, **options)
        planned = Planned(paths, {kind.key: kind})
        for name in ("title", "starts_at", "ends_at", "place", "about", "partners", "campaign"):
            self.fields[name] = planned.fields[name]
        self.fields["reason"] = area(
            _("为什么没有事先计划"), most=200, hint=_("如：暴雨红色预警，来不及发通知。")
        )
        dress(self.fields["reason"])
        self.order_fields(self.field_order)

    def plan(self) -> Plan:
        given = self.cleaned_data
        names = ("title", "starts_at", "ends_at", "place", "about", "partners", "campaign")
        return Plan(kind=self.kind.key, **{name: given[name] for name in names})
