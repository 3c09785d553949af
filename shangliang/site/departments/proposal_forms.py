"""What a department says about a proposal. Field names are the actions' arguments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.ui.forms import Day, Form
from shangliang.flow.proposals import settings
from shangliang.flow.proposals.models import Answer, Contact, Handling


def _words(label: Any, *, most: int = 300, hint: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
    )


class Plain(Form):
    """Nothing is to be said."""

    def __init__(self, of: Handling, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)


class Reply(Form):
    """To a letter that was a proposal and was not filed."""

    words = _words(_("怎么办的"), most=2000, hint=_("办了什么、怎么办、什么时候办。提案人看得到。"), rows=6)


class SendBack(Plain):
    words = _words(_("为什么不归本单位办"), hint=_("写上归哪个单位。"))


class Extend(Plain):
    due = forms.DateField(label=_("延到哪天"), widget=Day)
    words = _words(_("为什么要晚"), hint=_("提案人会看到。"))

    def __init__(self, of: Handling, *args: Any, **options: Any) -> None:
        super().__init__(of, *args, **options)
        most = settings.latest(of.proposal.committee, of.given_on)
        self.fields["due"].help_text = _("最晚到 %(day)s，只能延一次。") % {"day": most.isoformat()}


class Touched(Plain):
    """A contact with the filers."""

    way = forms.ChoiceField(label=_("怎么联系的"), choices=Contact.Way.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("哪天"), widget=Day, initial=clock.today)


class Opine(Plain):
    words = _words(_("会办意见"), most=2000, hint=_("本单位能办什么，依据是什么。"), rows=5)


class Draft(Plain):
    """The answer, to be passed by the office."""

    text = _words(
        _("答复"), most=5000, hint=_("办了什么、怎么办、什么时候办。信头、抬头、落款不用写。"), rows=9
    )
    grade = forms.ChoiceField(label=_("哪一类"), widget=forms.RadioSelect)
    public = forms.BooleanField(label=_("公开"), required=False, initial=True)
    reason = forms.CharField(label=_("为什么不公开"), required=False, max_length=200)
    contact = forms.CharField(label=_("联系人"), max_length=30)
    phone = forms.CharField(label=_("电话"), max_length=30)

    def __init__(self, of: Handling, *args: Any, **options: Any) -> None:
        super().__init__(of, *args, **options)
        field: Any = self.fields["grade"]
        allowed = settings.grades(of.proposal.committee)
        field.choices = [one for one in Answer.Class.choices if one[0] in allowed]


class Review(Plain):
    """Five marks, in the order of the model's."""

    def __init__(self, of: Handling, *args: Any, **options: Any) -> None:
        super().__init__(of, *args, **options)
        labels = (_("科学性"), _("严肃性"), _("可行性"), _("规范性"), _("影响性"))
        for name, label in zip(("one", "two", "three", "four", "five"), labels, strict=True):
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=20)
            self.fields[name].widget.attrs["class"] = "in"

    def marks(self) -> list[int]:
        return [self.cleaned_data[name] for name in ("one", "two", "three", "four", "five")]
