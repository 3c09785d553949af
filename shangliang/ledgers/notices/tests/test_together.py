"""Those whose matter goes on in another's: merged into a voice, or taken into an opinion report."""

from datetime import timedelta

import pytest
from django.core import mail

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.flow.reports import actions as reports
from shangliang.flow.reports.tests.story import SAID, endorsed
from shangliang.flow.voices import actions as voices
from shangliang.ledgers.notices import actions
from shangliang.ledgers.notices.models import Notice
from stories.pages import photo

from .conftest import mailed, names_told

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
SECRET = "我家住三号楼"


@pytest.fixture
def two(morning, story):
    """The host, and the voice whose author agreed to be dealt with together with it."""
    host = story.to("taken_up", words=f"学校门口那排灯黑着，{SECRET}。")
    voice = story.to("taken_up", words="村口的灯也黑着。")
    story.merge(voice, host)
    return host, voice


def promise(world, host):
    day = clock.today() + timedelta(days=20)
    return voices.answer(host.code, by=world.officer, seen=None, words="灯杆要换。", promised_for=day)


def test_whoever_agreed_is_told_of_each_step_of_the_other_once(story, world, two):
    host, voice = two
    voices.extend(host.code, by=world.officer, seen=None, days=3, words="灯杆要订做。")
    promise(world, host)
    voices.report_progress(host.code, by=world.officer, seen=None, words="灯杆到了。")
    done = voices.report_done(host.code, by=world.officer, seen=None, words="换好了。", uploads=[photo()])
    voices.reopen(host.code, by=story.by(host), seen=done.version, verdict="not")
    told = [
        "voice_extended", "voice_answered", "voice_progress_reported", "voice_done_reported",
        "voice_reopened",
    ]  # fmt: skip
    assert [act for act in names_told(voice) if act in told] == told
    assert names_told(host) == [], "nobody is told by the other way round"
    before = Notice.objects.count()
    for act in Act.objects.filter(subject=host.subject):
        actions.post(act)
    assert Notice.objects.count() == before


def test_who_has_not_agreed_or_has_left_is_told_nothing(story, world, two):
    host, voice = two
    asked = story.to("taken_up", words="学校后墙的灯也坏了。")
    voices.propose_merge(
        asked.code, by=world.officer, seen=asked.version, into=host.number, words="同一排灯。"
    )
    promise(world, host)
    voices.unmerge(voice.code, by=story.by(voice), seen=None)
    voices.report_done(host.code, by=world.officer, seen=None, words="换好了。", uploads=[photo()])
    assert names_told(asked) == []
    assert "voice_answered" in names_told(voice)
    assert "voice_done_reported" not in names_told(voice)
    before = set(Notice.objects.values_list("act_id", "seat"))
    assert actions.repost() == len(before)
    assert set(Notice.objects.values_list("act_id", "seat")) == before, (
        "the same from the journal, after the undo"
    )


def test_urging_the_other_is_told_too(story, world, two):
    _host, voice = two
    with clock.at(clock.now() + timedelta(days=40)):
        voices.climb()
    assert {"voice_reminded", "voice_urged", "voice_listed"} & set(names_told(voice))


def test_the_letter_names_ones_own_number_and_no_word_of_the_other(story, world, two):
    host, voice = two
    mailed(story, voice, "merged@example.org")
    promise(world, host)
    actions.deliver()
    actions.deliver()
    [one] = mail.outbox
    assert one.to == ["merged@example.org"]
    assert "那一件：答复" in one.body
    assert voice.number in one.body
    assert host.number not in one.body
    assert SECRET not in one.body + str(one.alternatives)


def test_what_waited_to_be_sent_is_not_sent_once_it_is_undone(story, world, two):
    host, voice = two
    mailed(story, voice, "merged@example.org")
    promise(world, host)
    voices.unmerge(voice.code, by=story.by(voice), seen=None)
    actions.deliver()
    [one] = mail.outbox
    assert "拆开了" in one.body
    assert "那一件" not in one.body


def test_who_gave_the_clue_is_told_what_became_of_the_report(story, morning, world):
    voice = story.leave(words="巷口的灯坏了半年")
    other = story.leave(words="别的事，河边栏杆断了。")
    mailed(story, voice, "clue@example.org")
    row = reports.draft(world.studio.code, by=world.member, said=SAID, voice=voice.code)
    row = reports.send(row.code, by=world.member, seen=row.version)
    row = reports.pass_on(row.code, by=world.convener, seen=row.version)
    row = reports.check(row.code, by=world.officer, seen=row.version)
    row = reports.sign(row.code, by=world.leader, seen=row.version)
    assert names_told(voice) == [], "what is not issued is the office's own"
    reports.issue(world.county, by=world.officer, reports=[row.code], to_own=True, to_upper=False)
    reports.adopt(
        row.code,
        by=world.officer,
        seen=None,
        level="city",
        combined=False,
        where="市政协专报",
        on=clock.today(),
    )
    endorsed(world, row)
    sent = reports.refer(row.code, by=world.officer, seen=None, department=world.lamps.code, words="请研究。")
    reports.note_reply(
        row.code, by=world.officer, seen=None, referral=sent.code, words="列入计划了。", on=clock.today()
    )
    assert names_told(voice) == [
        f"opinion_report_{step}" for step in ("issued", "adopted", "endorsed", "replied")
    ]
    assert names_told(other) == []
    actions.deliver()
    said = "\n".join(one.body for one in mail.outbox)
    for words in ("刊发了", "被采用了", "领导作了批示", "部门回复了"):
        assert f"据您说的写的信息，{words}" in said
    for hidden in (SAID.title, SAID.advice, "市政协专报", "请城管局研究办理", "列入计划了"):
        assert hidden not in said


def test_a_report_that_rests_on_no_voice_tells_no_author(world, morning):
    row = reports.draft(world.studio.code, by=world.member, said=SAID)
    row = reports.send(row.code, by=world.member, seen=row.version)
    row = reports.pass_on(row.code, by=world.convener, seen=row.version)
    row = reports.check(row.code, by=world.officer, seen=row.version)
    row = reports.sign(row.code, by=world.leader, seen=row.version)
    reports.issue(world.county, by=world.officer, reports=[row.code], to_own=True, to_upper=False)
    issued = Notice.objects.filter(act="opinion_report_issued")
    assert issued.exists()
    assert not issued.filter(seat__startswith="author:").exists()
