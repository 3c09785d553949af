"""What an officer fills in to give somebody a post and an account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from shangliang.base.people.models import Role
from shangliang.base.people.rules import GRANTED
from shangliang.base.places.models import Committee, Sector
from shangliang.base.places.queries import counties, departments, sectors
from shangliang.base.ui.forms import Form

SIGN_IN_NAME = RegexValidator(
    r"^[a-z][a-z0-9._-]{2,39}\Z", _("用三个以上的小写字母、数字，字母开头，如 liming2。")
)


class Home(Form):
    """In which county below a committee its member lives."""

    home = forms.ChoiceField(
        label=_("住在哪个县"), required=False,
        help_text=_("那个县的政协看得到，好就近安排进工作室。"),
    )  # fmt: skip
    agreed = forms.BooleanField(label=_("问过本人，同意记"), required=False)

    def __init__(self, committee: Committee, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["home"]
        field.choices = [("", _("不记")), *((one.code, one.name) for one in counties(committee))]


class Invite(Form):
    """For one committee: its departments and sectors."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    role = forms.ChoiceField(label=_("职务"), choices=[(role.value, role.label) for role in GRANTED])
    department = forms.ChoiceField(label=_("承办单位"), required=False, help_text=_("只有承办人要选。"))
    sector = forms.ModelChoiceField(
        queryset=Sector.objects.none(), label=_("界别"), required=False, help_text=_("只有委员要选。"),
        empty_label=_("不写"),
    )  # fmt: skip
    username = forms.CharField(
        label=_("登录名"), max_length=40, validators=[SIGN_IN_NAME],
        help_text=_("姓名的拼音就行。已经有账号的，写他的登录名。"),
    )  # fmt: skip
    title = forms.CharField(label=_("称呼"), max_length=40, required=False, help_text=_("如：农技推广员"))
    email = forms.EmailField(label=_("工作邮箱"), required=False)

    def __init__(self, committee: Committee, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: dict[str, Any] = dict(self.fields)
        chosen["department"].choices = [("", _("不写")), *((d.code, d.name) for d in departments(committee))]
        chosen["sector"].queryset = sectors(committee)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        handles = said.get("role") == Role.HANDLER
        if handles != bool(said.get("department")):
            fault = _("承办人要选是哪个单位的。") if handles else _("只有承办人才选单位。")
            self.add_error("department", ValidationError(fault))
        if said.get("sector") and said.get("role") != Role.MEMBER:
            self.add_error("sector", ValidationError(_("只有委员才选界别。")))
        return said
