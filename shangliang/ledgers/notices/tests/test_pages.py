"""The list, the settings, what did not arrive, and what is new to an author."""

import secrets

import pytest
from django.urls import reverse

from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import tracking
from shangliang.ledgers.notices import actions, channels
from shangliang.ledgers.notices.channels import NotTaken, Refused
from shangliang.ledgers.notices.models import Mailbox, Wish
from shangliang.ledgers.notices.table import KINDS

from .conftest import later

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def send(client, where, **said):
    return client.post(where, {"key": secrets.token_urlsafe(16), **said})


def test_the_bell_counts_and_is_quiet_once_read(client, world, morning, leave):
    client.force_login(world.accounts["convener"])
    leave()
    leave("路灯不亮，三天了")
    assert "通知<b>2</b>" in client.get(reverse("desk:queue")).text
    page = client.get("/notices/").text
    assert page.count("收到一条留言") == 2
    upto = page.split('name="upto" value="')[1].split('"')[0]
    assert send(client, "/notices/read/", upto=upto).status_code == 303
    assert "通知<b>" not in client.get(reverse("desk:queue")).text
    leave("又一件：桥上有洞")
    assert "通知<b>1</b>" in client.get(reverse("desk:queue")).text


def test_what_is_sent_is_chosen_by_kind(client, world):
    client.force_login(world.accounts["convener"])
    assert "通知设置" in client.get("/notices/settings/").text
    said = {f"how_{kind}": "daily" if kind in ("new", "late") else "never" for kind in KINDS}
    assert send(client, "/notices/settings/", wechat="zhang.wei", **said).status_code == 303
    wish = Wish.objects.get()
    assert wish.how["new"] == "daily"
    assert wish.how["step"] == "never"
    assert send(client, "/notices/settings/", how_new="hourly").status_code == 422


def test_what_did_not_arrive_is_shown_masked(client, world, morning, wants, leave, monkeypatch):
    def refused(self, parcel):
        raise Refused("recipient")

    monkeypatch.setattr(channels.Mail, "send", refused)
    wants("convener")
    leave()
    actions.deliver()
    for name, there in (("officer", True), ("operator", True), ("neighbour_officer", False)):
        client.force_login(world.accounts[name])
        page = client.get("/notices/outbox/").text
        assert ("c***@e***.org" in page) is there, name
        assert "convener@example.org" not in page
    client.force_login(world.accounts["convener"])
    assert client.get("/notices/outbox/").status_code == 403


def test_the_operator_sees_samples_without_the_number_or_the_words(client, world, morning, leave):
    voice, _author = leave(phone="13812345678")
    voices.refuse(
        voice.code, by=world.officer, seen=voice.version, why="elsewhere", words="归市里管", owner="市水务局",
        contact="000-0000100",
    )  # fmt: skip
    actions.deliver()
    client.force_login(world.accounts["operator"])
    page = client.get("/notices/outbox/?all=1").text
    assert "138 **** 5678" in page
    assert "13812345678" not in page
    assert "井盖" not in page


@pytest.mark.parametrize("number", [1, 50])
def test_the_outbox_costs_the_same_at_1_and_at_50(
    client, world, morning, wants, leave, number, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(channels.Mail, "send", lambda self, parcel: (_ for _ in ()).throw(Refused("x")))
    wants("convener")
    for n in range(number):
        leave(f"第 {n} 件：路灯不亮")
        actions.deliver()
    client.force_login(world.accounts["officer"])
    with django_assert_max_num_queries(7):
        assert client.get("/notices/outbox/").text.count("c***@e***.org") == number


def opened(client, code):
    assert send(client, "/track/", code=code).status_code == 303
    return client.get("/track/thread/").text


def test_an_author_sees_what_is_new_since_they_last_looked(client, world, morning):
    key = secrets.token_urlsafe(16)
    voice, code = voices.leave(
        world.studio, by=world.officer.__class__(key="x", kind="stranger"), words="井盖响了一夜", form_key=key
    )
    assert tracking.is_plausible(code)
    assert "上次看过以后" not in opened(client, code), "the first time nothing is new"
    assert "上次看过以后" not in opened(client, code), "nothing happened"
    with later(minutes=1):
        voices.take_up(voice.code, by=world.officer, seen=voice.version)
    assert "上次看过以后，有 1 件新进展" in opened(client, code)
    assert "上次看过以后" not in opened(client, code)


def test_an_author_leaves_an_address_and_takes_it_back(client, world, morning, leave):
    key = secrets.token_urlsafe(16)
    stranger = world.officer.__class__(key="x", kind="stranger")
    _voice, code = voices.leave(world.studio, by=stranger, words="井盖响了一夜", form_key=key)
    opened(client, code)
    said = send(client, "/track/data/mail/", email="wang@example.org", how="daily")
    assert said.status_code == 303
    assert "等您到邮箱里确认" in client.get("/track/data/").text
    assert send(client, "/track/data/mail/", email="nothing", how="daily").status_code == 422
    assert Mailbox.objects.get().email == "wang@example.org"
    assert send(client, "/track/data/mail/", remove="1").status_code == 303
    assert not Mailbox.objects.exists()


def test_mail_servers_faults_tell_what_may_be_tried_again(monkeypatch):
    import smtplib

    faults = {
        smtplib.SMTPServerDisconnected(): NotTaken,
        smtplib.SMTPRecipientsRefused({"a": (450, b"later")}): NotTaken,
        smtplib.SMTPRecipientsRefused({"a": (550, b"no")}): Refused,
        TimeoutError(): NotTaken,
    }
    for fault, wanted in faults.items():
        monkeypatch.setattr(
            "django.core.mail.EmailMultiAlternatives.send",
            lambda self, fault=fault: (_ for _ in ()).throw(fault),
        )
        with pytest.raises(wanted):
            channels.Mail().send(channels.Parcel(None, "a@example.org", "s", "t"))
