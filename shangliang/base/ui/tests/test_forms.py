"""Forms speak as people do; filters write dates and numbers as the house does."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.renderers import TemplatesSetting
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from shangliang.base.ui import filters
from shangliang.base.ui.environment import once_fields, url, words
from shangliang.base.ui.forms import Choice, Form, MultiplePhotos, Renderer, Scale
from shangliang.base.ui.gallery import Say


class Answer(Form):
    words = forms.CharField(label="答复", widget=forms.Textarea)
    place = forms.CharField(label="地点", required=False, help_text="<村口>")
    public = forms.ChoiceField(
        label="给谁看？",
        widget=forms.RadioSelect,
        choices=[("y", Choice("公开", "不显示姓名")), ("n", "不公开")],
    )
    how = forms.ChoiceField(
        label="满意吗？", widget=Scale, required=False, choices=[("2", "满意"), ("1", "不满意")]
    )
    again = forms.BooleanField(label="再办一次", required=False)
    photos = MultiplePhotos(label="照片")


def test_a_form_says_what_is_optional_and_ties_help_to_its_field():
    drawn = str(Answer())
    assert "答复</label>" in drawn
    assert '地点<span class="opt-t">（选填）</span></label>' in drawn
    assert 'id="id_place_helptext">&lt;村口&gt;' in drawn
    assert 'aria-describedby="id_place_helptext"' in drawn
    assert "checked" not in drawn
    assert "不显示姓名</small>" in drawn
    assert 'class="scale n2"' in drawn
    assert drawn.count("<fieldset") == drawn.count("<legend") == 2


def test_errors_stand_at_their_field_with_the_words_of_a_person():
    form = Answer({})
    drawn = str(form)
    assert "请填写：答复" in drawn
    assert "请选一个：给谁看？" in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_words_error"' in drawn
    assert 'class="field bad"' in drawn


def test_what_was_typed_comes_back_escaped():
    drawn = str(Answer({"words": "</textarea><script>", "place": '"><b>'}))
    assert "<script>" not in drawn
    assert "<b>" not in drawn.replace("<b>公开", "").replace("<b>不公开", "").replace("<b>再办一次", "")


def test_photos_come_as_a_list():
    two = MultiValueDict({"photos": [SimpleUploadedFile("a.jpg", b"1"), SimpleUploadedFile("b.jpg", b"2")]})
    form = Answer({"words": "好", "public": "y"}, two)
    assert form.is_valid(), form.errors
    assert [photo.name for photo in form.cleaned_data["photos"]] == ["a.jpg", "b.jpg"]
    form = Answer({"words": "好", "public": "y"})
    assert form.is_valid()
    assert form.cleaned_data["photos"] == []


def test_the_form_of_the_kit_is_whole():
    assert Say({"words": "灯", "kind": "lamp", "public": "yes", "attitude": "3"}).is_valid()


def test_once_fields_carry_a_fresh_key_each_time():
    one, two = once_fields("<x>", 3), once_fields("<x>", 3)
    assert one != two
    assert 'name="seen" value="3"' in one
    assert "&lt;x&gt;" in one


def test_addresses_by_name():
    assert url("portal:home", query={"q": "路灯"}) == "/?q=%E8%B7%AF%E7%81%AF"


def test_dates_are_shanghais():
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert filters.day(late) == "2026年11月24日（周二）"
    assert filters.day(date(2026, 11, 23)) == "2026年11月23日（周一）"
    assert filters.clock_time(late) == "00:30"
    assert filters.day(None) == ""
    with translation.override("en"):
        assert filters.day(date(2026, 11, 23)) == "Mon, 23 November 2026"


def test_another_year_is_named():
    assert filters.short_day(date(1999, 3, 1)) == "1999年3月1日"


@pytest.mark.parametrize(
    ("title", "pieces"),
    [("朱鹮下田，秧苗受损", 2), ("没有逗号", 0), ("很长很长很长很长很长很长很长很长的一句，短", 1)],
)
def test_titles_break_by_sense(title, pieces):
    assert filters.phrases(title).count('class="ph"') == pieces


def test_titles_are_text():
    assert "<b>" not in filters.phrases("<b>甲</b>，乙")


def test_numbers():
    assert filters.grouped(1304) == "1,304"
    assert filters.grouped(-5) == "−5"
    assert filters.grouped("80 余") == "80 余"
    assert filters.unit(5, "分钟") == "5\u00a0分钟"
    assert [filters.points(n) for n in (5750, 5, -100, 1205)] == ["57.5", "0.05", "−1.0", "12.05"]
    assert filters.points(300, sign=True) == "+3.0"


def test_our_widgets_draw_what_djangos_own_templates_draw():
    class Plain(TemplatesSetting):
        field_template_name, form_template_name = "ui/field.html", "ui/form.html"

    class Every(forms.Form):
        text = forms.CharField(initial='<"&', max_length=9)
        number = forms.IntegerField(initial=0, widget=forms.NumberInput({"class": "short", "disabled": True}))
        secret = forms.CharField(widget=forms.PasswordInput)
        hidden = forms.CharField(widget=forms.HiddenInput, initial="藏")
        day = forms.DateField(initial=date(2026, 11, 23))
        words = forms.CharField(initial="\n<b>两行", widget=forms.Textarea({"readonly": False}))
        none = forms.CharField(required=False, widget=forms.Textarea)
        one = forms.ChoiceField(initial="2", choices=[("", "不写"), ("组", [("1", "<一>"), ("2", "二")])])
        many = forms.MultipleChoiceField(initial=["a"], choices=[("a", "甲"), ("b", "乙")])
        paper = forms.FileField()

    ours, theirs = Every(renderer=Renderer()), Every(renderer=Plain())
    for name in Every.base_fields:
        assert re.sub(r">\s+<", "><", str(ours[name])) == re.sub(r">\s+<", "><", str(theirs[name])), name


def test_words_are_kept_for_each_language_apart():
    asked = "This field is required."
    assert words(asked) == words(asked) == "这个字段是必填项。"
    with translation.override("en"):
        assert words(asked) == asked
        assert words("%(n)s 条", n="<3>") == "&lt;3&gt; 条"
    assert words(asked) == "这个字段是必填项。"
