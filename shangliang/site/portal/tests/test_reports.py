"""A reader says that something shown has a problem: it hides nothing, tells nobody who it
was, and is looked at."""

from datetime import timedelta

import pytest
from django.test import Client

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people import retention
from shangliang.base.people.actor import CLOCK, STRANGER
from shangliang.base.people.models import Try
from shangliang.base.review.models import Report
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.consultations.models import Post
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries
from stories import world_topics as told

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def voice(world):
    left, _code = voices.leave(
        world.studio, by=STRANGER, words="楼上半夜打麻将，谁管一管", form_key="k" * 22, public=True
    )
    return voices.show(left.code, by=world.officer, seen=1)


@pytest.fixture
def post(world):
    topic = told.opened(world)
    return told.said(world, topic, told.guest(topic), "我家三块田都踩了。")


def signed(world, name):
    browser = Client()
    browser.force_login(world.accounts[name])
    return browser


def send(client, kind, code, key="r" * 22, address="10.1.1.1", **said):
    said = {"key": key, "reason": "personal"} | said
    return client.post(f"/report/{kind}/{code}/", said, REMOTE_ADDR=address)


def states():
    return list(Report.objects.order_by("pk").values_list("state", flat=True))


def test_from_the_page_of_a_voice_to_the_desk_and_back(world, voice, client):
    assert f'href="/report/voice/{voice.code}/"' in client.get(f"/voices/{voice.code}/").text
    page = client.get(f"/report/voice/{voice.code}/").text
    assert "楼上半夜打麻将" in page
    assert "不同意见、批评、抱怨都不是问题" in page
    answer = send(client, "voice", voice.code, words="写了是哪一户")
    assert answer["Location"] == "/report/thanks/"
    assert "照样在" in client.get("/report/thanks/").text
    assert client.get(f"/voices/{voice.code}/").status_code == 200  # it hides nothing
    desk = signed(world, "convener")
    assert "楼上半夜打麻将" in desk.get("/desk/review/?tab=voices_reported").text
    item = desk.get(f"/desk/review/voice/{voice.code}/").text
    assert "写了是哪一户" in item
    assert "有别人的个人信息" in item
    settled = {"key": "s" * 22, "seen": str(voice.review_version), "known": "1"}
    assert desk.post(f"/desk/review/voice/{voice.code}/keep/", settled).status_code == 302
    assert states() == ["kept"]
    assert client.get(f"/voices/{voice.code}/").status_code == 200
    assert "楼上半夜打麻将" not in desk.get("/desk/review/?tab=voices_reported").text


def test_each_shown_post_has_its_link_and_withholding_settles_all_that_was_said(world, post, client):
    topic = post.consultation
    assert f'href="/report/post/{post.code}/"' in client.get(f"/consultations/{topic.code}/").text
    for n in range(3):
        assert send(Client(), "post", post.code, key=f"{n}" * 22, address=f"10.1.1.{n}").status_code == 302
    seen = Post.objects.get().review_version
    consultations.withhold_post(post.code, by=world.convener, seen=seen, reason="personal", detail="三块田")
    assert states() == ["acted"] * 3
    made = Act.objects.filter(name="report_acted")
    assert [act.facts for act in made] == [{"kind": "post", "reason": "personal"}] * 3


def test_nothing_of_the_reader_is_kept(world, voice):
    member = signed(world, "member")
    assert send(member, "voice", voice.code, address="10.9.8.7").status_code == 302
    act = Act.objects.get(name="report_made")
    assert act.by == "stranger"
    assert act.facts == {"kind": "voice", "reason": "personal"}
    assert world.member.key not in repr(Report.objects.values().get())
    assert not Try.objects.filter(who__contains="10.9.8.7").exists()


def test_one_a_day_of_a_thing_and_ten_an_hour_from_an_address(world, voice, post, client):
    assert send(client, "voice", voice.code).status_code == 302
    assert send(client, "voice", voice.code).status_code == 302  # the same form again: the first answer
    assert send(client, "voice", voice.code, key="x" * 22).status_code == 429
    assert send(client, "post", post.code, key="y" * 22).status_code == 302
    assert len(states()) == 2
    for n in range(6):
        send(client, "voice", voice.code, key=f"{n}z" * 11)
    answer = send(client, "post", post.code, key="w" * 22)
    assert "一个钟头里" in answer.text
    assert send(client, "voice", voice.code, key="v" * 22, address="10.2.2.2").status_code == 302


