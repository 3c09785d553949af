"""Forms by which a voice goes from level to level."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee

from .. import levels
from ..rules import next_down, next_up
from .forms import MoveForm, choose, words_field


class SendUp(MoveForm):
    words = words_field(gettext_lazy("为什么要上级来办"))

    def about(self) -> None:
        upper = next_up(self.voice)
        if upper:
            self.fields["words"].help_text = _("报给%(upper)s，由那里答复或退回。") % {"upper": upper.office}


class SendDown(MoveForm):
    words = words_field(gettext_lazy("为什么退回"))


class PassDown(MoveForm):
    to = forms.ChoiceField(
        label=gettext_lazy("交给哪里"), error_messages={"required": gettext_lazy("选一个政协。")}
    )
    words = words_field(
        gettext_lazy("为什么由那里来办"),
        hint=gettext_lazy("留言人看得到。由那里答复或退回；日子照走，数仍算在收下它的政协。"),
    )

    def about(self) -> None:
        choose(self.fields["to"], levels.open_to(self.voice))

    def clean_to(self) -> Committee:
        return places.committee(self.cleaned_data["to"])


class ReturnDown(SendDown):
    def about(self) -> None:
        to = next_down(self.voice)
        self.fields["words"].help_text = _("退给%(to)s，由那里接着办；日子照走。") % {"to": to.office}


class ReturnAcross(SendDown):
    def about(self) -> None:
        to = levels.passed_by(self.voice)
        if to:
            self.fields["words"].help_text = _("退给%(to)s，由那里接着办；日子照走。") % {"to": to.office}
