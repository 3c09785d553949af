"""English is complete where residents and visitors read: the catalogue, its placeholders, the pages."""

import re
import secrets
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from shangliang.base.ui import views as refusals
from shangliang.site.console.words import compile_words

from .english import HAN, speaks_english, written
from .who_may import things
from .world_topics import author

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ROOT = Path(settings.ROOT)
PUBLIC = ("shangliang/base/", "shangliang/flow/", "shangliang/ledgers/figures/",
          "shangliang/ledgers/notices/", "shangliang/ledgers/points/apps.py",
          "shangliang/ledgers/points/forms.py", "shangliang/ledgers/points/views.py",
          "shangliang/ledgers/points/jinja2/", "shangliang/site/portal/")  # fmt: skip
STAFF = ("shangliang/flow/voices/office/", "shangliang/flow/voices/jinja2/voices/office/")
GALLERY = ("shangliang/base/ui/gallery.py", "shangliang/base/ui/jinja2/ui/gallery.html")
PLACES = re.compile(r"%%|%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """What `make words` would extract now, with where each message stands."""
    [line] = [
        row for row in (ROOT / "Makefile").read_text("utf-8").splitlines() if "pybabel -q extract" in row
    ]
    words = [word for word in shlex.split(line.strip().lstrip("@")) if word != "--no-location"]
    pot = tmp_path_factory.mktemp("words") / "now.pot"
    words[0], words[words.index("-o") + 1] = str(Path(sys.executable).parent / "pybabel"), str(pot)
    subprocess.run(words, cwd=ROOT, check=True)
    return read(pot)


@pytest.fixture(scope="module")
def english():
    return read(ROOT / "locale/en/LC_MESSAGES/django.po", "en")


@pytest.fixture(autouse=True, scope="module")
def _compiled():
    if compile_words(settings.LOCALE_PATHS):
        trans_real._translations.clear()


def read(path, locale=None):
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def forms(words):
    return words if isinstance(words, tuple | list) else (words,)


def test_the_catalogue_is_in_step_with_the_sources(extracted, english):
    def ids(catalogue):
        return {(m.context, m.id) for m in catalogue if m.id}

    now, pot = ids(extracted), ids(read(ROOT / "locale/django.pot"))
    assert now == pot, f"make words: {sorted(map(str, now ^ pot))[:9]}"
    assert now == ids(english)


def test_every_word_that_is_read_in_public_is_in_english(extracted, english):
    def public(message):
        places = [place for place, _line in message.locations]
        return any(p.startswith(PUBLIC) and not p.startswith(STAFF + GALLERY) for p in places)

    missing = [
        message.id
        for message in extracted
        if message.id and public(message) and not all(forms(english.get(message.id, message.context).string))
    ]
    assert not missing


def test_english_keeps_every_placeholder(english):
    wrong = []
    for message in english:
        said = forms(message.string)
        if message.id and any(said):
            asked = Counter(PLACES.findall(forms(message.id)[-1]))
            wrong += [message.id] if Counter(PLACES.findall(said[-1])) != asked else []
            wrong += [message.id] if Counter(PLACES.findall(said[0])) - asked else []
            wrong += [message.id] if any(HAN.search(words) for words in said) else []
    assert not wrong


# ── The pages ──
@pytest.fixture
def visitor():
    browser = Client(raise_request_exception=False)
    browser.cookies["language"] = "en"
    return browser


def test_pages_in_more_states_than_the_demonstration_shows_speak_english(world, visitor):
    world.voice, other = things.voice(world, "in_consultation"), things.voice(world, "received")
    world.author, world.author_other = author(world.voice), author(other)
    shown = things.voice(world, "answered by department", "shown", public_words="The lamp is dark.")
    sent = things.topic(world, "sent")
    things.recommendation(world, "done", sent)
    things.total(world)
    pages = [
        *(reverse(f"portal:{name}") for name in ("home", "studios", "about", "privacy", "accessibility")),
        reverse("portal:overdue"),
        *(reverse(name) for name in ("portal:search", "portal:track", "consultations:list", "results:list")),
        reverse("portal:studios") + "?place=lamp", reverse("portal:studios") + "?under=990101",
        reverse("portal:search") + "?q=lamp", reverse("consultations:list") + "?later=1",
        reverse("portal:studio", args=[world.studio.code]), reverse("voices:door", args=[world.studio.code]),
        reverse("voices:receipt"), reverse("voices:voice", args=[shown.code]), reverse("figures:index"),
        reverse("consultations:consultation", args=[things.topic(world, "open").code]),
        reverse("consultations:consultation", args=[sent.code]),
        reverse("results:result", args=[things.result(world, "published").code]),
        reverse("figures:committee", args=["990101"]), reverse("figures:committee", args=["990000"]),
        reverse("figures:metric", args=["990101", "voices_received"]),
        reverse("notices:subscribe") + "?word=lamp", reverse("notices:sent"),
        reverse("notices:subscribe") + f"?studio={world.studio.code}",
        reverse("account_login"), reverse("account_reset_password"),
    ]  # fmt: skip
    content = written()
    for page in pages:
        assert speaks_english(visitor.get(page), content), page


def test_a_word_is_left_and_followed_in_english(world, visitor):
    def send(address, **fields):
        return visitor.post(address, {"key": secrets.token_urlsafe(16), **fields})

    door = reverse("voices:door", args=[world.studio.code])
    page = speaks_english(send(door, words="", phone="12"), written(), 422)
    assert "a few words will do" in page
    words = "The lamp in the lane has been dark for three months"
    assert send(door, words=words, audience="public").status_code in (302, 303)
    receipt = speaks_english(visitor.get(reverse("voices:receipt")), written())
    [code] = re.findall('data-code="([^"]+)"', receipt)
    wrong = speaks_english(send(reverse("portal:track"), code="123"), written(), 422)
    assert "you typed 3" in wrong
    assert send(reverse("portal:track"), code=code).status_code == 303
    thread = speaks_english(visitor.get(reverse("portal:thread")), written())
    assert words in thread
    assert "First we decide whether to take it up" in thread
    again = send(reverse("portal:thread_move", args=["judge"]), verdict="solved", seen="0")
    speaks_english(again, written(), again.status_code)
    assert again.status_code in (403, 409)


@pytest.mark.parametrize("status", [403, 404, 409, 422, 429, 500, 503])
def test_every_refusal_speaks_english(status, world):
    request = RequestFactory().get("/nowhere/")
    request.user, request._messages = world.accounts["member"], []
    with translation.override("en"):
        answer = refusals.broken(request) if status == 500 else refusals.refuse(request, status)
    speaks_english(answer, written(), status)


def test_the_switch_leads_there_and_back(client, world):
    home = reverse("portal:home")
    assert 'lang="zh-Hans"' in client.get(home).text
    client.post(reverse("portal:language"), {"language": "en", "next": home})
    assert "Find a studio" in client.get(home).text
    client.post(reverse("portal:language"), {"language": "zh-hans", "next": home})
    assert "找工作室" in client.get(home).text
