"""What may be shown: looked over by the convener or an officer, kept back only for a listed reason."""

import re
from secrets import token_urlsafe

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prove.scene import thread_session
from shangliang.base.journal.models import Act
from shangliang.base.review.models import Review
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.queries import author_of
from stories import world_topics
from stories.pages import leave

WHY = {"reason": "personal", "detail": "「赵某某」三个字"}


@pytest.fixture
def voice(world):
    return leave(world.studio, "村医赵某某常不在，打电话也不接", public=True)


def at_the_thread(voice):
    """The author, who has entered the tracking code."""
    author = Client()
    author.cookies["sessionid"] = thread_session(voice)
    return author


def reviewed(voice):
    voice.refresh_from_db()
    return voice.review


@pytest.mark.parametrize("name", ["convener", "deputy", "officer"])
def test_shown(voice, at_desk, name):
    assert voice.code in at_desk(name).get("desk:review").text
    item = at_desk.get("desk:review_item", "voice", voice.code)
    assert "村医赵某某常不在" in item.text
    assert at_desk.post("desk:review_move", "voice", voice.code, "show").status_code == 302
    assert reviewed(voice) == Review.SHOWN
    assert voice.code not in at_desk.get("desk:review").text


def test_withheld_with_a_reason_and_shown_after_all(voice, at_desk):
    assert (
        at_desk("convener").post("desk:review_move", "voice", voice.code, "withhold", **WHY).status_code
        == 302
    )
    assert reviewed(voice) == Review.WITHHELD
    assert voice.state == "received"  # the matter goes on
    assert voice.code in at_desk("officer").get("desk:review", tab="voices_withheld").text
    assert "赵某某" in at_desk.get("desk:review_item", "voice", voice.code).text
    assert at_desk.post("desk:review_move", "voice", voice.code, "show", seen=2).status_code == 302
    assert reviewed(voice) == Review.SHOWN


@pytest.mark.parametrize("fault", [{"reason": ""}, {"reason": "criticism"}, {"detail": ""}])
def test_no_reason_beside_the_list_and_none_without_words(voice, at_desk, fault):
    page = at_desk("officer").post("desk:review_move", "voice", voice.code, "withhold", **WHY | fault)
    assert page.status_code == 422
    assert reviewed(voice) == Review.WAITING


def test_a_fault_is_no_success_in_the_pane_either(voice, at_desk):
    address = reverse("desk:review_move", args=["voice", voice.code, "withhold"])
    said = {"key": token_urlsafe(16), "seen": 1}
    page = at_desk("officer").client.post(address, said, headers={"HX-Request": "true"})
    assert page.status_code == 422
    assert "<!doctype" not in page.text.lower()


def test_a_stale_look_changes_nothing(voice, at_desk):
    at_desk("convener").post("desk:review_move", "voice", voice.code, "show")
    page = at_desk("officer").post("desk:review_move", "voice", voice.code, "withhold", **WHY)
    assert page.status_code == 409
    assert "赵某某" in page.text
    assert reviewed(voice) == Review.SHOWN


def test_not_for_others(voice, at_desk):
    acts = Act.objects.count()
    for name, status in {
        "member": 403, "leader": 403, "auditor": 403,
        "other_convener": 404, "neighbour_officer": 404, "city_officer": 404, "handler": 404, "member2": 404,
    }.items():  # fmt: skip
        for move in ("show", "withhold"):
            found = at_desk(name).post("desk:review_move", "voice", voice.code, move, **WHY)
            assert (name, move, found.status_code) == (name, move, status)
    for name in ("member", "leader", "handler"):
        assert at_desk(name).get("desk:review").status_code == 403
    assert at_desk("officer").post("desk:review_move", "voice", voice.code, "mend").status_code == 404
    assert at_desk("officer").get("desk:review_item", "picture", voice.code).status_code == 404
    assert Act.objects.count() == acts


def addresses(page):
    return re.findall(r'class="t" href="/desk/review/(?:voice|post)/(\w+)/', page.text)


def all_pages(at_desk, tab):
    """The codes on each page, following its own way on."""
    page, found = at_desk.get("desk:review", tab=tab), []
    while True:
        found.append(addresses(page))
        onward = re.search(r'class="more".*?href="([^"]+)"', page.text, re.DOTALL)
        if not onward:
            return found
        page = at_desk.client.get(onward[1].replace("&amp;", "&"))


def test_what_waits_goes_on_page_by_page_without_a_gap(world, at_desk):
    codes = [leave(world.studio, f"第 {n} 盏路灯不亮了，晚上看不清路", public=True).code for n in range(41)]
    topic = world_topics.opened(world)
    for n in range(21):
        consultations.leave_post(topic.code, by=world.member, words=f"第 {n} 句话，请看一看")
    assert all_pages(at_desk("officer"), "voices") == [codes[:20], codes[20:40], codes[40:]]
    assert [len(codes) for codes in all_pages(at_desk, "posts")] == [20, 1]
    beside = at_desk.get("desk:review_item", "voice", codes[40], after=Voice.objects.get(code=codes[39]).pk)
    (listed,) = at_desk.fetched(beside)
    assert addresses(listed) == codes[40:]
    assert 'aria-selected="true"' in listed.text
    assert addresses(at_desk.get("desk:review", after="9" * 30)) == codes[:20]


