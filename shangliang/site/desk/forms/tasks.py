"""What is written on the year's tasks: the sheet by an officer, a record by the studio."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.ui.forms import Day, Form, MultiplePhotos
from shangliang.flow.studios import queries
from shangliang.flow.studios.models import Kind
from shangliang.flow.studios.tasks import Period, Task

if TYPE_CHECKING:
    Lines = forms.BaseFormSet["Line"]
else:
    Lines = forms.BaseFormSet  # not subscriptable when it runs

PAPERS = "image/*,application/pdf"


class Basis(Form):
    """What the whole sheet says."""

    rule = forms.ChoiceField(
        label=_("依据哪份制度"), required=False,
        help_text=_("制度里登记了的、现在施行的。以后换了版，这里还是这一版。"),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("没有登记的，写明依据"), max_length=200, required=False,
        help_text=_("谁定的、哪天定的、叫什么。如：县政协工作室工作规则，2026 年 1 月。"),
    )  # fmt: skip

    def __init__(self, cited: list[Any], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["rule"]
        field.choices = [("", _("没有登记，写在下面")), *((one.code, _edition(one)) for one in cited)]


def _edition(one: Any) -> str:
    said = {"title": one.title, "n": one.number, "day": one.since.isoformat()}
    return str(_("《%(title)s》第 %(n)s 版，%(day)s起施行") % said)


class Line(Form):
    """One task of a sheet; a line without words is left out."""

    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=_("做什么"), max_length=40, required=False)
    count = forms.ChoiceField(label=_("怎么算"), required=False)
    target = forms.IntegerField(
        label=_("几次"), required=False, min_value=1, max_value=999,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    period = forms.ChoiceField(label=_("多久"), choices=Period.choices, required=False)
    kinds = forms.ChoiceField(
        label=_("哪类工作室"), choices=[("", _("每一类")), *Kind.choices], required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["count"]
        counted = [(one.key, _("账上数：%(what)s") % {"what": one.label}) for one in queries.COUNTS.values()]
        field.choices = [("", _("自己记，附佐证")), *counted]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("label") and not given.get("target") and "target" not in self.errors:
            self.add_error("target", _("写上要做几次。"))
        return given


class Sheet(Lines):
    """All lines of a sheet."""

    def tasks(self) -> list[Task]:
        """The lines that say something, for the action."""
        return [_task(form.cleaned_data) for form in self.forms if form.cleaned_data.get("label")]


def _task(given: dict[str, Any]) -> Task:
    kinds = (given["kinds"],) if given["kinds"] else ()
    return Task(given["key"], given["label"], given["count"], given["target"], given["period"], kinds)


def sheet(tasks: list[Task], data: Any = None) -> Sheet:
    """The lines as they stand, or as a preset has them, and three empty ones."""
    make: Any = forms.formset_factory(Line, formset=Sheet, extra=3, max_num=30)
    made: Sheet = make(data, initial=[_written(task) for task in tasks], prefix="task")
    return made


def _written(task: Task) -> dict[str, Any]:
    return {
        "key": task.key, "label": task.label, "count": task.count, "target": task.target or None,
        "period": task.period, "kinds": next(iter(task.kinds), ""),
    }  # fmt: skip


class Record(Form):
    """Something that was done, with evidence."""

    item = forms.ChoiceField(label=_("哪一项"))
    day = forms.DateField(label=_("哪天"), widget=Day)
    note = forms.CharField(
        label=_("做了什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "class": "low"})
    )
    evidence = MultiplePhotos(label=_("照片或文件"), accept=PAPERS)
    link = forms.URLField(label=_("链接"), max_length=300, required=False, assume_scheme="https")

    def __init__(self, tasks: list[Task], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["item"]
        field.choices = [(task.key, task.label) for task in tasks if not task.count]
        self.fields["day"].initial = clock.today


class Strike(Form):
    reason = forms.CharField(label=_("为什么划掉"), max_length=300)
