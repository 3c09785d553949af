"""What an officer or a convener writes about a studio. Each form is made for one studio, knows its people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.people.models import Role
from shangliang.base.people.queries import holders
from shangliang.base.places.queries import liaison_groups, sectors, special_committees, zones
from shangliang.base.ui.forms import Day, Form, Look, ManyCards
from shangliang.flow.studios import queries
from shangliang.flow.studios.actions.going import SPAN
from shangliang.flow.studios.actions.page import PAGE
from shangliang.flow.studios.models import Kind, Slot, Studio, Weekday

if TYPE_CHECKING:
    StudioPage = forms.ModelForm[Studio]
    Lines = forms.BaseFormSet["Line"]
else:
    StudioPage, Lines = forms.ModelForm, forms.BaseFormSet  # not subscriptable when they run

SHORT = {"rows": 3, "class": "low"}
OFFICER_FIELDS = (
    "name", "kind", "plate", "sector", "special_committee", "leader", "liaison_group", "zones", "plan_reason",
    "planned_for",
)  # fmt: skip


class StudioForm(Form):
    """A form about one studio. Many stand on one page: each is given an `auto_id` of its own."""

    def __init__(self, studio: Studio, *args: Any, **options: Any) -> None:
        self.studio = studio
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that depend on the studio."""


class Nothing(StudioForm):
    """A move that needs no words."""


class Reason(StudioForm):
    reason = forms.CharField(
        label=_("为什么"),
        max_length=300,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("这句话会写在工作室的页面上。"),
    )


class Heir(Reason):
    """Another studio may take what lies open."""

    successor = forms.ChoiceField(label=_("手上的留言交给"), required=False)
    nobody: Any = _("不交，还由这间的人答复")

    def prepare(self) -> None:
        others = queries.of_committee(self.studio.committee_path).filter(state="open")
        self.rooms = [(one.code, one.name) for one in others if one.code != self.studio.code]
        field: Any = self.fields["successor"]
        field.choices = [("", self.nobody), *self.rooms]


