"""Every page says what it is for, what one does there and what comes next; the first day of each role."""

import re

import pytest
from django.conf import settings
from django.template import engines
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, trans_real

from shangliang.base.journal.acts import declared
from shangliang.base.ui import help as helping
from shangliang.base.ui.help.public import PUBLIC
from shangliang.base.ui.help.staff import STAFF
from shangliang.flow.voices import actions as voices
from shangliang.site.console.words import compile_words
from shangliang.site.guide.steps import BY_KEY, GUIDES, every_act

from .english import HAN
from .pages import Signed, leave
from .who_may.addresses import routes

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
BLOCK = re.compile(r'<details class="help.*?</details>', re.DOTALL)


# ── Help ──
def test_every_address_has_its_help_or_says_why_it_draws_no_page():
    drawn = {name for name in routes() if helping.named(name)}
    assert set(routes()) - drawn == set(helping.NO_PAGE)
    every = set(routes())
    assert not {*PUBLIC, *STAFF, *helping.SAME} - every, "help of a page that is gone"
    assert not PUBLIC.keys() & STAFF.keys()
    assert set(helping.SAME.values()) <= {*PUBLIC, *STAFF}


def test_help_is_short_and_blames_nobody():
    for name, said in {**PUBLIC, **STAFF}.items():
        whole = "".join(said)
        assert 12 <= len(whole) <= 130, (name, len(whole))
        assert said.what.endswith(("。", "？")), name
        assert said.do.endswith(("。", "？")), name
        assert not set("！!") & set(whole), name


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("", "portal:home"), ("", "rulebook:list"), ("", "voices:door"), ("", "account_login"),
        ("officer", "desk:queue"), ("handler", "departments:list"), ("leader", "leaders:home"),
        ("member", "workbench:today"), ("member", "guide:index"),
    ],
)  # fmt: skip
def test_a_page_ends_with_its_help(world, client, who, name):
    if who:
        client.force_login(world.accounts[who])
    args = [world.studio.code] if name == "voices:door" else []
    page = client.get(reverse(name, args=args)).text
    [block] = BLOCK.findall(page)
    assert helping.named(name).what in block
    assert helping.named(name).do in block
    assert len(block.encode()) < 900
    assert "open" not in block.split(">", 1)[0]


def test_whom_to_call_is_the_hosts_number_where_it_is_known(client, world, settings):
    assert "弄不明白，问政协办公室" in client.get(reverse("portal:about")).text
    settings.HOST_PHONE = "0900-000 0001"
    assert 'href="tel:0900-0000001"' in BLOCK.findall(client.get(reverse("portal:privacy")).text)[0]


def test_a_refusal_offers_no_help_of_the_page_that_was_refused(client, world):
    client.force_login(world.accounts["member"])
    assert not BLOCK.findall(client.get(reverse("desk:people")).text)


def test_help_in_english_is_english(client, world):
    if compile_words(settings.LOCALE_PATHS):
        trans_real._translations.clear()
    client.cookies["language"] = "en"
    block = BLOCK.findall(client.get(reverse("portal:track")).text)[0]
    assert "How this page works" in block
    with translation.override("en"):
        said = {name: [gettext(words) for words in entry if words] for name, entry in PUBLIC.items()}
    assert {name: lines for name, lines in said.items() if HAN.search("".join(lines))} == {}


# ── The first day ──
def test_each_guide_has_five_to_seven_steps_on_pages_that_its_role_can_open(world, client):
    assert set(BY_KEY) == {"officer", "convener", "member", "handler", "leader", "auditor", "operator"}
    assert every_act() <= set(declared())
    for guide in GUIDES:
        assert 5 <= len(guide.steps) <= 7, guide.key
        client.force_login(world.accounts[guide.key])
        page = client.get(reverse("guide:role", args=[guide.key])).text
        for step in guide.steps:
            assert reverse(step.page) in page
            assert client.get(reverse(step.page)).status_code == 200, (guide.key, step.page)


def test_ticks_are_ones_own_acts_and_nobody_elses(world, client):
    person = Signed(client, world)
    voice = leave(world.studio)
    voices.take_up(voice.code, by=world.officer, seen=voice.version)
    assert person("officer").get("guide:index").text.count("做过了") == 1
    assert person("deputy").get("guide:role", "officer").text.count("做过了") == 0
    assert person("deputy").get("guide:index").text.count("<small>做过了") == 0


def test_the_guide_is_offered_on_the_first_page_until_it_is_put_away(world, client):
    person, offer = Signed(client, world)("officer"), "照着走几步"
    assert offer in person.get("desk:queue").text
    assert offer not in person.get("desk:people").text
    assert client.post(reverse("guide:away"), {"away": "1"}).status_code == 302
    assert offer not in person.get("desk:queue").text
    assert "首页上再提醒我" in person.get("guide:index").text
    client.post(reverse("guide:away"), {"away": "0"})
    assert offer in person.get("desk:queue").text
    assert person.get("guide:role", "mayor").status_code == 404


def test_the_practice_room_is_told_where_there_is_one(world, client, settings):
    person = Signed(client, world)("member")
    assert "去练习室" not in person.get("guide:index").text
    settings.PRACTICE_ADDRESS = "https://practice.example"
    assert 'href="https://practice.example"' in person.get("guide:index").text


def test_every_page_of_a_practice_room_says_that_it_is_one(world, client, monkeypatch):
    house = engines["jinja2"].env
    monkeypatch.setitem(house.globals, "practice", True)
    house.cache.clear()
    try:
        for who, name in (("", "portal:home"), ("officer", "desk:queue"), ("officer", "guide:index")):
            if who:
                client.force_login(world.accounts[who])
            assert 'class="sample practice"' in client.get(reverse(name)).text, name
    finally:
        house.cache.clear()
