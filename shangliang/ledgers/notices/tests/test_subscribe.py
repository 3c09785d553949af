"""To be told of public things without an account: confirmed from the mail, ended in one step."""

import re
import secrets
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from shangliang.base.people import retention
from shangliang.base.people.models import PersonKey
from shangliang.flow.voices import actions as voices
from shangliang.ledgers.notices import actions
from shangliang.ledgers.notices.models import Subscriber, Subscription, Telling
from stories import world_topics

from .conftest import later

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def send(client, where, **said):
    return client.post(where, {"key": secrets.token_urlsafe(16), **said})


def ask(client, **said):
    return send(client, "/subscribe/", **{"word": "井盖", "email": "a@example.org", "how": "daily", **said})


def link(kind):
    found = re.findall(rf"http\S+/subscribe/{kind}/\S+/", mail.outbox[-1].body)
    return urlsplit(found[0]).path


def test_asked_confirmed_told_and_stopped(client, world, morning, shown):
    assert ask(client, how="at_once").status_code == 303
    actions.deliver()
    where = link("confirm")
    mail.outbox.clear()
    page = client.get(where)
    assert page.status_code == 200
    assert Subscription.objects.get().confirmed_at is None, "a look confirms nothing"
    voice, _author = shown()
    actions.deliver()
    assert not mail.outbox, "nothing before it is confirmed"
    assert send(client, where).status_code == 303
    assert send(client, where).status_code == 303, "pressed again it says the same"
    voices.answer(
        voices.take_up(voice.code, by=world.officer, seen=voice.version).code,
        by=world.officer, seen=voice.version + 1, words="换好了。",
    )  # fmt: skip
    shown("桥头的井盖也响")
    actions.deliver()
    [one] = mail.outbox
    assert one.to == ["a@example.org"]
    assert "桥头的井盖也响" in one.body
    off = one.extra_headers["List-Unsubscribe"].strip("<>")
    assert urlsplit(off).path == link("off")
    assert client.get(urlsplit(off).path).status_code == 200
    assert Subscriber.objects.exists(), "a look stops nothing"
    # A mailbox's own program: no page, no cookie, no token of a form.
    robot = Client(enforce_csrf_checks=True)
    said = robot.post(urlsplit(off).path, {"List-Unsubscribe": "One-Click"})
    assert said.status_code == 200
    assert not Subscriber.objects.exists()
    assert robot.post(urlsplit(off).path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    mail.outbox.clear()
    shown("又一个井盖响")
    actions.deliver()
    assert not mail.outbox


def test_whether_an_address_is_known_is_told_to_nobody(client, morning, subscribed):
    subscribed(email="known@example.org")
    answers = [ask(client, email=f"{name}@example.org") for name in ("known", "unknown")]
    assert len({(one.status_code, one["Location"]) for one in answers}) == 1
    pages = [re.sub(r'value="[^"]+"', "", client.get(one["Location"]).text) for one in answers]
    assert pages[0] == pages[1]


def test_nobodys_mailbox_is_filled(client, morning):
    for n in range(9):
        assert ask(client, word=f"井盖{n}号").status_code == 303
        actions.deliver()
    assert len(mail.outbox) == 5, "five a day, though every asking was answered alike"


def test_many_askings_from_one_place_are_refused(client):
    said = [ask(client, email=f"n{n}@example.org").status_code for n in range(21)]
    assert said == [303] * 20 + [429]


@pytest.mark.parametrize("wrong", [{"email": "nothing"}, {"word": "井"}, {"how": "never"}, {"email": ""}])
def test_what_is_written_wrong_comes_back(client, wrong):
    assert ask(client, **wrong).status_code == 422
    assert not Subscriber.objects.exists()


def test_a_link_that_is_too_old_or_cut_confirms_nothing(client, morning):
    ask(client)
    actions.deliver()
    where = link("confirm")
    assert client.get(where[:-4] + "/").status_code == 404
    with later(hours=49):
        import time

        class Past:
            time = staticmethod(lambda: time.time() + 49 * 3600)

        from django.core import signing

        plain, signing.time = signing.time, Past
        try:
            assert client.get(where).status_code == 404
            assert send(client, where).status_code == 404
        finally:
            signing.time = plain
    assert Subscription.objects.get().confirmed_at is None


def test_what_nobody_confirmed_goes_after_two_days_with_its_key(
    client, morning, django_capture_on_commit_callbacks
):
    ask(client)
    person = Subscriber.objects.get().person
    assert PersonKey.objects.filter(person=person).exists()
    with later(hours=47):
        retention.clear()
        assert Subscriber.objects.exists()
    with later(hours=49), django_capture_on_commit_callbacks(execute=True):
        retention.clear()
    assert not Subscriber.objects.exists()
    assert not PersonKey.objects.filter(person=person).exists()


def test_the_address_lies_sealed(client, morning):
    ask(client, email="secret@example.org")
    row = Subscriber.objects.values().get()
    assert "secret" not in str(row)
    assert Subscriber.objects.get().email == "secret@example.org"


def test_a_list_of_ones_own_one_by_one_or_all_at_once(client, morning, shown, subscribed):
    subscribed(what="井盖")
    subscribed(what="路灯")
    shown()
    actions.deliver()
    where = link("mine")
    page = client.get(where).text
    assert "有「井盖」的" in page
    assert "有「路灯」的" in page
    code = Subscription.objects.get(what="路灯").code
    assert send(client, where, code=code).status_code == 303
    assert [one.what for one in Subscription.objects.all()] == ["井盖"]
    assert send(client, where, how="weekly").status_code == 303
    assert Subscriber.objects.get().how == "weekly"
    assert send(client, where, all="1").status_code == 303
    assert not Subscriber.objects.exists()
    assert client.get(where).status_code == 404


def test_nobody_opens_the_list_of_another(client, morning, subscribed):
    subscribed()
    assert client.get("/subscribe/mine/abc.def/").status_code == 404
    assert client.post("/subscribe/off/abc.def/").status_code == 404


def test_a_place_a_studio_and_one_thread(client, world, morning, shown, subscribed):
    voice, _author = shown("路灯不亮，三天了")
    subscribed("place@example.org", "place", "990000")
    subscribed("studio@example.org", "studio", world.studio.code)
    subscribed("thread@example.org", "thread", voice.subject)
    subscribed("elsewhere@example.org", "place", "990102")
    voice = voices.take_up(voice.code, by=world.officer, seen=voice.version)
    voices.answer(voice.code, by=world.officer, seen=voice.version, words="灯泡换好了。")
    actions.deliver()
    assert sorted(one.to[0] for one in mail.outbox) == [
        "place@example.org", "studio@example.org", "thread@example.org",
    ]  # fmt: skip


def test_a_consultation_can_be_followed_by_whoever_has_no_code(client, world, morning, subscribed):
    topic = world_topics.opened(world)
    subscribed("guest@example.org", "thread", topic.subject)
    world_topics.said(world, topic, world.member, "先登记，再谈补多少。", "登记受损田块")
    world_topics.sent(world, topic)
    actions.deliver()
    [one] = mail.outbox
    assert "建议送出去了" in one.body


def test_what_is_not_public_can_not_be_subscribed_to(client, world, leave):
    voice, _author = leave()
    assert client.get(f"/subscribe/?thread={voice.subject}").status_code == 404
    assert ask(client, thread=voice.subject).status_code == 404
    assert client.get("/subscribe/?place=999999").status_code == 404


def test_a_private_voice_is_told_to_no_subscriber(world, morning, leave, subscribed):
    subscribed("place@example.org", "place", "990101")
    voice, _author = leave()
    voice = voices.take_up(voice.code, by=world.officer, seen=voice.version)
    voices.answer(voice.code, by=world.officer, seen=voice.version, words="明天去换。")
    actions.deliver()
    assert not mail.outbox
    assert not Telling.objects.exists()


def test_a_digest_has_twenty_lines_and_a_link_to_the_rest(world, morning, shown, subscribed):
    subscribed()
    for n in range(23):
        shown(f"第 {n:02} 号井盖响了一夜")
    actions.deliver()
    [one] = mail.outbox
    assert one.body.count("号井盖响了一夜") == 20
    assert "还有 3 件" in one.body
    assert "第 22 号" in one.body, "the newest first"
    assert "第 00 号" not in one.body


def test_a_word_is_found_as_the_search_finds_it(world, morning, shown, subscribed):
    subscribed(what="井蓋")  # written the old way
    shown()
    actions.deliver()
    assert len(mail.outbox) == 1


def test_the_mail_speaks_the_readers_language(client, world, morning, shown):
    client.cookies["language"] = "en"
    ask(client, how="at_once")
    actions.deliver()
    assert "please confirm" in mail.outbox[-1].subject
    send(client, link("confirm"))
    shown()
    actions.deliver()
    assert "stop" in mail.outbox[-1].body.lower()
    assert "<img" not in mail.outbox[-1].alternatives[0][0]


def test_who_supports_a_voice_is_offered_its_news_in_one_step(client, world, morning, shown):
    """Without a script: the form on the page itself goes to the subscription, which asks the mailbox."""
    voice, _author = shown()
    where = f"/voices/{voice.code}/"
    assert 'action="/subscribe/"' not in client.get(where).text
    assert send(client, f"{where}support/").status_code == 303
    form = re.search(r'<form[^>]*action="/subscribe/".*?</form>', client.get(where).text, re.DOTALL)[0]
    assert "不填也算附议" in form
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert client.post("/subscribe/", hidden | {"email": ""}).status_code == 422, "nothing to send it to"
    assert client.post("/subscribe/", hidden | {"email": "support@example.org"}).status_code == 303
    actions.deliver()
    assert Subscription.objects.get().confirmed_at is None
    assert send(client, link("confirm")).status_code == 303
    mail.outbox.clear()
    voice = voices.take_up(voice.code, by=world.officer, seen=voice.version)
    voices.answer(voice.code, by=world.officer, seen=voice.version, words="井盖换好了。")
    actions.deliver()
    assert [one.to for one in mail.outbox] == [["support@example.org"]]
    assert 'action="/subscribe/"' not in Client().get(where).text, "nobody else is drawn that page"
