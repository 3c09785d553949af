"""The form by which people sign in."""

from typing import Any

from allauth.account.forms import LoginForm
from django.core.validators import MaxLengthValidator

LONGEST = 150


class SignIn(LoginForm):  # type: ignore[misc]
    """allauth's, with an end to the sign-in name: the database refuses to search for one of any length."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].validators.append(MaxLengthValidator(LONGEST))
        self.fields["login"].widget.attrs["maxlength"] = LONGEST
