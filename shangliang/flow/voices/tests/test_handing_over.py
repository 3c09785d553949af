"""A studio stops, and another goes on with what residents said there."""

import secrets

import pytest
from django.core.exceptions import ValidationError

from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import STRANGER
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios import queries as rooms
from shangliang.flow.studios.handover import open_matters
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries, told


def a_voice(world, words="朱鹮踩了我家的秧苗，怎么办"):
    left, _code = voices.leave(world.studio, by=STRANGER, words=words, form_key=secrets.token_urlsafe(16))
    return voices.take_up(left.code, by=world.officer, seen=left.version)


def team(studio):
    return {post.holder.key: "" for post in rooms.members_of(studio)}


def test_while_it_is_suspended_its_voices_stay_unless_another_takes_them(world):
    voice = a_voice(world)
    one = studios.suspend(world.studio.code, by=world.officer, seen=None, reason="修房子")
    voice.refresh_from_db()
    assert (voice.studio, one.successor) == (world.studio, "")
    studios.resume(one.code, by=world.officer, seen=None)
    one = studios.suspend(one.code, by=world.officer, seen=None, reason="人不够", successor=world.other.code)
    voice.refresh_from_db()
    assert (voice.studio, one.successor) == (world.other, world.other.code)
    act = Act.objects.get(name="voice_studio_changed")
    assert (act.thread, act.studio, act.facts["was"]) == (voice.thread, world.other.code, world.studio.code)
    back = studios.resume(one.code, by=world.officer, seen=None)
    assert back.successor == ""


def test_the_new_studio_handles_what_was_handed_over_and_the_days_stay(world):
    voice = a_voice(world)
    day = voice.answer_by
    studios.suspend(
        world.studio.code, by=world.officer, seen=None, reason="人不够", successor=world.other.code
    )
    moved = voices.answer(voice.code, by=world.other_convener, seen=None, words="路灯报修了，三天内亮。")
    assert (moved.state, day) == ("answered", voice.answer_by)
    with pytest.raises(Unseen):
        voices.reply(voice.code, by=world.member, seen=None, words="我来说一句")


def test_open_voices_need_somebody_who_goes_on_and_go_to_them(world):
    voice, done = a_voice(world), a_voice(world, "谢谢修好了路")
    answered = voices.answer(done.code, by=world.officer, seen=None, words="修好了，请您看看。")
    voices.confirm(answered.code, by=queries.author_of(answered), seen=None)
    said = {
        "by": world.officer, "seen": None, "reason": "两室合一", "voices_go_to": "农业界的接着办",
        "people_go": team(world.studio),
    }  # fmt: skip
    assert open_matters(world.studio) == 1
    with pytest.raises(ValidationError, match="还有 1 件留言没办完"):
        studios.close(world.studio.code, **said)
    studios.close(world.studio.code, successor=world.other.code, **said)
    voice.refresh_from_db()
    done.refresh_from_db()
    assert (voice.studio, done.studio) == (world.other, world.studio)
    assert Act.objects.filter(name="studio_closed").last().facts["handed"] == 1


def test_the_author_reads_who_goes_on_and_who_did_what_before(world):
    voice = a_voice(world)
    studios.suspend(
        world.studio.code, by=world.officer, seen=None, reason="人不够", successor=world.other.code
    )
    voice.refresh_from_db()
    mine = {one.act: one.sentence for one in told.timeline(voice, mine=True)}
    assert mine["voice_taken_up"].startswith("受理了，城关委员工作室在办")
    assert mine["voice_studio_changed"] == "城关委员工作室停了，您的事由农业界委员工作室接着办，日子不变。"
    theirs = {one.act: one.sentence for one in told.timeline(voice, mine=False)}
    assert theirs["voice_studio_changed"] == "农业界委员工作室"
