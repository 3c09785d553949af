"""Residents support a public voice: once a browser, taken back at will, and nobody knows who it was."""

import re
import secrets
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people import retention
from shangliang.base.people.actor import STRANGER
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import Support, Voice
from shangliang.flow.voices.queries import tied

from .conftest import Story

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def story(world):
    return Story(world)


@pytest.fixture
def shown(story):
    voice = story.to("taken_up", public=True)
    return actions.show(voice.code, by=story.world.officer, seen=1)


def press(browser, voice, move="support", key=None):
    form = {"key": key or secrets.token_urlsafe(16)}
    return browser.post(reverse("voices:voice_move", args=[voice.code, move]), form)


def page(browser, voice):
    return browser.get(reverse("voices:voice", args=[voice.code])).text


def test_two_browsers_support_it_and_one_takes_it_back(shown):
    one, other = Client(), Client()
    assert "还没有人附议" in page(one, shown)
    assert press(one, shown).status_code == 303
    assert press(other, shown).status_code == 303
    text = page(one, shown)
    assert "2 人附议" in text
    assert "收回附议" in text
    assert "我也附议" not in text
    assert "我也附议" in page(Client(), shown)  # nobody else is drawn the page of one who supports it
    assert press(one, shown, "withdraw_support").status_code == 303
    assert "1 人附议" in page(one, shown)
    assert "我也附议" in page(one, shown)
    names = list(Act.objects.filter(name__startswith="voice_support").values_list("name", "by", "facts"))
    assert names == [("voice_supported", "stranger", {})] * 2 + [("voice_support_withdrawn", "stranger", {})]


def test_one_browser_counts_once_however_often_it_presses(shown):
    browser, key = Client(), secrets.token_urlsafe(16)
    assert press(browser, shown, key=key).status_code == 303
    assert press(browser, shown, key=key).status_code in (302, 303)  # the same form once more
    assert press(browser, shown).status_code == 409
    assert tied.supports(shown) == 1
    assert press(Client(), shown, "withdraw_support").status_code == 409  # who has none takes none back


def test_a_form_whose_answer_was_lost_can_still_be_taken_back(shown):
    browser, key = Client(), secrets.token_urlsafe(16)
    press(browser, shown, key=key)
    del browser.cookies["support"]  # the answer never arrived
    press(browser, shown, key=key)
    assert press(browser, shown, "withdraw_support").status_code == 303
    assert tied.supports(shown) == 0


def test_nothing_ties_two_supports_of_one_browser_together(story, shown):
    second = story.to("taken_up", public=True, words="河边的栏杆断了一截。")
    second = actions.show(second.code, by=story.world.officer, seen=1)
    browser = Client()
    press(browser, shown)
    first = browser.cookies["support"]
    assert (first["path"], first["httponly"], first["samesite"]) == (f"/voices/{shown.code}/", True, "Lax")
    press(browser, second)
    marks = set(Support.objects.values_list("digest", flat=True))
    assert len(marks) == 2
    assert not any(mark[:8] in first.value for mark in marks)
    columns = {field.name for field in Support._meta.get_fields()}
    assert columns == {"id", "voice", "digest", "on"}  # no moment, no address, no name


def test_a_mark_that_was_not_signed_here_is_none(shown):
    browser = Client()
    browser.cookies["support"] = "made-up:signature"
    assert "我也附议" in page(browser, shown)
    assert press(browser, shown).status_code == 303


def test_private_and_withheld_ones_are_not_supported(story, shown):
    private = story.to("taken_up")
    assert press(Client(), private).status_code == 404
    with pytest.raises(Unseen):
        actions.support(private.code, by=STRANGER, digest="d")
    kept = actions.withhold(
        shown.code, by=story.world.officer, seen=shown.review_version, reason="personal", detail="「李某」"
    )
    assert press(Client(), kept).status_code == 404


def test_neither_its_author_nor_whoever_is_signed_in_swells_the_number(story, shown):
    with pytest.raises(NotYours):
        actions.support(shown.code, by=story.by(shown), digest="d")
    for person in (story.world.officer, story.world.member, story.world.neighbour_officer):
        with pytest.raises(NotYours):
            actions.support(shown.code, by=person, digest="d")
    another = story.by(story.leave(studio=story.world.far_studio, words="桥上有个洞。"))
    actions.support(shown.code, by=another, digest="d")  # a code of another county is no hindrance
    assert tied.supports(shown) == 1


def test_a_half_written_answer_is_not_made_stale_by_supports(story, shown):
    seen = Voice.objects.get(pk=shown.pk).version
    press(Client(), shown)
    answered = actions.answer(shown.code, by=story.world.officer, seen=seen, words="换了 6 盏灯。")
    closed = actions.confirm(answered.code, by=story.by(answered), seen=answered.version)
    with pytest.raises(NotNow, match="不再附议"):
        actions.support(closed.code, by=STRANGER, digest="d")


def test_the_author_and_the_officer_see_the_number(story, shown, client):
    press(Client(), shown)
    client.post("/track/", {"code": story.code})
    assert "1 人附议" in client.get("/track/thread/").text
    office = Client()
    office.force_login(story.world.accounts["officer"])
    assert "1 人附议" in office.get(reverse("desk:voice", args=[shown.code])).text


def test_after_half_a_year_only_the_number_is_left(shown):
    press(Client(), shown)
    with clock.at(clock.now() + timedelta(days=179)):
        assert retention.clear() == 0
    with clock.at(clock.now() + timedelta(days=182)):
        assert retention.clear() == 1
    assert list(Support.objects.values_list("digest", flat=True)) == [None]
    assert tied.supports(shown) == 1


@pytest.mark.parametrize("gone", ["private", "erased"])
def test_when_it_is_shown_no_more_the_digests_go(story, shown, gone):
    press(Client(), shown)
    by = story.by(shown)
    if gone == "private":
        actions.make_private(shown.code, by=by, seen=shown.review_version)
    else:
        actions.erase(shown.code, by=by)
    assert Support.objects.get(voice=shown).digest is None


def test_too_many_from_one_address_wait(shown, monkeypatch):
    monkeypatch.setattr("shangliang.flow.voices.views.SUPPORTS", 2)
    assert [press(Client(), shown).status_code for _ in range(3)] == [303, 303, 429]


def test_the_page_asks_no_more_for_many_than_for_one(shown, django_assert_max_num_queries):
    counts = []
    for many in (1, 50):
        for n in range(many):
            Support.objects.create(voice=shown, digest=f"{many}-{n}", on=clock.today() - timedelta(days=n))
        browser = Client()
        browser.cookies["support"] = "none"  # draws a page of its own
        with django_assert_max_num_queries(30) as asked:
            text = page(browser, shown)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "51 人附议" in re.sub(r"\s+", " ", text)
