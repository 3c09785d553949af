"""What the studio and the office write about an activity. Field names are the actions' arguments."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee
from shangliang.base.ui.forms import Form, ManyCards, Moment
from shangliang.flow.activities import queries
from shangliang.flow.activities.actions import Plan
from shangliang.flow.activities.kinds import Kind, choices, chosen, kinds
from shangliang.flow.activities.models import Activity, Series
from shangliang.flow.studios.models import Studio

from .consultations import area


def where(host: Studio | Committee) -> str:
    return f"{host.committee.name} {host.name}" if isinstance(host, Studio) else host.office


class Planned(Form):
    """What is planned of an activity."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    title = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    starts_at = forms.DateTimeField(label=gettext_lazy("开始"), widget=Moment)
    ends_at = forms.DateTimeField(label=gettext_lazy("结束"), widget=Moment)
    place = forms.CharField(label=gettext_lazy("地点"), max_length=100)
    about = area(gettext_lazy("做什么"), required=False)
    places = forms.IntegerField(
        label=gettext_lazy("名额"),
        required=False,
        min_value=1,
        max_value=2000,
        help_text=gettext_lazy("不限就空着。"),
    )
    study = forms.CharField(
        label=gettext_lazy("活动前学什么"), required=False, max_length=200,
        help_text=gettext_lazy("写了，委员签到前要先确认学过。"),
    )  # fmt: skip
    partners = forms.CharField(
        label=gettext_lazy("一起办的单位"), required=False, max_length=200,
        help_text=gettext_lazy("如：县医院、城关派出所。"),
    )  # fmt: skip
    series = forms.ChoiceField(label=gettext_lazy("属于哪个系列"), required=False)
    campaign = forms.ChoiceField(label=gettext_lazy("属于哪次行动"), required=False)

    def __init__(self, paths: set[str], used: Mapping[str, Kind], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["kind"].choices = choices(dict(used))
        lines = list(queries.all_series(paths))
        for name in ("series", "campaign"):
            found = [(one.code, one.name) for one in lines if one.form == name]
            fields[name].choices = [("", _("都不属于")), *found]

    def plan(self) -> Plan:
        names = Plan.__dataclass_fields__
        return Plan(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class NewPlan(Planned):
    """A new one, with who holds it."""

    host = forms.ChoiceField(label=gettext_lazy("哪里办"))
    field_order = ("host",)

    def __init__(self, actor: Actor, hosts: list[Studio | Committee], *args: Any, **options: Any) -> None:
        super().__init__(queries.desk_paths(actor), used(hosts), *args, **options)
        self.hosts = {one.code: one for one in hosts}
        field: Any = self.fields["host"]
        field.choices = [(code, where(one)) for code, one in self.hosts.items()]

    @property
    def chosen_host(self) -> Studio | Committee:
        return self.hosts[self.cleaned_data["host"]]


def used(hosts: Iterable[Studio | Committee]) -> dict[str, Kind]:
    """The kinds that one at least of these committees uses, in the order of the book."""
    found: set[str] = set()
    for committee in {one.committee if isinstance(one, Studio) else one for one in hosts}:
        found |= set(chosen(committee))
    return {key: kind for key, kind in kinds().items() if key in found}


class Choose(Form):
    """Which kind is recorded afterwards, and who held it; its measures follow from the kind."""

    host = forms.ChoiceField(label=gettext_lazy("哪里办的"))
    kind = forms.ChoiceField(label=gettext_lazy("类别"))

    def __init__(self, hosts: list[Studio | Committee], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hosts = {one.code: one for one in hosts}
        fields: Any = self.fields
        fields["host"].choices = [(code, where(one)) for code, one in self.hosts.items()]
        fields["kind"].choices = choices(used(hosts))


class Invite(Form):
    """Whom to invite: by studio, by sector, a whole committee, or by name."""

    studio = forms.ChoiceField(label=gettext_lazy("一间工作室的委员"), required=False)
    sector = forms.ChoiceField(label=gettext_lazy("一个界别的委员"), required=False)
    committee = forms.ChoiceField(label=gettext_lazy("一个县的委员"), required=False)
    names = forms.CharField(
        label=gettext_lazy("写姓名"), required=False, max_length=2000,
        help_text=gettext_lazy("一行写一个。"), widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
    )  # fmt: skip

    def __init__(self, activity: Activity, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        near = queries.near(activity.committee)
        none = [("", _("不选"))]
        fields["studio"].choices = none + [(one.code, where(one)) for one in queries.studios_near(near)]
        fields["sector"].choices = none + [
            (one.code, one.name) for one in queries.sectors(activity.committee)
        ]
        fields["committee"].choices = none + [(one.path, one.office) for one in near]

    def clean_names(self) -> list[str]:
        names = list(
            dict.fromkeys(line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip())
        )
        found = queries.named(names[:100])
        if strange := [name for name, keys in found.items() if len(keys) != 1]:
            raise ValidationError(_("委员里没有「%(name)s」，或者不止一位。") % {"name": strange[0][:30]})
        return [keys[0] for keys in found.values()]

    def people(self) -> list[str]:
        given, found = self.cleaned_data, list(self.cleaned_data["names"])
        for name in ("studio", "sector", "committee"):
            if given[name]:
                found += queries.members_of(**{name: given[name]})
        return found


class Tick(Form):
    """Who is here, by list."""

    came = forms.MultipleChoiceField(label=gettext_lazy("到了的"), widget=ManyCards, required=False)

    def __init__(self, people: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["came"]
        field.choices = list(people)


class Strike(Form):
    """Who was not there after all, and why."""

    person = forms.ChoiceField(label=gettext_lazy("哪一位没有到"))
    words = area(
        gettext_lazy("为什么划掉"), most=200, hint=gettext_lazy("本人看得到。他因为这一场记的积分跟着冲销。")
    )

    def __init__(self, people: Iterable[tuple[str, str]], *args: Any) -> None:
        super().__init__(*args, auto_id="strike_%s")
        field: Any = self.fields["person"]
        field.choices = [("", _("选一位")), *people]

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Add(Form):
    """Who was there too: somebody of the list, or by name."""

    person = forms.ChoiceField(label=gettext_lazy("名单上的哪一位"), required=False)
    name = forms.CharField(label=gettext_lazy("不在名单上的，写姓名"), required=False, max_length=30)
    lead = forms.BooleanField(label=gettext_lazy("牵头的"), required=False)
    words = area(
        gettext_lazy("为什么补上"), most=200, hint=gettext_lazy("本人看得到。积分照记录那天、那天的标准记。")
    )

    def __init__(self, people: Iterable[tuple[str, str]], *args: Any) -> None:
        super().__init__(*args, auto_id="add_%s")
        field: Any = self.fields["person"]
        field.choices = [("", _("不在名单上")), *people]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        name = str(given.get("name", "")).strip()
        if bool(name) == bool(given.get("person")):
            self.add_error("person", _("选一位，或者写一个姓名。"))
        elif name:
            keys = queries.named([name])[name]
            if len(keys) != 1:
                self.add_error("name", _("委员里没有「%(name)s」，或者不止一位。") % {"name": name})
            given["person"] = keys[0] if keys else ""
        return given

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("person", "lead", "words")}


class Again(Strike):
    """Who of those struck was there after all, before there is a record."""

    words = area(gettext_lazy("为什么补上"), most=200, hint=gettext_lazy("本人看得到。积分等记录时一起记。"))

    def __init__(self, people: Iterable[tuple[str, str]], *args: Any) -> None:
        super().__init__(people, *args)
        self.auto_id, self.fields["person"].label = "add_%s", _("划掉了的哪一位到了")


class Cancel(Form):
    words = area(gettext_lazy("为什么取消"), most=200, hint=gettext_lazy("报了名的、看到通知的都读得到。"))


class Draft(Form):
    text = area(
        gettext_lazy("公开稿"), most=3000, rows=8,
        hint=gettext_lazy("照记录写好了一稿，改顺了再存。不写群众的姓名、电话、住址。"),
    )  # fmt: skip


class Publish(Draft):
    """`bare`: the numbers of the photos on which nobody is covered, where somebody's consent is asked."""

    photos = forms.BooleanField(label=gettext_lazy("照片一起公开"), required=False)
    agreed = forms.BooleanField(
        label=gettext_lazy("没有盖的照片，拍到的人都同意公开"), required=False,
        help_text=gettext_lazy("病人要本人同意，孩子要监护人同意。有一个人没同意，就先把他的脸盖住，不勾。"),
    )  # fmt: skip

    def __init__(self, bare: list[int], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        numbers = {"numbers": "、".join(str(number) for number in bare)}
        if bare:
            said = _(
                "第 %(numbers)s 张没有盖。盖住人脸的不用谁同意；没有盖的，记录里写明怎么征得同意，再勾下面。"
            )
            self.fields["photos"].help_text = said % numbers
        else:
            del self.fields["agreed"]


class Plain(Form):
    """Nothing is to be said."""


class NewSeries(Form):
    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=40, help_text=gettext_lazy("如：每月义诊、基层大走访。")
    )
    form = forms.ChoiceField(
        label=gettext_lazy("形式"), choices=Series.Form.choices, widget=forms.RadioSelect
    )


class Rules(Form):
    """What a committee sets: its kinds, before which something is studied, how long ahead it announces."""

    notice_days = forms.IntegerField(label=gettext_lazy("提前几天发通知"), min_value=0, max_value=30)
    used = forms.MultipleChoiceField(label=gettext_lazy("用哪些类别"), widget=ManyCards)
    study = forms.MultipleChoiceField(
        label=gettext_lazy("哪些类别活动前要先学"), widget=ManyCards, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["used"].choices = choices()
        fields["study"].choices = choices()


def start_of(activity: Activity) -> dict[str, Any]:
    """A plan as its form shows it."""
    names = ("kind", "title", "place", "about", "places", "study", "partners")
    found: dict[str, Any] = {name: getattr(activity, name) for name in names}
    found |= {name: getattr(activity, name) for name in ("starts_at", "ends_at")}
    for name in ("series", "campaign"):
        of = getattr(activity, name)
        found[name] = of.code if of else ""
    return found
