"""Every component stands on the page of the kit, and no text breaks out of any of them."""

import re
from types import SimpleNamespace

import pytest
from django.template import engines
from django.urls import reverse
from django.utils import translation
from markupsafe import escape

from shangliang.base.ui import filters, gallery
from shangliang.base.ui.shapes import Ruler, Step

EVIL = "\"><script>alert(1)</script>' onload=x &amp;"


def macros():
    module = engines["jinja2"].get_template("ui/kit.html").template.module
    return {
        name: value for name, value in vars(module).items() if callable(value) and not name.startswith("_")
    }


def draw(source, **context):
    head = '{% import "ui/kit.html" as ui %}'
    return engines["jinja2"].env.from_string(head + source).render(**context)


@pytest.fixture
def page(client, db):
    answer = client.get(reverse("ui:kit"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_macro_is_on_the_page():
    env = engines["jinja2"].env
    source = env.loader.get_source(env, "ui/gallery.html")[0]
    assert sorted(name for name in macros() if f"ui.{name}(" not in source) == []


def test_every_macro_says_what_it_takes():
    env = engines["jinja2"].env
    for part in ("icons", "words", "matters", "figures", "fields"):
        source = env.loader.get_source(env, f"ui/kit/{part}.html")[0]
        for name, body in re.findall(r"{% macro ([a-z]\w*)\(.*?\) -%}\s*(.*?)\n", source, re.S):
            assert body.startswith("{#-"), name


def test_the_page_keeps_the_house_rules(page):
    assert page.count("<h1") == 1
    assert page.count("<html") == 1
    assert page.count("<main") == 1
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]* src=)", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


CALLS = {
    "icon": 'ui.icon("pin", t)',
    "mark": "ui.mark()",
    "contour": "ui.contour()",
    "pill": "ui.pill(t, t)",
    "tag": "ui.tag(t)",
    "button": "ui.button(t, name=t, value=t, id=t, formaction=t)",
    "js_button": 'ui.js_button(t, t, icon="copy", target=t)',
    "link_button": "ui.link_button(t, t)",
    "link": "ui.link(t, t)",
    "note": "ui.note(t, t)",
    "crumb": "ui.crumb([(t, t)], t)",
    "section": "ui.section(t, t, t, t, t)",
    "person": "ui.person(t, t, face=t)",
    "empty": "ui.empty(t, t, t, t)",
    "kv": "ui.kv([(t, t)])",
    "more": "ui.more(t, t)",
    "sample_strip": "ui.sample_strip()",
    "practice_strip": "ui.practice_strip()",
    "tabs": "ui.tabs([(t, t, 3, True)], t)",
    "next_step": "ui.next_step(t, t, t, you=True, days=days)",
    "ruler": "ui.ruler(days)",
    "four_facts": 'ui.four_facts([(t, t, "ok")])',
    "talk": "ui.talk([(t, t, t, True, [(t, t, t)])])",
    "timeline": "ui.timeline([(t, t, t, t, t)])",
    "loop": "ui.loop([step], t)",
    "loop_mini": "ui.loop_mini(2, t)",
    "matter_card": "ui.matter_card(t, t, t, t, t, t, 2, t, meta=t)",
    "answer_card": "ui.answer_card(t, t, t, t, t, t, t)",
    "photos": "ui.photos([(t, t, t)])",
    "row": "ui.row(t, t, t, t, t, t, t)",
    "withheld": "ui.withheld(t, t)",
    "evidence": "ui.evidence(t, t, t, True, t and 1, 3, t, t, t)",
    "bar": "ui.bar(1, 3, t, t)",
    "shares": "ui.shares([(t, 1), (t, 2), (t, 3)], t, t)",
    "changed": "ui.changed([(t, t), ('new', t), ('gone', t)])",
    "version": "ui.version(t, t, [[('new', t)]]), ui.version(t, t, [], t)",
    "stat": "ui.stat(t, t, t, t, t)",
    "data_note": "ui.data_note(t, t, t)",
    "table": "ui.table([t, t], [[t, t]], t)",
    "code12": "ui.code12(t, t)",
    "qr": "ui.qr(t, t)",
    "slip": "ui.slip(t, t, t, t, t, t)",
    "error_summary": "ui.error_summary(form)",
    "choice": "ui.choice(t, t, [(t, t, t)], t, t, True)",
    "scale": "ui.scale(t, t, [(t, t), (3, t)], t, t)",
    "finder": "ui.finder(t, t, t, t, t, t, t, t)",
    "typed": "ui.typed(t, t, t)",
    "apart": "ui.apart(t, t)",
    "fold": "ui.fold(t, t, t)",
    "autosave": "ui.autosave(t, t)",
    "urgent": None,  # takes its body by call, below
}


