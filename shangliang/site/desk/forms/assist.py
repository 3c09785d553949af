"""What is asked before somebody is helped to write: where, and whether they agree. Not who they are."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.people.personal import privacy
from shangliang.base.ui.forms import Form, Scale
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices.models import Assistance


class Assist(Form):
    """Its field names are the arguments of `voices.actions.start_assistance`."""

    studio = forms.ChoiceField(label=_("替哪间工作室收"), error_messages={"required": _("选一间工作室。")})
    channel = forms.ChoiceField(
        label=_("在哪里帮他写"),
        choices=[(one.value, one.label) for one in Assistance.WHERE],
        widget=Scale,
        error_messages={"required": _("选一下在哪里帮他写。")},
    )
    consent = forms.BooleanField(
        label=_("念给本人听过，他同意"), error_messages={"required": _("先念给本人听，同意了再开始。")}
    )

    def __init__(self, studios: Iterable[Studio], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consent"].help_text = _("念给他听：%(words)s") % {
            "words": privacy.consent("assist").words
        }
        self.studios = {studio.code: studio for studio in studios}
        choices = [(studio.code, studio.name) for studio in self.studios.values()]
        self.fields["studio"].choices = choices if len(choices) == 1 else [("", "—"), *choices]  # type: ignore[attr-defined]

    def clean_studio(self) -> Studio:
        return self.studios[self.cleaned_data["studio"]]
