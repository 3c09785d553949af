"""An appeal where nobody else is there: the officer of the committee above decides it, and
sees nothing more."""

from datetime import date

import pytest
from django.test import Client

from shangliang import chores
from shangliang.base import clock
from shangliang.base.journal.acts import declared
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Post as Seat
from shangliang.base.people.models import Role
from shangliang.base.people.queries import actor_of
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.consultations.models import Post
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.tests.conftest import moment
from shangliang.flow.voices.told import timeline
from shangliang.ledgers.notices import queries as notices

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


# Appealed on Monday 23 November 2026: to be answered by Monday the 30th.
MONDAY, DUE, LATE = date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 1)
REMINDERS = ("review_appeal_due", "review_appeal_late")


def reminders(thing):
    found = Act.objects.filter(subject=thing.subject, name__in=REMINDERS).order_by("pk")
    return list(found.values_list("name", flat=True))


def told_of(world, name, act):
    """Where the notices of such an act lead this person; None for one that leads nowhere."""
    lines, _next = notices.page(actor_of(world.accounts[name]))
    words = str(declared()[act].words)
    return [line.thing and line.thing.address for line in lines if line.what == words]


def round_at(day, hour=10):
    with clock.at(moment(day, hour)):
        voices.remind_of_appeals()
        consultations.remind_of_appeals()


@pytest.fixture
def appealed(world):
    with clock.at(moment(MONDAY)):
        voice = leave(world.studio, "楼上半夜打麻将，谁管一管", public=True)
        voices.withhold(voice.code, by=world.convener, seen=1, reason="personal", detail="哪一户")
        return appeal(voice)


def test_on_its_last_day_those_who_decide_are_told_once(world, appealed):
    for day, hour in ((date(2026, 11, 27), 10), (date(2026, 11, 28), 10), (DUE, 8)):
        round_at(day, hour)
    assert reminders(appealed) == []
    round_at(DUE)
    round_at(DUE, 16)
    assert reminders(appealed) == ["review_appeal_due"]
    assert Voice.objects.get(pk=appealed.pk).appeal_above == ""
    with clock.at(moment(DUE, 17)):
        assert told_of(world, "officer", "review_appeal_due") == [f"/desk/voices/{appealed.code}/"]
        assert told_of(world, "city_officer", "review_appeal_due") == []


def test_late_the_committee_above_is_told_and_may_decide_too(world, appealed):
    round_at(DUE)
    for day, hour in ((DUE, 23), (LATE, 8), (LATE, 10), (LATE, 16), (date(2026, 12, 2), 10)):
        round_at(day, hour)
    assert reminders(appealed) == ["review_appeal_due", "review_appeal_late"]
    act = Act.objects.get(name="review_appeal_late")
    assert act.facts == {"kind": "voice", "due": "2026-11-30", "to": world.city.code}
    with clock.at(moment(LATE, 17)):
        item = f"/desk/review/voice/{appealed.code}/"
        assert told_of(world, "city_officer", "review_appeal_late") == [item]
        assert told_of(world, "officer", "review_appeal_late") == [f"/desk/voices/{appealed.code}/"]
        city, county = browser(world, "city_officer"), browser(world, "officer")
        assert "您这一级也能定" in city.get(item).text
        assert "楼上半夜打麻将" in city.get("/desk/review/").text
        assert "您这一级也能定" not in county.get(item).text
        said = {"key": "u" * 22, "seen": str(appealed.review_version)}
        assert county.post(f"{item}uphold/", said).status_code == 302
        assert city.get(item).status_code == 404, "whoever came first decided it"
        assert Act.objects.get(name="review_shown", subject=appealed.subject).facts["in_time"] is False


def test_its_author_reads_that_it_is_late_and_who_was_asked(world, appealed):
    round_at(LATE)
    assert reminders(appealed) == ["review_appeal_late"], "a worker that slept on the day tells what is true"
    with clock.at(moment(LATE, 11)):
        page = told_words(appealed)
    assert ("申诉过了日子还没答复", f"已经请{world.city.office}也来看。") in page


def told_words(voice):
    row = queries.rows().get(pk=voice.pk)
    return [(one.what, one.sentence) for one in timeline(row, mine=True)]


def test_one_that_was_decided_or_taken_back_reminds_nobody(world, appealed):
    with clock.at(moment(DUE, 9)):
        voices.make_private(appealed.code, by=queries.author_of(appealed), seen=appealed.review_version)
    round_at(DUE)
    round_at(LATE)
    assert reminders(appealed) == []


def test_an_appeal_that_went_up_at_once_reminds_those_above(world):
    with clock.at(moment(MONDAY)):
        alone(world)
        held = leave(world.studio, "楼上半夜打麻将，谁管一管", public=True)
        voices.withhold(held.code, by=world.officer, seen=1, reason="personal", detail="哪一户")
        voice = appeal(held)
    round_at(DUE)
    with clock.at(moment(DUE, 11)):
        item = f"/desk/review/voice/{voice.code}/"
        assert told_of(world, "city_officer", "review_appeal_due") == [item]
        assert told_of(world, "city_officer", "review_appealed") == [item]


def test_a_posts_appeal_is_reminded_of_too_and_the_worker_does_it(world):
    with clock.at(moment(MONDAY)):
        topic = told.opened(world)
        guest = told.guest(topic)
        post = consultations.leave_post(topic.code, by=guest, words="先公布，再分地。")
        consultations.withhold_post(post.code, by=world.convener, seen=1, reason="off_topic", detail="另说")
        seen = Post.objects.get().review_version
        consultations.appeal_post(post.code, by=guest, seen=seen, words="没有跑题")
    with clock.at(moment(LATE)):
        chores.seldom(now=True)
    assert reminders(Post.objects.get()) == ["review_appeal_late"]
    with clock.at(moment(LATE, 11)):
        item = f"/desk/review/post/{post.code}/"
        assert told_of(world, "city_officer", "review_appeal_late") == [item]
        assert "先公布，再分地" in browser(world, "city_officer").get(item).text