def test_the_table_of_hostile_calls_is_complete():
    assert sorted(CALLS) == sorted(macros())


@pytest.mark.parametrize("name", sorted(name for name, call in CALLS.items() if call))
def test_hostile_text_stays_text(name):
    field = SimpleNamespace(errors=[EVIL], id_for_label=EVIL, auto_id=EVIL)

    class Evil(list):
        errors = {"x": 1}

        def non_field_errors(self):
            return [EVIL]

    words = draw(
        "{{ " + CALLS[name] + " }}",
        t=EVIL,
        days=Ruler(3, 1, EVIL, (EVIL,)),
        step=Step(EVIL, "now", EVIL, EVIL, EVIL, EVIL),
        form=Evil([field]),
    )
    assert "<script" not in words
    assert (
        not re.search(r"<[a-z][^>]*\sonload=x", words.replace("&#34;", "").replace("&#39;", ""))
        or "onload=x &amp;amp;" in words
    )


def test_bodies_by_call_are_escaped_too():
    words = draw(
        "{% call ui.urgent(t) %}{{ t }}{% endcall %}{% call ui.note() %}{{ t }}{% endcall %}", t=EVIL
    )
    assert "<script" not in words


def test_a_missing_number_is_not_nought():
    assert "未填报" in draw('{{ ui.evidence("难题", none, "个") }}')
    assert "未填报" not in draw('{{ ui.evidence("难题", 0, "个") }}')


def test_nothing_is_chosen_beforehand():
    assert "checked" not in draw('{{ ui.scale("a", "满意吗", [(2, "满意"), (1, "不满意")]) }}')
    assert "checked" not in draw('{{ ui.choice("b", "解决了吗", [("y", "解决了", "")]) }}')


def test_a_ruler_marks_today_the_due_day_and_what_is_late():
    assert Ruler(4, 1, "").cells() == ["p", "n", "f", "f d"]
    assert Ruler(2, 2, "", late=1).cells() == ["p", "p d", "l"]
    assert len(Ruler(365, 300, "", late=9).cells()) <= 71


def test_the_gallery_is_of_the_invented_province():
    assert "示例" in str(gallery.samples()) or "清溪县" in str(gallery.samples())


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("城管局", "[城管局]"),
        ("城关镇世纪路 18 号", "[城关镇世纪路 18 号]"),
        ("Taken up; 城关委员工作室 is handling it.", "Taken up; [城关委员工作室] is handling it."),
        ("何䶮, 许堃 attended; 城管局 came to listen", "[何䶮], [许堃] attended; [城管局] came to listen"),
        ("Answered <b>", "Answered &lt;b&gt;"),
        ("城管局 <b>now</b>", "[城管局] &lt;b&gt;now&lt;/b&gt;"),
    ],
)
def test_names_in_an_english_sentence_are_marked_one_by_one(said, drawn):
    with translation.override("en"):
        marked = str(escape(filters.own(said)))
    assert marked.replace('<span lang="zh-Hans">', "[").replace("</span>", "]") == drawn
    assert filters.own(said) == said, "on a Chinese page nothing is marked"
