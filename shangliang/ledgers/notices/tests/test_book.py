"""From each act, who should know: booked once, and the same again from the journal."""

from dataclasses import replace

import pytest

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Post
from shangliang.base.people.queries import actor_of
from shangliang.flow.studios import actions as studios
from shangliang.flow.voices import actions as voices
from shangliang.ledgers.notices import actions, queries
from shangliang.ledgers.notices.models import Letter, Notice, Untold
from shangliang.ledgers.notices.who import seats_of
from stories import world_topics

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def booked(act):
    return set(Notice.objects.filter(act=act).values_list("seat", flat=True))


def test_each_step_tells_those_whose_it_is(world, leave):
    voice, author = leave()
    mine = f"author:{voice.code}"
    host, office = f"hosts:{world.studio.code}", "officers:990101"
    assert booked("voice_left") == {host, office}
    voice = voices.take_up(voice.code, by=world.officer, seen=voice.version)
    assert booked("voice_taken_up") == {mine}
    voice = voices.assign(voice.code, by=world.officer, seen=voice.version, department=world.lamps)
    lamps = f"department:{world.lamps.code}"
    assert booked("voice_assigned") == {mine, lamps}
    voices.say(voice.code, by=author, seen=None, words="还在响")
    assert booked("voice_said") == {host, lamps}
    voices.answer(voice.code, by=world.handler, seen=voice.version + 1, words="明天去换，三日内换好。")
    assert booked("voice_answered") == {mine, host}


def test_the_office_is_told_that_a_studios_year_is_nearly_over(world):
    with clock.at(clock.start_of(world.studio.recheck_due)):
        assert studios.tell_rechecks() > 0
    assert booked("studio_recheck_near") == {"officers:990101", "officers:990102"}


def test_of_several_departments_each_is_told_what_is_theirs(world, leave):
    voice, _author = leave()
    voices.take_up(voice.code, by=world.officer, seen=None)
    both = {"department": world.lamps, "beside": [world.farms, world.roads]}
    voices.assign(voice.code, by=world.officer, seen=None, **both)
    mine, host = f"author:{voice.code}", f"hosts:{world.studio.code}"
    lamps, farms, roads = (f"department:{one.code}" for one in (world.lamps, world.farms, world.roads))
    assert booked("voice_assigned") == {mine, lamps, farms, roads}
    voices.give_opinion(voice.code, by=world.handler2, seen=None, words="田边的杆归我们移。")
    assert booked("voice_opinion_given") == {mine, lamps, host}, "not the others beside the host"
    off = {"department": world.roads, "words": "不用等了。"}
    voices.call_off(voice.code, by=world.officer, seen=None, **off)
    assert booked("voice_called_off") == {mine, lamps, roads}
    voices.call_in(voice.code, by=world.officer, seen=None, department=world.schools)
    assert booked("voice_called_in") == {mine, lamps, f"department:{world.schools.code}"}


def test_who_was_sent_away_is_not_told_what_is_said_afterwards(world, leave):
    voice, author = leave()
    voice = voices.take_up(voice.code, by=world.officer, seen=voice.version)
    voice = voices.assign(voice.code, by=world.officer, seen=voice.version, department=world.lamps)
    voices.send_back(voice.code, by=world.handler, seen=voice.version, words="不归我们管")
    voices.say(voice.code, by=author, seen=None, words="那归谁")
    assert booked("voice_said") == {f"hosts:{world.studio.code}"}


def test_a_consultation_tells_its_raiser_and_who_spoke(world):
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "先登记，再谈补多少。", "登记受损田块")
    Notice.objects.all().delete()
    world_topics.sent(world, topic)
    assert f"person:{world.member.key}" in booked("consultation_sent")
    founders = {seat for seat in booked("consultation_sent") if seat.startswith("author:")}
    assert founders, "the author of the voice it came from"


def test_posting_anew_gives_the_same_rows_and_sends_nothing(world, shown):
    shown()
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "先登记，再谈补多少。", "登记受损田块")
    [row] = world_topics.sent(world, topic)
    world_topics.done(world, world_topics.answered(world, row))
    actions.deliver()
    names = ("act_id", "act_at", "act", "subject", "seat", "kind", "by")
    before = set(Notice.objects.values_list(*names))
    assert len(before) > 20
    Post.objects.filter(holder__key=world.convener.key).update(until=clock.today())  # it changes no seat
    assert actions.repost() == len(before)
    assert set(Notice.objects.values_list(*names)) == before
    assert not Untold.objects.exists()
    assert not Letter.objects.exists()


def test_the_same_act_posted_twice_is_booked_once(world, leave):
    leave()
    act = Act.objects.get(name="voice_left")
    before = Notice.objects.count()
    actions.post(act)
    assert Notice.objects.count() == before


def test_a_list_of_thousands_posts_nothing_and_asks_nothing(world, django_assert_num_queries):
    act = Act(name="post_granted", subject="person:x", committee="990000/", by="clock", at=clock.now())
    with django_assert_num_queries(0):
        actions.post(act)


def test_a_reader_gets_what_their_seats_were_told_and_reads_on(world, leave):
    voice, _author = leave()
    voices.take_up(voice.code, by=world.officer, seen=voice.version)
    lines, _more = queries.page(world.convener)
    assert [line.what for line in lines] == ["收到一条留言"]
    assert lines[0].new
    assert voice.number in lines[0].thing.title
    actions.mark_read(world.convener, lines[0].act_id)
    assert not queries.page(world.convener)[0][0].new
    assert not queries.unread(world.convener)[:9]
    leave("另外一件：路灯不亮")
    assert len(queries.unread(world.convener)[:9]) == 1


def test_nobody_is_told_of_what_they_did_themselves(world):
    topic = world_topics.opened(world)
    raiser, other = topic.raised_by, world.leader
    assert raiser != other.key
    assert booked("topic_raised") == {"officers:990101", "leaders:990101"}
    [account] = [one for one in world.accounts.values() if one.key == raiser]
    assert "提了一个题目" not in {line.what for line in queries.page(actor_of(account))[0]}
    assert "提了一个题目" in {line.what for line in queries.page(other)[0]}


def test_reading_far_ahead_is_not_possible(world, leave):
    leave()
    actions.mark_read(world.convener, 10**15)
    leave("路灯不亮，三天了")
    assert len(queries.unread(world.convener)[:9]) == 1


def test_who_left_the_post_reads_nothing_of_its_seat(world, leave):
    leave()
    assert queries.page(world.convener)[0][0].thing
    bare = replace(world.convener, posts=())
    assert queries.page(bare)[0] == []


def test_the_list_goes_on_for_whoever_sits_in_several_seats(world):
    seats, acts = seats_of(world.convener), range(10**6, 10**6 + queries.PAGE + 5)
    assert len(seats) >= 3
    said = {"act_at": clock.now(), "act": "voice_left", "subject": "voice:x", "kind": "new", "by": "x"}
    Notice.objects.bulk_create(Notice(act_id=n, seat=seat, **said) for n in acts for seat in seats)
    first, more = queries.page(world.convener)
    rest, end = queries.page(world.convener, before=more)
    assert sorted(line.act_id for line in (*first, *rest)) == list(acts)
    assert not end


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_at_1_and_at_50(world, leave, number, django_assert_num_queries):
    for n in range(number):
        leave(f"第 {n} 件：路灯不亮")
    with django_assert_num_queries(3):  # notices, the mark, voices
        lines, _more = queries.page(world.convener)
        assert all(line.thing.title for line in lines)
    assert len(lines) == min(number, queries.PAGE)