class Close(Heir):
    """Where everybody and everything goes. Each person who sits there has a field of their own."""

    voices_go_to = forms.CharField(
        label=_("没办完的事交给谁"),
        max_length=300,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("一件也不能丢。这句话群众看得到。"),
    )
    nobody = _("没有要交的")

    def prepare(self) -> None:
        super().prepare()
        for post in queries.people_of(self.studio):
            self.fields[f"go_{post.holder.key}"] = forms.ChoiceField(
                label=_("%(name)s（%(role)s）以后在哪间") % {
                    "name": post.holder.name, "role": post.get_role_display(),
                },
                choices=[("", _("选一样")), ("-", _("先不进工作室")), *self.rooms],
            )  # fmt: skip
        self.order_fields(["reason", "voices_go_to", "successor"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        go = {name: value for name, value in given.items() if name.startswith("go_")}
        people = {name.removeprefix("go_"): "" if value == "-" else value for name, value in go.items()}
        return {name: value for name, value in given.items() if name not in go} | {"people_go": people}


class Model(Reason):
    until = forms.DateField(label=_("到哪天止"), widget=Day, help_text=_("到期自己不再算示范点。"))


class Why(StudioForm):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class Apply(StudioForm):
    why = forms.CharField(label=_("为什么要上线"), max_length=500, widget=forms.Textarea(attrs=SHORT))
    best = forms.CharField(
        label=_("最像样的一件事"),
        max_length=300,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("挑一件办成的，一两句话说清。"),
    )
    since = forms.DateField(label=_("数从哪天算起"), widget=Day)
    until = forms.DateField(label=_("算到哪天"), widget=Day)

    def prepare(self) -> None:
        self.fields["until"].initial = clock.today()
        self.fields["since"].initial = clock.today() - SPAN


class Page(Look, StudioPage):
    """What the studio's page says. A convener's form lacks the fields that are the officer's."""

    leader = forms.ChoiceField(label=_("联系的领导"), required=False)
    twin = forms.URLField(
        label=_("别处的网上工作室"), max_length=300, required=False, assume_scheme="https",
        help_text=_("在别的平台上也开着的，写它的网址。"),
    )  # fmt: skip
    zones = forms.MultipleChoiceField(label=_("管哪些片区"), required=False, widget=ManyCards)

    class Meta:
        model = Studio
        fields = (
            "name", "kind", "plate", "motto", "address", "town", "area", "hours", "phone", "intro",
            "shared_with", "twin", "sector", "special_committee", "leader", "liaison_group", "zones",
            "plan_reason", "planned_for",
        )  # fmt: skip
        widgets = {"intro": forms.Textarea(attrs={"rows": 4}), "area": forms.TextInput(), "planned_for": Day}
        help_texts = {
            "hours": _("如：周一至周五 9:00—17:30"),
            "area": _("村名、社区名写全，群众按地名找得到。"),
            "motto": _("一室一特色，说给群众听的一句话。"),
            "shared_with": _("如：社区党群服务中心。一间屋子几家用，写清楚。"),
            "liaison_group": _("组室融合的，选镇联络组。"),
            "sector": _("类别是界别的，一定要选：覆盖按它数。"),
        }

    def __init__(self, studio: Studio, data: Any = None, files: Any = None, *, officer: bool = True) -> None:
        super().__init__(data, files, instance=studio, auto_id="page_%s")
        committee = studio.committee
        chosen: dict[str, Any] = dict(self.fields)
        chosen["kind"].choices = [("", _("选一个")), *Kind.choices]
        chosen["sector"].queryset = sectors(committee)
        chosen["special_committee"].queryset = special_committees(committee)
        chosen["liaison_group"].queryset = liaison_groups(committee)
        for name in ("sector", "special_committee", "liaison_group"):
            chosen[name].empty_label = _("不写")
        if rows := [(one.code, str(one)) for one in zones(committee)]:
            chosen["zones"].choices = rows
        else:
            del self.fields["zones"]
        leaders = holders(Role.LEADER, committee=committee.path)
        chosen["leader"].choices = [
            ("", _("不写")),
            *((post.holder.key, post.holder.name) for post in leaders),
        ]
        if not officer:
            for name in OFFICER_FIELDS:
                self.fields.pop(name, None)

    def page(self) -> dict[str, Any]:
        """What was written, for the action; the studio itself is left as it was."""
        return {name: value for name, value in self.cleaned_data.items() if name in PAGE}

    def _post_clean(self) -> None:
        """The action writes and checks; a form that wrote into the studio would hide what changed."""


class Appoint(StudioForm):
    member = forms.CharField(
        label=_("哪位委员"),
        max_length=40,
        help_text=_("写姓名或登录名。"),
        widget=forms.TextInput(attrs={"list": "members_appoint"}),
    )
    role = forms.ChoiceField(
        label=_("职务"),
        choices=[(Role.CONVENER.value, Role.CONVENER.label), (Role.DEPUTY.value, Role.DEPUTY.label)],
        widget=forms.RadioSelect,
    )
    since = forms.DateField(label=_("任期从"), widget=Day)
    until = forms.DateField(label=_("任期到"), widget=Day, required=False)
    reason = forms.CharField(label=_("为什么请他来"), max_length=300, widget=forms.Textarea(attrs=SHORT))

    def prepare(self) -> None:
        self.fields["since"].initial = clock.today


class Station(StudioForm):
    member = forms.CharField(
        label=_("哪位委员"),
        max_length=40,
        help_text=_("写姓名或登录名。"),
        widget=forms.TextInput(attrs={"list": "members_station"}),
    )


class Release(StudioForm):
    person = forms.CharField(max_length=16, widget=forms.HiddenInput)
    role = forms.ChoiceField(
        choices=[(r.value, r.label) for r in (Role.CONVENER, Role.DEPUTY, Role.STATIONED)],
        widget=forms.HiddenInput,
    )


class Reception(StudioForm):
    day = forms.DateField(label=_("哪天"), widget=Day)
    residents = forms.IntegerField(
        label=_("来了几位群众"),
        min_value=0,
        max_value=9999,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    voices = forms.IntegerField(
        label=_("说了几件事"),
        min_value=0,
        max_value=9999,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    members = forms.MultipleChoiceField(label=_("到场的委员"), widget=ManyCards)
    note = forms.CharField(
        label=_("记一笔"), max_length=500, required=False, widget=forms.Textarea(attrs=SHORT)
    )

    def prepare(self) -> None:
        self.fields["day"].initial = clock.today
        team = {post.holder.key: post.holder.name for post in queries.members_of(self.studio)}
        field: Any = self.fields["members"]
        field.choices = list(team.items())


DAYS = [
    ("", _("这一行不用")),
    *((f"w{day.value}", day.label) for day in Weekday),
    *((f"m{n}", _("每月 %(day)s 日") % {"day": n}) for n in range(1, 32)),
]


class Line(Form):
    """One line of a timetable."""

    on = forms.ChoiceField(label=_("哪天"), choices=DAYS, required=False)
    start = forms.TimeField(label=_("从"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    end = forms.TimeField(label=_("到"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    duty = forms.ChoiceField(label=_("谁值班"), required=False)
    place = forms.CharField(label=_("在哪儿"), max_length=80, required=False)
    note = forms.CharField(label=_("说明"), max_length=80, required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["duty"]
        field.choices = [("", _("不写")), *people]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("on") and not (given.get("start") and given.get("end")):
            raise forms.ValidationError(_("写上从几点到几点。"))
        return given


class Timetable(Lines):
    """All lines of a timetable."""

    def slots(self) -> list[dict[str, Any]]:
        """The lines that name a day, for the action."""
        return [_slot(form.cleaned_data) for form in self.forms if form.cleaned_data.get("on")]


def _slot(given: dict[str, Any]) -> dict[str, Any]:
    kind, number = given["on"][0], int(given["on"][1:])
    day = {"weekday": number} if kind == "w" else {"monthday": number}
    return day | {name: given[name] for name in ("start", "end", "duty", "place", "note")}


def timetable(studio: Studio, data: Any = None) -> Timetable:
    """The lines as they stand and two empty ones."""
    team = {post.holder.key: post.holder.name for post in queries.members_of(studio)}
    lines = queries.slots(studio)
    make: Any = forms.formset_factory(Line, formset=Timetable, extra=2, max_num=30)
    made: Timetable = make(
        data,
        initial=[_written(line) for line in lines],
        form_kwargs={"people": list(team.items())},
        prefix="line",
    )
    return made


def _written(line: Slot) -> dict[str, Any]:
    on = f"w{line.weekday}" if line.weekday is not None else f"m{line.monthday}"
    return {"on": on} | {name: getattr(line, name) for name in ("start", "end", "duty", "place", "note")}
