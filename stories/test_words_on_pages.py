"""Every page that needs no account, in English, as the demonstration fills it."""

import secrets

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import trans_real

from shangliang.site.console.words import compile_words

from . import kept
from .demonstrated import demonstration
from .english import left_in_chinese, unmarked, written
from .screens import pages

pytestmark = [
    pytest.mark.demonstration,
    pytest.mark.django_db(databases=["default", "keyring"]),  # within the module's own transaction
]
ASKED = ["城关", "路灯"]  # what is looked for on these pages


class Inside:
    """The demonstration in this test's database, asked as `screens` asks a site."""

    def __init__(self, told):
        self.code = told.tracking.__getitem__

    def one(self, question):
        with connection.cursor() as cursor:
            cursor.execute(question)
            return str(cursor.fetchone()[0])


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker) as loaded:
        yield loaded


@pytest.fixture(scope="module")
def public(told):
    """Each page for which nobody signs in, as English draws it."""
    if compile_words(settings.LOCALE_PATHS):
        trans_real._translations.clear()
    with override_settings(CHECKPOINTS=kept.demonstration() / "checkpoints.jsonl"):
        return drawn_in_english(told)


def drawn_in_english(told):
    site, drawn = Inside(told), {}
    for one in pages(site):
        if one.who and not one.who.startswith("code:"):
            continue
        visitor = Client(raise_request_exception=False)
        visitor.cookies["language"] = "en"
        if one.who:
            code = site.code(one.who.removeprefix("code:"))
            visitor.post(reverse("portal:track"), {"key": secrets.token_urlsafe(16), "code": code})
        answer = visitor.get(one.address)
        assert answer.status_code == (404 if one.name == "missing" else 200), one.name
        drawn[one.name] = answer.content.decode()
    return drawn


def test_every_public_page_speaks_english(public):
    content = written() + ASKED
    assert len(public) > 40
    assert not [name for name, page in public.items() if '<html lang="en"' not in page]
    assert {name: left for name, page in public.items() if (left := left_in_chinese(page, content))} == {}


def test_what_people_wrote_is_marked_as_chinese_on_english_pages(public):
    assert {name: left for name, page in public.items() if (left := unmarked(page))} == {}
