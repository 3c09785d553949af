"""What an officer or a convener writes about a studio. Each form is made for one studio, knows its people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.people.models import Role
from shangliang.base.people.queries import holders
from shangliang.base.places.queries import sectors, special_committees
from shangliang.base.ui.forms import Day, Form, Look, ManyCards
from shangliang.flow.studios import queries
from shangliang.flow.studios.actions.page import PAGE
from shangliang.flow.studios.models import Slot, Studio, Weekday

if TYPE_CHECKING:
    StudioPage = forms.ModelForm[Studio]
    Lines = forms.BaseFormSet["Line"]
else:
    StudioPage, Lines = forms.ModelForm, forms.BaseFormSet  # not subscriptable when they run

SHORT = {"rows": 3, "class": "low"}
OFFICER_FIELDS = ("name", "kind", "plate", "sector", "special_committee", "leader")


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


class Close(Reason):
    voices_go_to = forms.CharField(
        label=_("没办完的事交给谁"),
        max_length=300,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("一件也不能丢。写明由谁接着办。"),
    )
    successor = forms.ChoiceField(label=_("接手的工作室"), required=False)

    def prepare(self) -> None:
        others = queries.of_committee(self.studio.committee_path).filter(state="open")
        rows = [(one.code, one.name) for one in others if one.code != self.studio.code]
        field: Any = self.fields["successor"]
        field.choices = [("", _("不另交工作室")), *rows]


class Apply(StudioForm):
    why = forms.CharField(label=_("为什么要上线"), max_length=500, widget=forms.Textarea(attrs=SHORT))
    best = forms.CharField(
        label=_("最像样的一件事"),
        max_length=300,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("挑一件办成的，一两句话说清。"),
    )


class Page(Look, StudioPage):
    """What the studio's page says. A convener's form lacks the fields that are the officer's."""

    leader = forms.ChoiceField(label=_("联系的领导"), required=False)

    class Meta:
        model = Studio
        fields = (
            "name", "kind", "plate", "motto", "address", "town", "area", "hours", "phone", "intro",
            "sector", "special_committee", "leader",
        )  # fmt: skip
        widgets = {"intro": forms.Textarea(attrs={"rows": 4}), "area": forms.TextInput()}
        help_texts = {
            "hours": _("如：周一至周五 9:00—17:30"),
            "area": _("村名、社区名写全，群众按地名找得到。"),
            "motto": _("一室一特色，说给群众听的一句话。"),
        }

    def __init__(self, studio: Studio, data: Any = None, files: Any = None, *, officer: bool = True) -> None:
        super().__init__(data, files, instance=studio, auto_id="page_%s")
        committee = studio.committee
        chosen: dict[str, Any] = dict(self.fields)
        chosen["sector"].queryset = sectors(committee)
        chosen["special_committee"].queryset = special_committees(committee)
        chosen["sector"].empty_label = chosen["special_committee"].empty_label = _("不写")
        leaders = holders(Role.LEADER, committee=committee.path)
        chosen["leader"].choices = [
            ("", _("不写")),
            *((post.holder.key, post.holder.name) for post in leaders),
        ]
        if not officer:
            for name in OFFICER_FIELDS:
                del self.fields[name]

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


ROSTER_MOST_BYTES = 1024 * 1024


class Roster(Form):
    file = forms.FileField(
        label=_("名单"),
        help_text=_(
            "CSV，第一行是 studio,member；每行写工作室的名称、委员的登录名或姓名。有一行不对，就一行也不收。"
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> Any:
        if (file := self.cleaned_data["file"]).size > ROSTER_MOST_BYTES:
            raise forms.ValidationError(_("名单不能大过 1 MB，分几次传。"))
        return file

    def lines(self) -> list[str]:
        """The file's lines; spreadsheets here write UTF-8 with a mark, or GB 18030."""
        file = self.cleaned_data["file"]
        file.seek(0)
        raw: bytes = file.read()
        try:
            return raw.decode("utf-8-sig").splitlines()
        except UnicodeDecodeError:
            return raw.decode("gb18030", "replace").splitlines()


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
