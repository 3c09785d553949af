"""What an officer writes about points: which tariff, which period is closed, the answer to a doubt."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base.ui.filters import short_day
from shangliang.base.ui.forms import Cards, Choice, Day, Form
from shangliang.ledgers.points import inforce, queries, tariff, telling
from shangliang.ledgers.points.actions.objecting import LONGEST, New
from shangliang.ledgers.points.models import Objection
from shangliang.ledgers.points.periods import Period

from .consultations import area

MOST_BYTES = 160_000
OWN = "own"


def _kept(day: Any) -> str:
    return _("从今天起") if day.month != 1 or day.day != 1 else _("从%(day)s起") % {"day": short_day(day)}


def _kind(one: tariff.Tariff) -> str:
    return _("样例") if one.kind == "sample" else _("真实标准")


def _unfed(one: tariff.Tariff) -> list[str]:
    found = telling.unfed(one)
    return [_("本平台现在记不到：%(what)s") % {"what": "、".join(found)}] if found else []


class Choose(Form):
    """A preset, or a file; and from when. To be tried alone it needs no day. A file that was read stands in
    the page as `text`, since no browser sends a file twice."""

    preset = forms.ChoiceField(label=gettext_lazy("用哪一份"), widget=Cards)
    file = forms.FileField(
        label=gettext_lazy("自己的一份"),
        required=False,
        help_text=gettext_lazy("YAML 文件，怎么写见 docs/tariffs.md。"),
    )
    since = forms.ChoiceField(label=gettext_lazy("哪天起"), widget=forms.RadioSelect)
    year = forms.TypedChoiceField(
        label=gettext_lazy("先试哪一年"), required=False, coerce=int,
        help_text=gettext_lazy("点「先试一年」：那一年委员做过的事，照选的这一份算一遍。"),
        widget=forms.RadioSelect,
    )  # fmt: skip
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, committee: str, *said: Any, trying: bool = False, **options: Any) -> None:
        super().__init__(*said, **options)
        fields: Any = self.fields
        known = sorted(tariff.tariffs(), key=lambda one: (one.kind != "real", one.name))
        fields["preset"].choices = [
            (one.name, Choice(one.label, "　".join((one.place, _kind(one), one.source, *_unfed(one)))))
            for one in known
        ] + [(OWN, Choice(_("用自己的一份"), _("下面放上文件")))]  # fmt: skip
        fields["file"].widget.attrs["accept"] = ".yaml,.yml"
        fields["since"].choices = [(one.isoformat(), _kept(one)) for one in queries.days(committee)]
        fields["since"].required, fields["year"].required = not trying, trying
        fields["year"].choices = [(one, _("%(year)s 年") % {"year": one}) for one in queries.years_to_try()]
        fields["year"].initial = queries.year_to_try(committee)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["text"] = given.get("file") or given.get("text", "").replace("\r\n", "\n")
        if given.get("preset") == OWN and not given["text"] and "file" not in self.errors:
            self.add_error("file", _("放上自己的那一份文件。"))
        page: Any = self.data
        self.data = page = page.copy()
        page["text"] = given["text"]
        self.fields["since"].required = True  # to choose it, the page asks for the day again
        return given

    def clean_file(self) -> str:
        """Its text."""
        found: UploadedFile | None = self.cleaned_data["file"]
        if not found or self.data.get("preset") != OWN:
            return ""
        if (found.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("一份标准不超过 4 万个字。"))
        found.seek(0)  # it was looked at as a photo before
        try:
            return str(found.read(), "utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("存成 UTF-8 的文本再传。")) from None


class Close(Form):
    period = forms.ChoiceField(label=gettext_lazy("结哪一期"), widget=forms.RadioSelect)

    def __init__(self, periods: list[Period], *said: Any, **options: Any) -> None:
        super().__init__(*said, **options)
        field: Any = self.fields["period"]
        field.choices = [(f"{one.year}-{one.quarter}", one.words) for one in periods]

    def said(self) -> dict[str, int]:
        year, quarter = map(int, self.cleaned_data["period"].split("-"))
        return {"year": year, "quarter": quarter}


class Dismiss(Form):
    words = area(gettext_lazy("为什么不改"), most=LONGEST, hint=gettext_lazy("委员看得到。"))


NONE = "-"  # of the activities of that day


class Uphold(Form):
    """The reversal, a new entry, or both."""

    reverse = forms.BooleanField(label=gettext_lazy("冲销原来那一笔"), required=False)
    rule = forms.ChoiceField(label=gettext_lazy("另记一笔"), required=False)
    of = forms.ChoiceField(
        label=gettext_lazy("哪一场活动"), required=False,
        help_text=gettext_lazy("补的是参加活动的分才选：以后记录里补上了这位委员，这一笔自己冲销，不记两次。"),
    )  # fmt: skip
    day = forms.DateField(label=gettext_lazy("算在哪天"), widget=Day, required=False)
    points = forms.DecimalField(
        label=gettext_lazy("分到几分"), required=False, min_value=0, max_value=9999,
        max_digits=6, decimal_places=2,
        help_text=gettext_lazy("只有几个人分的那种才填；别的照标准记。"),
        widget=forms.NumberInput(attrs={"class": "in short"}),
    )  # fmt: skip
    words = area(gettext_lazy("为什么改"), most=LONGEST, hint=gettext_lazy("委员看得到。"))

    def __init__(
        self, objection: Objection, *said: Any, held: Iterable[tuple[str, str]] = (), **options: Any
    ) -> None:
        """`held`: the activities of the day, by subject, in words."""
        start = {"reverse": bool(objection.entry), "day": objection.day} | options.pop("initial", {})
        super().__init__(*said, initial=start, **options)
        known = inforce.on(objection.day, objection.committee_path)
        field: Any = self.fields["rule"]
        field.choices = [
            ("", _("不另记")),
            *((rule.name, f"{rule.label}（{rule.what}）") for rule in (known.rules if known else ())),
        ]
        of: Any = self.fields["of"]
        of.choices = [("", _("那天的那一场")), *held, (NONE, _("都不是"))]
        if not objection.entry:
            del self.fields["reverse"]
        if objection.entry or len(of.choices) < 3:
            del self.fields["of"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("rule") and not given.get("day") and "day" not in self.errors:
            self.add_error("day", _("写明算在哪天。"))
        return given

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        points: Decimal | None = given["points"]
        hundredths = None if points is None else int(points.scaleb(2))
        of = {NONE: "", "": None}.get(given.get("of", ""), given.get("of"))
        new = New(given["rule"], given["day"], hundredths, of) if given["rule"] else None
        return {"words": given["words"], "reverse": given.get("reverse", False), "new": new}