def test_the_way_on_holds_while_others_look_over_what_was_before(world, at_desk):
    codes = [leave(world.studio, f"第 {n} 盏路灯不亮了，晚上看不清路", public=True).code for n in range(21)]
    at_desk("officer").post("desk:review_move", "voice", codes[19], "show")
    last = Voice.objects.get(code=codes[19]).pk
    assert addresses(at_desk.get("desk:review", tab="voices", after=last)) == codes[20:]


def test_as_many_queries_at_fifty_as_at_one(world, at_desk):
    def asked():
        at_desk("officer").get("desk:review")
        with CaptureQueriesContext(connection) as seen:
            at_desk.get("desk:review", tab="voices")
            at_desk.get("desk:review", tab="posts")
        return len(seen)

    topic = world_topics.opened(world)
    few = None
    for number in (1, 49):
        for n in range(number):
            leave(world.studio, f"第 {number} 之 {n} 盏路灯不亮了，看不清路", public=True)
            consultations.leave_post(
                topic.code, by=world.member, words=f"第 {number} 之 {n} 句话", suggestions=("先修灯",)
            )
        few = few or asked()
    assert asked() == few


def test_names_are_covered_before_it_is_shown(voice, at_desk, client):
    at_desk("officer")
    wrong = at_desk.post("desk:review_move", "voice", voice.code, "show", cover="赵某")
    assert wrong.status_code == 302  # a part of the name stands there too
    voice.refresh_from_db()
    assert voice.wording == "村医██某常不在，打电话也不接"
    page = client.get(reverse("voices:voice", args=[voice.code])).text
    assert "██某" in page
    assert "公开前盖住了" in page
    assert "留言人自己改过" not in page
    assert "赵某" not in page
    assert voice.words == "村医赵某某常不在，打电话也不接"
    assert "赵某" not in client.get(reverse("portal:search"), {"q": "村医"}).text


def test_a_mistyped_name_is_told_and_nothing_is_shown(voice, at_desk):
    page = at_desk("officer").post("desk:review_move", "voice", voice.code, "show", cover="赵谋谋\n打电话")
    assert page.status_code == 422
    assert "「赵谋谋」" in page.text
    assert "打电话" in page.text
    assert reviewed(voice) == Review.WAITING


def test_a_suggestion_of_a_post_is_covered_too(world, at_desk, client):
    topic = world_topics.opened(world)
    post = consultations.leave_post(
        topic.code, by=world.member, words="找赵某某谈过", suggestions=["请赵某某来说清楚"]
    )
    at_desk("officer").post("desk:review_move", "post", post.code, "show", cover="赵某某")
    page = client.get(reverse("consultations:consultation", args=[topic.code])).text
    assert "请███来说清楚" in page
    assert "赵某某" not in page


def test_an_appeal_waits_for_somebody_else(voice, at_desk):
    at_desk("convener").post("desk:review_move", "voice", voice.code, "withhold", **WHY)
    voices.appeal(voice.code, by=author_of(voice), seen=2, words="这里没有谁的名字，只有姓")
    assert voice.code not in at_desk("convener").get("desk:review", tab="voices_appealed").text
    mine = at_desk.post("desk:review_move", "voice", voice.code, "uphold", seen=3)
    assert mine.status_code == 403
    first = at_desk("officer").get("desk:review")  # opens at what has a day
    assert voice.code in first.text
    item = at_desk.get("desk:review_item", "voice", voice.code)
    assert "这里没有谁的名字，只有姓" in item.text
    short = at_desk.post("desk:review_move", "voice", voice.code, "dismiss", seen=3, answer="不")
    assert short.status_code == 422
    done = at_desk.post(
        "desk:review_move", "voice", voice.code, "dismiss", seen=3, answer="姓和单位一起，认得出是谁"
    )
    assert done.status_code == 302
    assert reviewed(voice) == Review.WITHHELD
    page = at_the_thread(voice).get(reverse("portal:thread")).text
    assert "认得出是谁" in page
    assert "提申诉" not in page


def test_the_author_appeals_on_their_page_and_it_is_shown(voice, at_desk):
    at_desk("officer").post("desk:review_move", "voice", voice.code, "withhold", **WHY)
    author = at_the_thread(voice)
    assert "提申诉" in author.get(reverse("portal:thread")).text
    said = {"key": token_urlsafe(16), "seen": 2, "words": "他是公职，姓名本来就公开"}
    where = reverse("portal:thread_move", args=["appeal"])
    assert author.post(where, said | {"key": token_urlsafe(16), "words": ""}).status_code == 422
    assert author.post(where, said).status_code == 303
    assert "换一个人再看一遍" in author.get(reverse("portal:thread")).text
    at_desk("convener").post("desk:review_move", "voice", voice.code, "uphold", seen=3)
    assert reviewed(voice) == Review.SHOWN
    assert "赵某某" in author.get(reverse("voices:voice", args=[voice.code])).text
