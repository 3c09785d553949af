"""What is written on a studio's reception day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Day, Form, ManyCards
from shangliang.flow.studios import queries
from shangliang.flow.studios.models import Studio


class OnDuty(Form):
    """Who of the studio's people is there on a day; nobody chosen: whom the timetable names."""

    day = forms.DateField(label=_("哪天"), widget=Day)
    members = forms.MultipleChoiceField(
        label=_("谁值班"), required=False, widget=ManyCards, help_text=_("都不选，就照接待时间表上写的。")
    )

    def __init__(self, studio: Studio, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        team = {post.holder.key: post.holder.name for post in queries.members_of(studio)}
        field: Any = self.fields["members"]
        field.choices = list(team.items())


class Why(Form):
    """A reason that the resident reads."""

    reason = forms.CharField(label=_("为什么"), max_length=200)
