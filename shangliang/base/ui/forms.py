"""Forms drawn in the house's hand: labels without colons, 选填 said in words, cards for choices."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy


def typed(request: HttpRequest, name: str) -> str:
    """A value sent beside a form's own fields, without NULs: PostgreSQL refuses to be asked for one."""
    return request.POST.get(name, "").replace("\0", "")


# Django's own templates include one for the attributes and one for each option; ours draw the same marks in
# one piece, because a list of thirty choices otherwise costs as much as half a page.
DRAWN = {
    **{
        f"django/forms/widgets/{kind}.html": "ui/widgets/input.html"
        for kind in ("text", "number", "email", "password", "hidden", "date", "datetime", "time", "file")
    },
    "django/forms/widgets/textarea.html": "ui/widgets/textarea.html",
    "django/forms/widgets/select.html": "ui/widgets/select.html",
}


class Renderer(TemplatesSetting):
    """Forms, fields and the usual widgets by our templates, others by Django's own Jinja2 templates."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def get_template(self, template_name: str) -> Any:
        return super().get_template(DRAWN.get(template_name, template_name))


@dataclass(frozen=True)
class Choice:
    """A choice's label with a small line below: `("yes", Choice(_("公开"), _("不显示姓名和电话")))`."""

    words: Any
    detail: Any

    def __str__(self) -> str:
        return str(self.words)


class Cards(forms.RadioSelect):
    """Radios drawn as cards; a label may be a `Choice`."""

    template_name = "ui/widgets/cards.html"
    shape = "opts"


class ManyCards(forms.CheckboxSelectMultiple):
    """Checkboxes drawn as cards."""

    template_name = "ui/widgets/cards.html"
    shape = "opts"


class Scale(forms.RadioSelect):
    """Three to five radios of equal weight in one row, one a line in 长辈版. Nothing is chosen beforehand."""

    template_name = "ui/widgets/scale.html"


class Tick(forms.CheckboxInput):
    """One checkbox as a card: its field's label and help text stand inside."""

    template_name = "ui/widgets/tick.html"


class Day(forms.DateInput):
    """The phone's own day picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """The phone's own picker of day and time, in Shanghai's time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Photos(forms.ClearableFileInput):
    """Several photos in one input; a script shows and shrinks them, without it the plain input works.

    `ahead`: the name of the address that takes each photo as it is chosen and gives a voucher for it; the
    form's view has to take the vouchers."""

    template_name = "ui/widgets/photos.html"
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, ahead: str = "") -> None:
        super().__init__(attrs)
        self.ahead = ahead

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context(name, value, attrs)
        return found | {"ahead": reverse(self.ahead) if self.ahead else ""}


class MultiplePhotos(forms.FileField):
    """Any number of files; `cleaned_data` is a list. Counting, measuring and refusing is base.files' work."""

    widget = Photos

    def __init__(self, *, accept: str = "image/*", **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.widget.attrs.setdefault("accept", accept)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not files:
            super().clean(None, initial)
        return [super(MultiplePhotos, self).clean(file, initial) for file in files]


class Look:
    """Mixed into any Django form (`class Answer(Look, forms.ModelForm)`): our widgets' classes, no colons."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        for field in self.fields.values():
            dress(field)


class Form(Look, forms.Form):
    """The form to start from. On the page: `{{ ui.error_summary(form) }}`, then `{{ form }}` or field by
    field `{{ form["words"].as_field_group() }}`."""

    required_css_class = ""


def blame(form: forms.BaseForm, fault: ValidationError, *, files: str = "") -> None:
    """Put an action's fault at the field it names; what names none speaks of `files`, or of the whole."""
    named = fault.message_dict if hasattr(fault, "error_dict") else {files: fault.messages}
    for field, said in named.items():
        for message in said:
            form.add_error(field if field in form.fields else None, message)


@contextmanager
def blaming(form: forms.BaseForm, *, files: str = "") -> Iterator[None]:
    """Carry out what a valid form asks, and go on, in this block. A fault that the action tells is put on the
    form and ends the block: what comes after it draws the page with the form."""
    try:
        yield
    except ValidationError as fault:
        blame(form, fault, files=files)


def named(sent: QueryDict | None, field: str, otherwise: str) -> QueryDict | None:
    """What was sent, and `otherwise` in a field that it does not bring at all."""
    if sent is None or field in sent:
        return sent
    whole = sent.copy()
    whole[field] = otherwise
    return whole


def dress(field: forms.Field) -> None:
    """Give a field's widget the class of our inputs, and cards to plain radios and checkboxes."""
    widget = field.widget
    if field.label and field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        ask = (
            gettext_lazy("请选一个：{label}")
            if isinstance(field, forms.ChoiceField)
            else gettext_lazy("请填写：{label}")
        )
        field.error_messages["required"] = format_lazy(ask, label=field.label)
    if isinstance(widget, forms.Textarea) and str(widget.attrs.get("rows")) == "10":
        widget.attrs["rows"] = "5"
    for plain, card in ((forms.RadioSelect, Cards), (forms.CheckboxSelectMultiple, ManyCards)):
        if type(widget) is plain:
            field.widget = card(attrs=widget.attrs, choices=widget.choices)
            field.widget.is_required = widget.is_required
            return
    if type(widget) is forms.CheckboxInput:
        field.widget = Tick(attrs=widget.attrs)
        return
    if not isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.CheckboxInput)):
        known = widget.attrs.get("class", "")
        widget.attrs["class"] = known if "in" in known.split() else f"in {known}".strip()
