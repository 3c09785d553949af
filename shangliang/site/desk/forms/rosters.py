"""The list of members that an officer brings."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shangliang.base.files import tables
from shangliang.base.files.refusals import shown
from shangliang.base.ui.forms import Form

KINDS = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Members(Form):
    """After `is_valid`, `table` has the rows and `named` the file's name, harmless to show."""

    file = forms.FileField(
        label=_("名册"),
        help_text=_("XLSX 或 CSV，最多三万行、6 MB。先看一遍，您点了导入才算。"),
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )
    table: list[list[str]]
    named: str

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > tables.MOST_BYTES:
            raise ValidationError(_("表格不能大过 6 MB，分几次传。"))
        self.table, self.named = tables.rows(file), shown(file)
        return file
