"""Templates are compiled and call as Jinja2 does, with fewer questions."""

import pytest
from django.template import engines
from django.utils.translation import gettext_lazy
from jinja2 import UndefinedError, pass_context, pass_eval_context
from markupsafe import Markup


class Bold(Markup):
    """Markup of another kind."""


class Drawn:
    def __html__(self):
        return "<i>&amp;</i>"


class Asking:
    @pass_context
    def __call__(self, context, name):
        return context[name]


def drawn(words, **given):
    return engines["jinja2"].env.from_string(words).render(**given)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("<b>&", "&lt;b&gt;&amp;"),
        (Markup("<b>"), "<b>"),
        (Bold("<b>"), "<b>"),
        (Drawn(), "<i>&amp;</i>"),
        (gettext_lazy("<一>"), "&lt;一&gt;"),
        (7, "7"),
        (None, "None"),
        (["<"], "[&#39;&lt;&#39;]"),
    ],
)
def test_markup_alone_is_written_as_it_stands(value, written):
    assert (
        drawn("{{ one }}|{% for _n in (1, 2) %}{{ one }};{% endfor %}", one=value)
        == f"{written}|{written};{written};"
    )
    assert drawn("{% macro said(one) %}{{ one }}{% endmacro %}{{ said(one) }}", one=value) == written
    assert drawn(
        "{% macro said() %}<p>{{ caller() }}{% endmacro %}{% call said() %}{{ one }}{% endcall %}", one=value
    ) == (f"<p>{written}")
    assert drawn("{% autoescape false %}{{ one }}{% endautoescape %}", one=value) == str(value)


def test_what_is_called_is_handed_what_it_wants():
    @pass_context
    def of_context(context, name):
        return context[name]

    @pass_eval_context
    def of_escaping(where, words):
        return f"{where.autoescape} {words}"

    words = "{{ ask('here') }} {{ escaping('<') }} {{ kind('here') }} {{ 'a'.upper() }} {{ int('3') }}"
    given = {"ask": of_context, "escaping": of_escaping, "kind": Asking(), "here": "there", "int": int}
    assert drawn(words, **given) == "there True &lt; there A 3"


def test_a_name_nobody_passed_is_an_error_also_when_called():
    with pytest.raises(UndefinedError):
        drawn("{{ nobody('x') }}")
