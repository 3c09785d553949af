"""The forms by which people sign in, and set their password by a link."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from ..ui.forms import Form
from .accounts import code_may_be_tried

LONGEST = 150
LONGEST_PASSWORD = 128


class SignIn(LoginForm):  # type: ignore[misc]
    """allauth's, with an end to the sign-in name: the database refuses to search for one of any length."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].validators.append(MaxLengthValidator(LONGEST))
        self.fields["login"].widget.attrs["maxlength"] = LONGEST


class Counted:
    """A one-time code, of which only so many are tried."""

    user: Any

    def clean_code(self) -> str:
        if not code_may_be_tried(self.user):
            raise forms.ValidationError(_("试得太勤了。过五分钟再来。"))
        return super().clean_code()  # type: ignore[misc,no-any-return]


class SecondStep(Counted, AuthenticateForm):  # type: ignore[misc]
    pass


class SecondStepAgain(Counted, ReauthenticateForm):  # type: ignore[misc]
    pass


class NewPassword(Form):
    password = forms.CharField(
        label=_("新密码"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少十个字符，别用别处用过的。"),
    )
    again = forms.CharField(
        label=_("再写一遍"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("两遍不一样，再写一次。"))
        return again
