"""What the holder of a code sees and does of what is kept of them."""

import io
import json
import secrets
import zipfile
from datetime import timedelta

import pytest

from shangliang import chores
from shangliang.base import clock
from shangliang.base.people import retention
from shangliang.base.people.models import Erasure, Look
from shangliang.base.people.personal import copies, privacy
from shangliang.flow.voices import actions, queries
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.tests.conftest import monday, story  # noqa: F401
from stories.pages import photo

CANARY = "别人家的井盖响了一夜"


def send(client, address, **said):
    return client.post(address, said | {"key": secrets.token_urlsafe(16)})


@pytest.fixture
def mine(client, story):  # noqa: F811
    """A voice with a phone, opened by its code in this browser."""
    voice = story.leave(words="村口的井盖响了一夜", phone="13812345678", place="村口", photos=[photo()])
    client.post("/track/", {"code": story.code})
    return voice


def test_who_looked_stands_there_by_office_and_reason(client, mine, world):
    actions.reveal_phone(mine.code, by=world.officer, reason="约时间去现场看")
    page = client.get("/track/data/").content.decode()
    assert "约时间去现场看" in page
    assert world.county.office in page
    assert "陈干事" not in page
    assert "13812345678" not in page
    assert "138 **** 5678" in page
    actions.reveal_phone(mine.code, by=world.convener, reason="给他回个电话")
    page = client.get("/track/data/").content.decode()
    assert world.studio.name in page
    assert "段委员" not in page


def test_thirty_an_hour_and_then_words(client, mine, story, world):  # noqa: F811
    other = story.leave(words="另一件事，也留了电话", phone="13700000000")
    client.force_login(world.accounts["officer"])
    for n in range(30):
        assert send(client, f"/desk/voices/{mine.code}/reveal/", reason=f"第 {n} 次").status_code == 302
    refused = send(client, f"/desk/voices/{other.code}/reveal/", reason="再看一个")
    assert refused.status_code == 429
    assert "歇一会儿" in refused.content.decode()
    assert Look.objects.count() == 30


def test_a_phone_goes_as_easily_as_it_came(client, mine):
    assert send(client, "/track/data/phone/", phone="不是号码").status_code == 422
    assert send(client, "/track/data/phone/", phone="13999999999").status_code == 303
    assert queries.rows().get(pk=mine.pk).phone == "13999999999"
    assert send(client, "/track/data/phone/", phone="").status_code == 422
    assert send(client, "/track/data/phone/", remove="1").status_code == 303
    assert queries.rows().get(pk=mine.pk).phone == ""


def test_another_codes_form_changes_nothing_here(client, mine):
    assert send(client, "/track/data/phone/", remove="1", voice="another").status_code == 403
    assert queries.rows().get(pk=mine.pk).phone == "13812345678"


def test_new_words_are_asked_for_again(client, mine, monkeypatch):
    assert mine.agreed == privacy.consent("leave").mark
    assert "我同意现在这一版" not in client.get("/track/data/").content.decode()
    newer = privacy.Consent("next", "", "换了的话", "other words")
    monkeypatch.setattr(privacy, "consent", lambda _name: newer)
    assert "我同意现在这一版" in client.get("/track/data/").content.decode()
    assert send(client, "/track/data/agree/").status_code == 303
    assert queries.rows().get(pk=mine.pk).agreed == newer.mark


def test_the_copy_holds_all_that_is_theirs_and_nothing_of_others(client, mine, story, world):  # noqa: F811
    story.leave(words=CANARY, phone="13700000000", place=CANARY, photos=[photo()])
    actions.take_up(mine.code, by=world.convener, seen=1)
    actions.say(mine.code, by=story.by(mine), seen=None, words="还在响", photos=[photo()])
    actions.reply(mine.code, by=world.convener, seen=None, words="明天就去")
    actions.reveal_phone(mine.code, by=world.officer, reason="约时间")
    answer = send(client, "/track/data/copy/")
    pack = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    told = json.loads(pack.read("data.json"))
    assert told["voices.Voice"][0]["words"] == "村口的井盖响了一夜"
    assert told["voices.Voice"][0]["phone"] == "13812345678"
    assert [row["words"] for row in told["voices.Line"]] == ["还在响"]
    assert told["people.Look"][0]["reason"] == "约时间"
    assert len([name for name in pack.namelist() if name.startswith("files/")]) == 2
    everything = b"".join(pack.read(name) for name in pack.namelist()).decode(errors="replace")
    assert CANARY not in everything
    assert "13700000000" not in everything


def test_the_seventh_copy_in_an_hour_is_refused(client, mine):
    assert [send(client, "/track/data/copy/").status_code for _ in range(7)] == [200] * 6 + [429]


def test_every_column_that_is_theirs_has_rows_in_the_copy(mine):
    """A model with columns of a copied class that no package gives rows of would be missing silently."""
    wanted = {
        label
        for label in privacy.declared()["columns"]
        # Pointers without words; minutes, helpers' names and photos are those of whoever held the activity.
        if privacy.copied(label)
        and label not in ("people.Erasure", "search.Entry", "activities.Activity", "activities.CoveredPhoto")
    }
    assert wanted == set(copies.of(mine.person))


def test_erased_by_the_page_after_a_look_at_what_goes(client, mine):
    page = client.get("/track/erase/").content.decode()
    assert "会删掉" in page
    assert "会留下" in page
    assert send(client, "/track/erase/").status_code == 422
    assert not Erasure.objects.exists()
    assert send(client, "/track/erase/", sure="on").status_code == 303
    assert Erasure.objects.get().person == mine.person
    assert client.get("/track/thread/").status_code == 302
    assert Voice.objects.get(pk=mine.pk).erased_on


def test_an_officer_erases_at_the_residents_wish(client, mine, world):
    client.force_login(world.accounts["officer"])
    assert "会删掉" in client.get(f"/desk/voices/{mine.code}/erase/").content.decode()
    assert send(client, f"/desk/voices/{mine.code}/erase/", sure="on").status_code == 422
    said = send(client, f"/desk/voices/{mine.code}/erase/", sure="on", way="written")
    assert said.status_code == 302
    assert Erasure.objects.get().way == "written"
    page = client.get(f"/desk/voices/{mine.code}/").content.decode()
    assert "已按本人要求删除" in page
    assert "井盖" not in page


def test_what_was_kept_long_enough_goes_in_the_night(story, world):  # noqa: F811
    closed, open_ = story.to("closed", phone="13812345678"), story.to("received", phone="13700000000")
    refused = story.to("refused", phone="13600000000")
    actions.reveal_phone(open_.code, by=world.officer, reason="约时间")
    assert set(retention.RULES) == set(privacy.declared()["retention"])
    with clock.at(clock.now() + timedelta(days=366)):
        assert {name: retention.overdue(name).count() for name in retention.RULES} == {
            "looks": 1,
            "bookings": 0,
            "rosters": 0,
            "phones": 2,
            "supports": 0,
            "reports": 0,
            "batches": 0,
            "phone_marks": 0,
            "settlings": 0,
            "subscriptions_unconfirmed": 0,
            "letters": 0,
            "letters_recorded": 0,
            "mailboxes": 0,
        }
        chores._night = None
        chores.nightly()
        assert not any(retention.overdue(name).exists() for name in retention.RULES)
    kept = {voice.pk: voice.phone for voice in queries.rows()}
    assert kept == {closed.pk: "", refused.pk: "", open_.pk: "13700000000"}  # it is still in hand
