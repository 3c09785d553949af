"""Fills every form that somebody is shown: with marks, or with what nobody would write."""

from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from . import pages, rounds
from .pages import Form


def shown_to(browser: Client, one: SimpleNamespace, column: str = "") -> dict[str, Form]:
    """Every form on every page of a committee that somebody can open, one of each kind: by its address's
    name, its move and its fields. `column`: without what the table closes to it, where no form is."""
    found: dict[str, Form] = {}
    for where, heads in rounds.all_of(one, column=column):
        answer = browser.get(where, headers=heads)
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form in pages.forms(answer.text):
            form.action = urljoin(where, form.action or where)
            found.setdefault(_kind(form), form)
    return found


def _kind(form: Form) -> str:
    try:
        to = resolve(urlsplit(form.action).path)
    except Resolver404:
        return form.action
    fields = "+".join(
        sorted({*form.fields, *form.chosen, *form.files} - {"csrfmiddlewaretoken", "key", "seen"})
    )
    return f"{form.method} {to.view_name} {to.kwargs.get('move', '')} {fields}"


def sent(browser: Client, form: Form, said: dict[str, Any]) -> Any:
    """The answer to a form; whatever it changed is taken back."""
    cookies: Any = browser.cookies.copy()
    with transaction.atomic(), transaction.atomic(using="keyring"):
        ask: Callable[..., Any] = browser.post if form.method == "post" else browser.get
        answer = ask(form.action, said)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
    browser.cookies = cookies
    return answer


def filled(form: Form, words: str, file: Callable[[str], SimpleUploadedFile]) -> dict[str, Any]:
    """The form with `words` wherever one writes and `file(name)` where it takes one."""
    return pages.ready(form, **dict.fromkeys(form.typed, words), **{name: file(name) for name in form.files})


def gone_wrong(form: Form, values: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The form with one field after another gone wrong: each of the values in it, sent twice, left out."""
    whole = pages.ready(form, **dict.fromkeys(form.typed, "1"))
    for name in whole:
        for value in values:
            yield f"{name}={value!r:.40}", whole | {name: value}
        yield f"{name} twice", whole | {name: ["1", "2"]}
        yield f"{name} left out", {other: value for other, value in whole.items() if other != name}
