"""An appeal where nobody else is there: the officer of the committee above decides it, and
sees nothing more."""

import pytest
from django.test import Client

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Post as Seat
from shangliang.base.people.models import Role
from shangliang.base.people.queries import actor_of
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.consultations.models import Post
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries
from shangliang.flow.voices.models import Voice

from . import world_topics as told
from .pages import leave

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def browser(world, name):
    signed = Client()
    signed.force_login(world.accounts[name])
    return signed


def alone(world):
    """Only the officer is left to look over in the county."""
    seats = Seat.objects.filter(role__in=[Role.CONVENER, Role.DEPUTY], studio=world.studio.code)
    seats.update(ended_at=clock.now(), until=clock.today())
    others = Seat.objects.filter(role=Role.OFFICER, committee=world.county)
    others.exclude(holder=world.accounts["officer"]).update(ended_at=clock.now(), until=clock.today())


@pytest.fixture
def held(world):
    """A public voice that the one officer withheld."""
    voice = leave(world.studio, "楼上半夜打麻将，谁管一管", public=True)
    return voices.withhold(voice.code, by=world.officer, seen=1, reason="personal", detail="哪一户")


def appeal(voice):
    voice.refresh_from_db()
    by = queries.author_of(voice)
    return voices.appeal(voice.code, by=by, seen=voice.review_version, words="没有写是哪一户")


def test_it_goes_up_is_seen_there_alone_and_is_decided(world, held):
    alone(world)
    other = leave(world.studio, "不给上面看的另一条", public=True)
    voice = appeal(held)
    assert voice.appeal_above == world.city.path
    city, county = browser(world, "city_officer"), browser(world, "officer")
    page = city.get("/desk/review/").text
    assert "下级申诉的留言" in page
    assert "楼上半夜打麻将" in page
    assert "不给上面看的另一条" not in page
    item = city.get(f"/desk/review/voice/{voice.code}/").text
    assert "没有写是哪一户" in item
    assert "请您这一级来定" in item
    assert city.get(f"/desk/voices/{voice.code}/").status_code == 404  # its dialogue is not theirs
    assert city.get(f"/desk/review/voice/{other.code}/").status_code == 404
    assert "下级申诉" not in county.get("/desk/review/").text
    said = {"key": "u" * 22, "seen": str(voice.review_version)}
    assert county.post(f"/desk/review/voice/{voice.code}/uphold/", said).status_code == 403
    assert city.post(f"/desk/review/voice/{voice.code}/uphold/", said).status_code == 302
    assert Voice.objects.get(pk=voice.pk).shown
    act = Act.objects.get(name="review_shown", subject=voice.subject)
    assert act.facts["above"] is True
    assert act.committee == world.county.path  # counted where it arose
    assert city.get(f"/desk/review/voice/{voice.code}/").status_code == 404  # decided: theirs no longer


def test_while_somebody_else_is_there_nothing_goes_up(world, held):
    voice = appeal(held)  # the convener is there
    assert voice.appeal_above == ""
    assert browser(world, "city_officer").get(f"/desk/review/voice/{voice.code}/").status_code == 404


def test_without_an_officer_in_the_city_it_goes_to_the_province_and_with_nobody_it_waits(world, held):
    alone(world)
    Seat.objects.filter(role=Role.OFFICER, committee=world.city).update(
        ended_at=clock.now(), until=clock.today()
    )
    assert appeal(held).appeal_above == world.province.path
    Seat.objects.filter(role=Role.OFFICER, committee=world.province).update(
        ended_at=clock.now(), until=clock.today()
    )
    again = leave(world.studio, "楼上白天也打麻将", public=True)
    voices.withhold(again.code, by=world.officer, seen=1, reason="personal", detail="哪一户")
    assert appeal(again).appeal_above == ""


def test_a_posts_appeal_goes_up_too_and_is_dismissed_there(world):
    topic, guest = told.opened(world), None
    guest = told.guest(topic)
    post = consultations.leave_post(topic.code, by=guest, words="先公布，再分地。")
    consultations.withhold_post(post.code, by=world.officer, seen=1, reason="off_topic", detail="另说")
    alone(world)
    seen = Post.objects.get().review_version
    consultations.appeal_post(post.code, by=guest, seen=seen, words="没有跑题")
    city = browser(world, "city_officer")
    assert "先公布，再分地" in city.get("/desk/review/?tab=posts_above").text
    said = {
        "key": "d" * 22,
        "seen": str(Post.objects.get().review_version),
        "answer": "是另一件事，另开题目说。",
    }
    assert city.post(f"/desk/review/post/{post.code}/dismiss/", said).status_code == 302
    found = Post.objects.get()
    assert (found.review, found.appeal_answer) == ("withheld", "是另一件事，另开题目说。")


def test_who_withheld_it_does_not_decide_from_above_either(world, held):
    """Somebody may hold a post at both."""
    alone(world)
    Seat.objects.create(
        holder=world.accounts["officer"], role=Role.OFFICER, committee=world.city, since=clock.today()
    )
    voice = appeal(held)
    both = actor_of(world.accounts["officer"])
    assert voice.appeal_above == world.city.path
    assert not queries.appealed_from_below(both).exists()
    said = {"key": "u" * 22, "seen": str(voice.review_version)}
    assert browser(world, "officer").post(f"/desk/review/voice/{voice.code}/uphold/", said).status_code == 403