def test_a_fault_costs_nothing(world, voice, client):
    assert send(client, "voice", voice.code, reason="dissent").status_code == 422
    assert send(client, "voice", voice.code, words="长" * 201).status_code == 422
    assert Report.objects.count() == 0
    assert send(client, "voice", voice.code).status_code == 302


def test_many_do_nothing_more_than_one(world, voice, client):
    for _n in range(30):
        voices.report(voice.code, by=STRANGER, reason="abuse")
    assert client.get(f"/voices/{voice.code}/").status_code == 200
    assert queries.get_shown(voice.code).review == "shown"
    assert list(queries.reported(world.officer)) == [voice]  # one line of the list


def test_who_decides_has_read_all_of_them(world, voice):
    voices.report(voice.code, by=STRANGER, reason="abuse")
    voices.report(voice.code, by=STRANGER, reason="law")
    with pytest.raises(NotNow):
        voices.keep_shown(voice.code, by=world.officer, seen=voice.review_version, known=1)
    assert states() == ["open", "open"]
    voices.keep_shown(voice.code, by=world.officer, seen=voice.review_version, known=2)
    with pytest.raises(NotNow):
        voices.keep_shown(voice.code, by=world.convener, seen=voice.review_version, known=2)


def test_nobody_looks_at_what_is_said_of_their_own_words(world):
    topic = told.opened(world)
    own = told.said(world, topic, world.convener, "我是召集人，我也说一句。")
    consultations.report_post(own.code, by=STRANGER, reason="advert")
    with pytest.raises(NotYours):
        consultations.keep_post(own.code, by=world.convener, seen=own.review_version, known=1)
    desk = signed(world, "convener")
    assert "广告、刷屏" not in desk.get(f"/desk/review/post/{own.code}/").text.split('name="reason"')[0]
    consultations.keep_post(own.code, by=world.officer, seen=own.review_version, known=1)


@pytest.mark.parametrize("how", ["private", "withdrawn", "erased", "mended"])
def test_what_its_author_takes_back_or_mends_is_looked_at_no_more(world, voice, how):
    voices.report(voice.code, by=STRANGER, reason="personal", words="写了是谁家")
    author = queries.author_of(voice)
    if how == "private":
        voices.make_private(voice.code, by=author, seen=voice.review_version)
    elif how == "withdrawn":
        voices.withdraw(voice.code, by=author, seen=voice.version)
    elif how == "mended":
        voices.mend(voice.code, by=author, seen=voice.review_version, words="楼上夜里很吵")
    else:
        people.erase(voice.person, way="code", by=CLOCK)
        assert bytes(Report.objects.values_list("words", flat=True).get()) == b""
    assert states() == ["lapsed"]
    assert Act.objects.get(name="report_lapsed").by == "clock"


@pytest.mark.parametrize("kind", ["voice", "post", "studio"])
def test_what_is_not_shown_can_be_neither_seen_nor_reported_here(world, kind, client):
    hidden, _code = voices.leave(
        world.studio, by=STRANGER, words="不给大家看的话", form_key="h" * 22, public=False
    )
    waiting = consultations.leave_post(told.opened(world).code, by=world.member, words="还没看过的话")
    code = {"voice": hidden.code, "post": waiting.code, "studio": world.studio.code}[kind]
    assert client.get(f"/report/{kind}/{code}/").status_code == 404
    assert send(client, kind, code).status_code == 404


def test_the_words_go_ninety_days_after_they_were_read(world, voice, monkeypatch):
    voices.report(voice.code, by=STRANGER, reason="personal", words="写了是谁家")
    assert bool(retention.overdue("reports").count()) is False
    voices.keep_shown(voice.code, by=world.officer, seen=voice.review_version, known=1)
    retention.clear()
    assert Report.objects.get().words == "写了是谁家"
    later = clock.now() + timedelta(days=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    retention.clear()
    assert Report.objects.get().words == ""
    assert Report.objects.get().reason == "personal"


def test_the_desks_list_costs_the_same_for_one_and_for_many(world, voice):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk = signed(world, "officer")

    def cost():
        desk.get("/desk/review/?tab=voices_reported")
        with CaptureQueriesContext(connection) as said:
            assert desk.get("/desk/review/?tab=voices_reported").status_code == 200
        return len(said)

    voices.report(voice.code, by=STRANGER, reason="abuse")
    one = cost()
    for n in range(12):
        left, _code = voices.leave(
            world.studio, by=STRANGER, words=f"第 {n} 家也吵", form_key=f"{n:022}", public=True
        )
        voices.show(left.code, by=world.officer, seen=1)
        voices.report(left.code, by=STRANGER, reason="abuse")
    assert cost() == one
